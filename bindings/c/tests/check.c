#include "check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void fail(const char *file, int line)
{
    fprintf(stderr, "  at %s:%d\n", file, line);
    exit(EXIT_FAILURE);
}

void check_holds(bool holds, const char *condition, const char *file, int line)
{
    if (!holds) {
        fprintf(stderr, "does not hold: %s\n", condition);
        fail(file, line);
    }
}

void check_status(qc_status expected, qc_status status, qc_error **err, const char *call, const char *file, int line)
{
    if (status != expected || (status == QC_OK) != (*err == NULL) || (*err != NULL && qc_error_kind(*err) != status)) {
        fprintf(stderr, "%s\n  gives %s, expected %s; the error: %s\n", call, qc_status_name(status), qc_status_name(expected),
                *err == NULL ? "none" : qc_error_text(*err));
        fail(file, line);
    }
    qc_error_free(*err);
    *err = NULL;
}

void check_refused(const char *argument, qc_status status, qc_error **err, const char *call, const char *file, int line)
{
    const char *field = qc_error_field(*err);
    if (field == NULL || strcmp(field, argument) != 0) {
        fprintf(stderr, "%s\n  names %s, expected %s; the error: %s\n", call, field == NULL ? "nothing" : field, argument,
                *err == NULL ? "none" : qc_error_text(*err));
        fail(file, line);
    }
    check_status(QC_INVALID_INPUT, status, err, call, file, line);
}

void check_text(const char *expected, const char *text, const char *what, const char *file, int line)
{
    if (text == NULL || strcmp(text, expected) != 0) {
        fprintf(stderr, "%s\n  is \"%s\", expected \"%s\"\n", what, text == NULL ? "(null)" : text, expected);
        fail(file, line);
    }
}

int run_behaviours(const struct behaviour *behaviours, size_t count, int argc, char **argv)
{
    const char *wanted = argc > 1 ? argv[1] : "";
    size_t shown = 0;
    for (size_t i = 0; i < count; i++) {
        if (strstr(behaviours[i].name, wanted) != NULL) {
            printf("%s … ", behaviours[i].name);
            fflush(stdout);
            behaviours[i].shows();
            puts("ok");
            shown++;
        }
    }
    if (shown == 0) {
        fprintf(stderr, "no behaviour is named like %s\n", wanted);
        return EXIT_FAILURE;
    }
    return EXIT_SUCCESS;
}
