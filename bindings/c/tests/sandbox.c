#include "sandbox.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <curl/curl.h>

#include "check.h"

qc_options *sandbox_options(void)
{
    qc_options *options = NULL;
    qc_error *err = NULL;
    EXPECT_OK(qc_options_from_env(&options, &err));
    EXPECT_OK(qc_options_set_backoff(options, 1, 1, &err));
    EXPECT_OK(qc_options_set_poll_interval(options, 1, &err));
    return options;
}

qc_client *sandbox_client(void)
{
    qc_options *options = sandbox_options();
    qc_client *client = NULL;
    qc_error *err = NULL;
    EXPECT_OK(qc_client_new(options, &client, &err));
    qc_options_free(options);
    return client;
}

struct received {
    char *bytes;
    size_t len;
};

static size_t receive(char *bytes, size_t size, size_t count, void *user_data)
{
    struct received *received = user_data;
    char *longer = realloc(received->bytes, received->len + size * count);
    if (longer == NULL) {
        return 0;
    }
    memcpy(longer + received->len, bytes, size * count);
    received->bytes = longer;
    received->len += size * count;
    return size * count;
}

/* One connection for all that a program tells its sandbox. */
static json_t *control(const char *name, const char *body)
{
    static CURL *curl;
    struct received received = {NULL, 0};
    char url[256];
    long status = 0;
    json_error_t error;
    if (curl == NULL) {
        curl = curl_easy_init();
        EXPECT(curl != NULL);
    }
    curl_easy_reset(curl);
    snprintf(url, sizeof url, "%s/__sandbox/%s", getenv("QIANCHENG_BASE_URL"), name);
    curl_easy_setopt(curl, CURLOPT_URL, url);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, receive);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &received);
    if (body != NULL) {
        curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body);
    }
    EXPECT(curl_easy_perform(curl) == CURLE_OK);
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    if (status != 200) {
        fprintf(stderr, "the sandbox does not take %s: %ld %.*s\n", name, status, (int)received.len, received.bytes);
        exit(EXIT_FAILURE);
    }
    json_t *answer = json_loadb(received.bytes, received.len, JSON_DECODE_ANY, &error);
    free(received.bytes);
    EXPECT(answer != NULL);
    return answer;
}

void sandbox_tell(const char *name, json_t *document)
{
    char *text = json_dumps(document, JSON_COMPACT);
    EXPECT(text != NULL);
    json_decref(control(name, text));
    json_decref(document);
    free(text);
}

void sandbox_reset(void)
{
    sandbox_tell("reset", json_object());
}

json_t *sandbox_journal(void)
{
    json_t *answer = control("journal", NULL);
    json_t *entries = json_incref(json_object_get(answer, "entries"));
    EXPECT(json_is_array(entries));
    json_decref(answer);
    return entries;
}

void sandbox_fault(const char *endpoint, int times, const char *fault)
{
    json_t *rule = json_pack("{s:i, s:o}", "times", times, "fault", json_loads(fault, 0, NULL));
    EXPECT(rule != NULL);
    if (endpoint != NULL) {
        json_object_set_new(rule, "match", json_pack("{s:s}", "endpoint", endpoint));
    }
    sandbox_tell("faults", rule);
}
