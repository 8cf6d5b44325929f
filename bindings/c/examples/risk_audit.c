/*
 * Submits a loan application to the risk audit, and waits for the verdict.
 *
 *     cc -std=c99 risk_audit.c $(pkg-config --cflags --libs qiancheng) -o risk_audit
 *     export QIANCHENG_USERNAME=... QIANCHENG_PASSWORD=... QIANCHENG_AUDIT_PUBLIC_KEY=/etc/loans/audit-key.pem
 *     ./risk_audit 张三 110101199003070011 13800138000 20260102001 100000
 *
 * The amount is in fen: 100000 are 1,000 yuan. The order number is how the vendor knows a repeat. Exit status: 0 pass, 1
 * reject, 2 wrong usage, 3 an error, 4 no verdict yet.
 */
#include <stdio.h>
#include <stdlib.h>

#include <qiancheng.h>

enum { LIMIT_MS = 10 * 60 * 1000 };

static int failed(const char *doing, qc_error *error)
{
    const int result = qc_error_kind(error) == QC_TIMEOUT && qc_error_retryable(error) ? 4 : 3;

    fprintf(stderr, "risk_audit: %s: %s\n", doing, qc_error_text(error));
    if (qc_error_field(error) != NULL)
        fprintf(stderr, "risk_audit: look at %s\n", qc_error_field(error));
    if (qc_error_outcome(error) == QC_OUTCOME_UNKNOWN)
        fprintf(stderr, "risk_audit: it may be under audit; if it is submitted again, then with the same order number\n");
    qc_error_free(error);
    return result;
}

/*
 * The application as JSON. Every text that comes from outside goes through qc_json_string(), which puts it in quotes and
 * escapes it, whatever the client's encoding. NULL on failure; the caller frees it with free().
 */
static char *application(const qc_client *client, const char *name, long long order, long long fen, qc_error **error)
{
    static const char format[] =
        "{\"order_detail\": {\"order_id\": %lld, \"amount\": %lld, \"loan_term\": 30,"
        " \"order_time\": \"2026-01-02 03:04:05\"},"
        " \"basic_info\": {\"user_contact\": [{\"mobile\": \"13900139000\", \"name\": %s, \"relation\": 3}]},"
        " \"user_proof_materia\": [{\"url\": \"https://example.com/front.jpg\", \"type\": 1}],"
        " \"user_mobile_contacts\": [{\"mobile\": \"13900139000\", \"name\": %s}],"
        " \"telecom_data\": {\"real_name_status\": 1, \"bill_list\": [], \"contact_list\": []}}";
    qc_text *quoted = NULL;
    char *json = NULL;
    int length;

    if (qc_json_string(client, name, &quoted, error) != QC_OK)
        return NULL;
    length = snprintf(NULL, 0, format, order, fen, qc_text_data(quoted), qc_text_data(quoted));
    if (length > 0 && (json = malloc((size_t)length + 1)) != NULL)
        snprintf(json, (size_t)length + 1, format, order, fen, qc_text_data(quoted), qc_text_data(quoted));
    qc_text_free(quoted);
    return json;
}

int main(int argc, char **argv)
{
    qc_options *options = NULL;
    qc_client *client = NULL;
    qc_answer *submitted = NULL;
    qc_answer *verdict = NULL;
    qc_error *error = NULL;
    const char *open_id = NULL;
    const char *reason = NULL;
    char *json = NULL;
    int64_t state = 0;
    int32_t type = QC_JSON_MISSING;
    int result = 0;

    if (argc != 6) {
        fprintf(stderr, "usage: risk_audit NAME ID_NUMBER MOBILE ORDER_NUMBER AMOUNT_IN_FEN\n");
        return 2;
    }
    if (QC_CHECK_ABI(&error) != QC_OK
        || qc_options_from_env(&options, &error) != QC_OK
        || qc_client_new(options, &client, &error) != QC_OK) {
        result = failed("setting up", error);
        goto done;
    }

    json = application(client, argv[1], strtoll(argv[4], NULL, 10), strtoll(argv[5], NULL, 10), &error);
    if (json == NULL) {
        if (error != NULL) {
            result = failed("writing the application", error);
        } else {
            fprintf(stderr, "risk_audit: out of memory\n");
            result = 3;
        }
        goto done;
    }

    /* Sent once and never repeated: it is billed. The application is encrypted on its way out. */
    if (qc_risk_audit(client, argv[1], argv[3], argv[2], json, &submitted, &error) != QC_OK
        || qc_answer_string(submitted, "/open_id", &open_id, NULL, &error) != QC_OK) {
        result = failed("submitting the application", error);
        goto done;
    }
    printf("submitted\n");

    if (qc_risk_wait(client, open_id, LIMIT_MS, &verdict, &error) != QC_OK
        || qc_answer_int(verdict, "/state", &state, &error) != QC_OK
        || qc_answer_type(verdict, "/reason", &type, &error) != QC_OK) {
        result = failed("waiting for the verdict", error);
        goto done;
    }
    printf("verdict: %s\n", state == 0 ? "pass" : "reject");
    if (type == QC_JSON_STRING && qc_answer_string(verdict, "/reason", &reason, NULL, NULL) == QC_OK)
        printf("reason: %s\n", reason);
    result = state == 0 ? 0 : 1;

done:
    free(json);
    qc_answer_free(verdict);
    qc_answer_free(submitted);
    qc_client_free(client);
    qc_options_free(options);
    return result;
}
