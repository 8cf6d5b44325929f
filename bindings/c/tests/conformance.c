/* Replays the conformance cases of tests/cases through qc_call(): conformance FOLDER [PART OF A NAME]. tests/README.md says what
   a case is and what a runner does; conformance_compare.c compares. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "conformance.h"
#include "sandbox.h"

/* Refuses a member that the runner does not know: a check that is left out looks like one that passed. */
static void known(const char *name, const json_t *object, const char *const *members)
{
    const char *member;
    json_t *value;
    json_object_foreach((json_t *)object, member, value)
    {
        const char *const *one = members;
        while (*one != NULL && strcmp(*one, member) != 0) {
            one++;
        }
        if (*one == NULL) {
            fprintf(stderr, "%s: the runner does not know the member %s\n", name, member);
            exit(EXIT_FAILURE);
        }
    }
}

static void known_members(const char *name, const json_t *of_case)
{
    static const char *const members[] = {"name",    "endpoint",      "params", "config",       "request",
                                          "outcome", "token_request", "answer", "token_answer", NULL};
    static const char *const request[] = {"method", "path", "headers", "encoding", "content_encoding", "body", "audit_data", NULL};
    static const char *const outcome[] = {"data", "error", "sent", "token_requests", NULL};
    static const char *const error[] = {"kind",        "code",      "vendor_message", "field",         "http_status",
                                        "retryable",   "outcome",   "message_lacks",  "message_contains", NULL};
    static const char *const config[] = {"body_format", "validate",         "max_retries", "paths",
                                         "audit",       "max_answer_bytes", "token_hours", "attempt_timeout_ms", NULL};
    static const char *const audit[] = {"padding", "encoding", NULL};
    known(name, of_case, members);
    known(name, json_object_get(of_case, "request"), request);
    known(name, json_object_get(of_case, "token_request"), request);
    known(name, json_object_get(of_case, "outcome"), outcome);
    known(name, json_object_get(json_object_get(of_case, "outcome"), "error"), error);
    known(name, json_object_get(of_case, "config"), config);
    known(name, json_object_get(json_object_get(of_case, "config"), "audit"), audit);
}

static void script(const char *endpoint, const json_t *answers)
{
    if (answers != NULL) {
        json_t *list = json_is_array(answers) ? json_deep_copy(answers) : json_pack("[O]", answers);
        sandbox_tell("script", json_pack("{s:{s:s}, s:o}", "match", "endpoint", endpoint, "answers", list));
    }
}

static uint32_t number(const json_t *value)
{
    EXPECT(json_is_integer(value) && json_integer_value(value) >= 0 && json_integer_value(value) <= UINT32_MAX);
    return (uint32_t)json_integer_value(value);
}

static void configure(qc_options *options, const json_t *config)
{
    qc_error *err = NULL;
    const json_t *value, *audit = json_object_get(config, "audit");
    const char *endpoint;
    json_t *path;
    if ((value = json_object_get(config, "body_format")) != NULL) {
        EXPECT_OK(qc_options_set_wire_format(options, json_string_value(value), &err));
    }
    if ((value = json_object_get(config, "validate")) != NULL) {
        EXPECT_OK(qc_options_set_validate(options, json_is_true(value), &err));
    }
    if ((value = json_object_get(config, "max_retries")) != NULL) {
        EXPECT_OK(qc_options_set_max_retries(options, number(value), &err));
    }
    json_object_foreach(json_object_get(config, "paths"), endpoint, path)
    {
        EXPECT_OK(qc_options_set_path(options, endpoint, json_string_value(path), &err));
    }
    if ((value = json_object_get(audit, "padding")) != NULL) {
        EXPECT_OK(qc_options_set_audit_padding(options, json_string_value(value), &err));
    }
    if ((value = json_object_get(audit, "encoding")) != NULL) {
        EXPECT_OK(qc_options_set_audit_encoding(options, json_string_value(value), &err));
    }
    if ((value = json_object_get(config, "max_answer_bytes")) != NULL) {
        EXPECT_OK(qc_options_set_max_answer_bytes(options, number(value), &err));
    }
    if ((value = json_object_get(config, "token_hours")) != NULL) {
        EXPECT_OK(qc_options_set_token_hours(options, number(value), &err));
    }
}

