/*
 * Collects a borrower's telecom data. What the carrier asks for, a captcha by SMS as a rule, is asked at the terminal.
 *
 *     cc -std=c99 telecom_session.c $(pkg-config --cflags --libs qiancheng) -o telecom_session
 *     export QIANCHENG_USERNAME=... QIANCHENG_PASSWORD=...
 *     ./telecom_session 张三 110101199003070011 13800138001
 *
 * It ends within ten minutes: the vendor gives a collection no longer. Exit status: 0 the data are there, 1 the collection
 * failed, 2 wrong usage, 3 an error.
 */
#include <stdio.h>
#include <string.h>

#include <qiancheng.h>

static int failed(const char *doing, qc_error *error)
{
    fprintf(stderr, "telecom_session: %s: %s\n", doing, qc_error_text(error));
    if (qc_error_outcome(error) == QC_OUTCOME_UNKNOWN)
        fprintf(stderr, "telecom_session: a collection may be under way; have a person look before another is opened\n");
    qc_error_free(error);
    return 3;
}

/* Reads a line; whether there was one. (A program for production turns the echo off for passwords.) */
static bool ask(const char *prompt, char *line, int size)
{
    printf("%s: ", prompt);
    fflush(stdout);
    if (fgets(line, size, stdin) == NULL)
        return false;
    line[strcspn(line, "\r\n")] = '\0';
    return true;
}

/* Leads a session to its end: 0 when the data can be fetched. */
static int collect(const qc_session *session)
{
    char typed[128];
    qc_step *step = NULL;
    qc_error *error = NULL;

    for (;;) {
        /* Waits as long as the vendor wants, then asks how things stand. A poll that fails is made again by itself. */
        if (qc_session_next(session, &step, &error) != QC_OK)
            return failed("asking how the collection stands", error);

        switch (qc_step_kind(step)) {
        case QC_STEP_NEEDS_INPUT:
            if (qc_step_challenge_attempt(step) > 1)
                printf("That was wrong or too late.\n");
            if (!ask(qc_step_challenge_prompt(step), typed, sizeof typed)) {
                fprintf(stderr, "telecom_session: nobody answered\n");
                qc_session_cancel(session);
                qc_step_free(step);
                return 1;
            }
            /* An answer that is wrong, too late or lost is not an error here: the next step says how things stand. */
            if (qc_session_respond(session, typed, &error) != QC_OK) {
                qc_step_free(step);
                return failed("handing in the answer", error);
            }
            break;
        case QC_STEP_FINISHED:
            printf("The data are there.\n");
            qc_step_free(step);
            return 0;
        case QC_STEP_FAILED:
        case QC_STEP_EXPIRED:
            fprintf(stderr, "telecom_session: the collection is over: %s\n",
                    qc_step_kind(step) == QC_STEP_EXPIRED ? "the ten minutes have passed" : qc_step_reason(step));
            qc_step_free(step);
            return 1;
        default: /* Working, or a state that this program does not know: go on. */
            printf("... %s\n", qc_step_state_name(step) != NULL ? qc_step_state_name(step) : "working");
            break;
        }
        qc_step_free(step);
        step = NULL;
    }
}

/* Fetches the data, and says how much of it there is. */
static int fetch(const qc_session *session)
{
    static const char *const names[] = {"calls", "smses", "bills"};
    qc_answer *raw = NULL;
    qc_tables *tables = NULL;
    qc_error *error = NULL;
    const uint8_t *bytes = NULL;
    size_t size = 0;
    uint64_t rows = 0;
    size_t i;
    int result = 0;

    /* Keep these bytes: they cost money and a captcha. */
    if (qc_session_raw_data(session, &raw, &error) != QC_OK || qc_answer_raw(raw, &bytes, &size, &error) != QC_OK) {
        result = failed("fetching the raw data", error);
        goto done;
    }
    printf("raw data: %lu bytes\n", (unsigned long)size);

    if (qc_tables_from_answer("telecom_raw", raw, NULL, &tables, &error) != QC_OK) {
        result = failed("reading the raw data", error);
        goto done;
    }
    for (i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (qc_table_rows(tables, names[i], &rows, &error) != QC_OK) {
            result = failed("counting rows", error);
            goto done;
        }
        printf("%s: %lu\n", names[i], (unsigned long)rows);
    }

done:
    qc_tables_free(tables);
    qc_answer_free(raw);
    return result;
}

int main(int argc, char **argv)
{
    char password[128];
    qc_options *options = NULL;
    qc_client *client = NULL;
    qc_session *session = NULL;
    qc_error *error = NULL;
    int result = 0;

    if (argc != 4 || !ask("The carrier's service password", password, sizeof password)) {
        fprintf(stderr, "usage: telecom_session NAME ID_NUMBER MOBILE\n");
        return 2;
    }
    if (QC_CHECK_ABI(&error) != QC_OK
        || qc_options_from_env(&options, &error) != QC_OK
        || qc_client_new(options, &client, &error) != QC_OK) {
        result = failed("setting up", error);
        goto done;
    }

    /* The ten minutes begin here. The last NULL: no addresses and contacts of the borrower's. */
    if (qc_telecom_open(client, argv[1], argv[2], argv[3], password, NULL, &session, &error) != QC_OK) {
        result = failed("opening the collection", error);
        goto done;
    }
    result = collect(session);
    if (result == 0)
        result = fetch(session);

done:
    qc_session_free(session);
    qc_client_free(client);
    qc_options_free(options);
    return result;
}
