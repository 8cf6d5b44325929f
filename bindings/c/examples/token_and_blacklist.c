/*
 * Checks the merchant's account by asking for a token, and looks one person up in the blacklist.
 *
 *     cc -std=c99 token_and_blacklist.c $(pkg-config --cflags --libs qiancheng) -o token_and_blacklist
 *     export QIANCHENG_USERNAME=... QIANCHENG_PASSWORD=...
 *     ./token_and_blacklist 张三 110101199003070011 13800138000
 *
 * Exit status: 0 not on the list, 1 on it, 2 wrong usage, 3 an error.
 */
#include <stdio.h>

#include <qiancheng.h>

/* The whole error in one line for the log, and what matters before anybody tries again. */
static int failed(const char *doing, qc_error *error)
{
    fprintf(stderr, "token_and_blacklist: %s: %s\n", doing, qc_error_text(error));
    fprintf(stderr, "token_and_blacklist: outcome %s, attempts %lu, retryable: %s\n", qc_error_outcome_name(error),
            (unsigned long)qc_error_attempts(error), qc_error_retryable(error) ? "yes" : "no");
    qc_error_free(error);
    return 3;
}

int main(int argc, char **argv)
{
    qc_options *options = NULL;
    qc_client *client = NULL;
    qc_answer *token = NULL;
    qc_answer *hit = NULL;
    qc_error *error = NULL;
    bool is_in = false;
    size_t length = 0;
    const char *text = NULL;
    int result = 0;

    if (argc != 4) {
        fprintf(stderr, "usage: token_and_blacklist NAME ID_NUMBER MOBILE\n");
        return 2;
    }

    /* Header and library belong together, or nothing is done at all. */
    if (QC_CHECK_ABI(&error) != QC_OK) {
        result = failed("loading libqiancheng", error);
        goto done;
    }
    if (qc_options_from_env(&options, &error) != QC_OK || qc_client_new(options, &client, &error) != QC_OK) {
        result = failed("setting up", error);
        goto done;
    }
    printf("library %s, vendor at %s\n", qc_version(), qc_client_origin(client));

    /* Only to check the account: every call fetches, keeps and renews a token by itself. Tokens stay out of logs. */
    if (qc_auth_token(client, NULL, &token, &error) != QC_OK
        || qc_answer_string(token, "/token", &text, &length, &error) != QC_OK) {
        result = failed("asking for a token", error);
        goto done;
    }
    printf("account accepted, a token of %lu characters\n", (unsigned long)length);

    if (qc_blacklist_search(client, argv[1], argv[2], argv[3], &hit, &error) != QC_OK
        || qc_answer_bool(hit, "/is_in", &is_in, &error) != QC_OK) {
        result = failed("searching the blacklist", error);
        goto done;
    }
    printf("on the blacklist: %s\n", is_in ? "yes" : "no");
    result = is_in ? 1 : 0;

done: /* Freeing NULL does nothing. */
    qc_answer_free(hit);
    qc_answer_free(token);
    qc_client_free(client);
    qc_options_free(options);
    return result;
}