static qc_client *client_for(const json_t *config)
{
    qc_options *options = sandbox_options();
    qc_client *client = NULL;
    qc_error *err = NULL;
    configure(options, config);
    EXPECT_OK(qc_client_new(options, &client, &err));
    qc_options_free(options);

    const json_t *attempt = json_object_get(config, "attempt_timeout_ms");
    if (attempt != NULL) {
        qc_call_options *changes = NULL;
        qc_client *changed = NULL;
        EXPECT_OK(qc_call_options_new(&changes, &err));
        EXPECT_OK(qc_call_options_set_attempt_timeout(changes, number(attempt), &err));
        EXPECT_OK(qc_client_with_options(client, changes, &changed, &err));
        qc_call_options_free(changes);
        qc_client_free(client);
        client = changed;
    }
    return client;
}

/* Replays one case; returns in how much it differs from what it says. */
static size_t replay(const char *file, const json_t *of_case)
{
    const char *name = json_string_value(json_object_get(of_case, "name"));
    const char *endpoint = json_string_value(json_object_get(of_case, "endpoint"));
    qc_answer *answer = NULL;
    qc_error *error = NULL;
    known_members(name, of_case);
    differences_begin(file, name);

    sandbox_reset();
    script(endpoint, json_object_get(of_case, "answer"));
    script("auth.token", json_object_get(of_case, "token_answer"));

    qc_client *client = client_for(json_object_get(of_case, "config"));
    char *params = json_dumps(json_object_get(of_case, "params"), JSON_COMPACT | JSON_ENCODE_ANY);
    qc_status status = qc_call(client, endpoint, params, &answer, &error);
    free(params);

    json_t *journal = sandbox_journal();
    compare_outcome(json_object_get(of_case, "outcome"), status, answer, error);
    compare_requests(of_case, journal);
    json_decref(journal);
    qc_answer_free(answer);
    qc_error_free(error);
    qc_client_free(client);
    return differences_end();
}

static int is_cases(const struct dirent *entry)
{
    const char *ending = strrchr(entry->d_name, '.');
    return ending != NULL && strcmp(ending, ".json") == 0;
}

int main(int argc, char **argv)
{
    const char *folder = argc > 1 ? argv[1] : ".", *wanted = argc > 2 ? argv[2] : "";
    struct dirent **files = NULL;
    size_t replayed = 0, failed = 0;
    json_t *names = json_object();
    int count = scandir(folder, &files, is_cases, alphasort);
    EXPECT(count > 0);
    for (int i = 0; i < count; i++) {
        char path[4096];
        size_t index;
        json_t *of_case;
        json_error_t error;
        snprintf(path, sizeof path, "%s/%s", folder, files[i]->d_name);
        json_t *cases = json_load_file(path, JSON_REJECT_DUPLICATES, &error);
        if (!json_is_array(cases) || json_array_size(cases) == 0) {
            fprintf(stderr, "%s holds no cases: %s\n", path, error.text);
            return EXIT_FAILURE;
        }
        json_array_foreach(cases, index, of_case)
        {
            const char *name = json_string_value(json_object_get(of_case, "name"));
            EXPECT(name != NULL && json_object_get(names, name) == NULL);
            json_object_set_new(names, name, json_true());
            if (strstr(name, wanted) != NULL) {
                failed += replay(files[i]->d_name, of_case) > 0;
                replayed++;
            }
        }
        json_decref(cases);
        free(files[i]);
    }
    free(files);
    json_decref(names);
    printf("%zu of %zu cases hold\n", replayed - failed, replayed);
    return replayed > 0 && failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
