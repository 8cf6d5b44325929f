/* Every function with every pointer NULL, every handle of another type and not aligned, every text invalid: it is refused by the
   argument's name, and nothing is written. The calls are in bad_arguments_calls.c. bad_arguments ENCODING */
#include "bad_arguments.h"

#include <stdio.h>
#include <stdlib.h>

#include "sandbox.h"

struct good good = {.number = 24};

void good_log(void *user_data, int32_t level, const char *line, size_t len)
{
    (void)user_data;
    EXPECT(level > 0 && line[len] == '\0');
}

void fill(void *place, size_t len)
{
    memset(place, 0x5A, len);
}

bool untouched(const void *place, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        if (((const unsigned char *)place)[i] != 0x5A) {
            return false;
        }
    }
    return true;
}

void expect_refused(const char *argument, qc_status status, qc_error **err)
{
    /* Where something is set up it may be the other of the two. */
    EXPECT(status == QC_INVALID_INPUT || status == QC_CONFIG);
    EXPECT(*err != NULL && qc_error_kind(*err) == status);
    EXPECT(qc_error_field(*err) != NULL);
    /* An endpoint's parameter is a value of the call as well: of `options_json`, `/options`. */
    const char *field = qc_error_field(*err), *rest = field[0] == '/' ? argument + strlen(field) - 1 : "";
    if (field[0] != '/' || strncmp(field + 1, argument, strlen(field) - 1) != 0 || (rest[0] != '\0' && strcmp(rest, "_json") != 0)) {
        EXPECT_TEXT(argument, field);
    }
    EXPECT(strstr(qc_error_text(*err), field) != NULL);
    qc_error_free(*err);
    *err = NULL;
}

void expect_lived(qc_status status, qc_error **err)
{
    EXPECT((status == QC_OK) == (*err == NULL));
    EXPECT(status != QC_PANIC);
    EXPECT(*err == NULL || qc_error_kind(*err) == status);
    qc_error_free(*err);
    *err = NULL;
}

static void make_good_ones(const char *encoding)
{
    static const char params[] = "{\"name\":\"Zhang San\",\"id_card\":\"" ID_CARD "\",\"mobile\":\"" MOBILE
                                 "\",\"service_password\":\"direct\"}";
    qc_error *err = NULL;
    qc_answer *raw = NULL;
    EXPECT_OK(qc_options_new(&good.options, &err));
    qc_options *options = sandbox_options();
    EXPECT_OK(qc_options_set_encoding(options, encoding, &err));
    EXPECT_OK(qc_client_new(options, &good.client, &err));
    qc_options_free(options);
    EXPECT_OK(qc_call_options_new(&good.call_options, &err));
    EXPECT_OK(qc_cancel_new(&good.cancel, &err));
    EXPECT_OK(qc_session_open(good.client, "telecom", params, &good.session, &err));
    do {
        qc_step_free(good.step);
        EXPECT_OK(qc_session_next(good.session, &good.step, &err));
    } while (!qc_step_is_last(good.step));
    EXPECT_OK(qc_session_raw_data(good.session, &raw, &err));
    EXPECT_OK(qc_tables_from_answer("telecom_raw", raw, NULL, &good.tables, &err));
    good.answer = raw;
    EXPECT_OK(qc_session_save(good.session, good.bytes, sizeof good.bytes, &good.text, &err));
    EXPECT(qc_call(good.client, "no.such_endpoint", NULL, NULL, &good.error) == QC_INVALID_INPUT);
}

/* A free of something else did nothing to it. */
static void expect_good_ones_stay(void)
{
    qc_error *err = NULL;
    size_t len = 0;
    const char *json = NULL;
    qc_answer *stats = NULL;
    EXPECT_OK(qc_client_stats(good.client, &stats, &err));
    qc_answer_free(stats);
    EXPECT_OK(qc_answer_json(good.answer, &json, &len, &err));
    EXPECT(len > 0 && json[len] == '\0');
    EXPECT(qc_error_kind(good.error) == QC_INVALID_INPUT);
    EXPECT(qc_step_is_last(good.step) && qc_tables_count(good.tables) > 0 && qc_text_len(good.text) > 0);
}

int main(int argc, char **argv)
{
    make_good_ones(argc > 1 ? argv[1] : "UTF-8");
    for (size_t i = 0; i < bad_calls_count; i++) {
        const struct bad_call *call = &bad_calls[i];
        /* Shown by CTest if the program ends here. */
        printf("%s: %s %s\n", call->function, call->parameter, call->what);
        fflush(stdout);
        call->make();
    }
    expect_good_ones_stay();
    printf("%zu calls\n", bad_calls_count);
    qc_error_free(good.error);
    qc_tables_free(good.tables);
    qc_text_free(good.text);
    qc_step_free(good.step);
    qc_answer_free(good.answer);
    qc_session_free(good.session);
    qc_cancel_free(good.cancel);
    qc_call_options_free(good.call_options);
    qc_options_free(good.options);
    qc_client_free(good.client);
    return EXIT_SUCCESS;
}
