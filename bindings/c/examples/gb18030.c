/*
 * A program whose texts are all in GB18030, as those of many older systems are: it sends names in that encoding, and gets
 * the vendor's texts back in it. On the wire it is UTF-8; nothing in the program has to know.
 *
 *     cc -std=c99 gb18030.c $(pkg-config --cflags --libs qiancheng) -o gb18030
 *     export QIANCHENG_USERNAME=... QIANCHENG_PASSWORD=...
 *     ./gb18030 | iconv -f GB18030
 *
 * GBK lacks the second name's rare character; GB18030 lacks none. Exit status: 0 all came back as it was sent, 3 it did not.
 */
#include <stdio.h>
#include <string.h>

#include <qiancheng.h>

static const char ZHANG_SAN[] = "\xd5\xc5\xc8\xfd";     /* an everyday name */
static const char ZHANG_JI[] = "\xd5\xc5\x95\x34\xb2\x35"; /* with U+20BB7, four bytes in GB18030 */

static int failed(const char *doing, qc_error *error)
{
    /* This text is in GB18030, too. */
    fprintf(stderr, "gb18030: %s: %s\n", doing, qc_error_text(error));
    qc_error_free(error);
    return 3;
}

/* Collects a report about someone, and compares the name in it with the name that was sent. */
static int there_and_back(const qc_client *client, const char *name)
{
    qc_session *session = NULL;
    qc_step *step = NULL;
    qc_answer *report = NULL;
    qc_error *error = NULL;
    const char *came_back = NULL;
    bool over = false;
    int result = 0;

    if (qc_telecom_open(client, name, "110101199003070011", "13800138001", "direct", NULL, &session, &error) != QC_OK) {
        result = failed("opening a collection", error);
        goto done;
    }
    while (!over) {
        if (qc_session_next(session, &step, &error) != QC_OK) {
            result = failed("asking how the collection stands", error);
            goto done;
        }
        over = qc_step_is_last(step);
        qc_step_free(step);
    }
    if (qc_session_report(session, &report, &error) != QC_OK
        || qc_answer_string(report, "/application_check/0/check_points/key_value", &came_back, NULL, &error) != QC_OK) {
        result = failed("fetching the report", error);
        goto done;
    }
    printf("%s: %s\n", came_back, strcmp(came_back, name) == 0 ? "as it was sent" : "NOT AS IT WAS SENT");
    result = strcmp(came_back, name) == 0 ? 0 : 3;

done:
    qc_answer_free(report);
    qc_session_free(session);
    return result;
}

int main(void)
{
    qc_options *options = NULL;
    qc_client *client = NULL;
    qc_error *error = NULL;
    int result = 0;

    if (QC_CHECK_ABI(&error) != QC_OK
        || qc_options_from_env(&options, &error) != QC_OK
        || qc_options_set_encoding(options, "GB18030", &error) != QC_OK
        || qc_client_new(options, &client, &error) != QC_OK) {
        result = failed("setting up", error);
        goto done;
    }
    result = there_and_back(client, ZHANG_SAN);
    if (result == 0)
        result = there_and_back(client, ZHANG_JI);

done:
    qc_client_free(client);
    qc_options_free(options);
    return result;
}
