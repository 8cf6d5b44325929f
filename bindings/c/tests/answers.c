/* What comes back: values by JSON Pointer, texts in the client's encoding; and what is refused on the way. */
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "sandbox.h"

/* A character outside of the Basic Multilingual Plane, which people have in their names: U+20BB7. */
#define RARE_UTF8 "\xF0\xA0\xAE\xB7"
#define RARE_GB18030 "\x95\x34\xB2\x35"
/* The name of the tests in GB18030 and GBK, and in Big5 with its traditional first character. */
#define NAME_GB18030 "\xD5\xC5\xC8\xFD"
#define NAME_BIG5 "\xB1\x69\xA4\x54"

static qc_client *client_in(const char *encoding)
{
    qc_options *options = sandbox_options();
    qc_client *client = NULL;
    qc_error *err = NULL;
    EXPECT_OK(qc_options_set_encoding(options, encoding, &err));
    EXPECT_OK(qc_client_new(options, &client, &err));
    qc_options_free(options);
    return client;
}

/* The answer to a lookup, made of this JSON. */
static qc_answer *answer_of(const qc_client *client, const char *data)
{
    qc_answer *answer = NULL;
    qc_error *err = NULL;
    sandbox_reset();
    sandbox_tell("script", json_pack("{s:{s:s}, s:[{s:o}]}", "match", "endpoint", "blacklist.search", "answers", "body",
                                     json_pack("{s:i, s:s, s:o}", "code", 0, "msg", "", "data", json_loads(data, JSON_ALLOW_NUL, NULL))));
    EXPECT_OK(qc_blacklist_search(client, "x", ID_CARD, MOBILE, &answer, &err));
    return answer;
}

static void values_are_read_by_pointer(void)
{
    qc_client *client = sandbox_client();
    qc_answer *answer = answer_of(client, "{\"is_in\":\"1\",\"text\":\"a\\u0000b\",\"big\":9223372036854775807,\"half\":0.5,"
                                          "\"list\":[{\"a/b\":null},\"7\"],\"~\":-9223372036854775808}");
    qc_error *err = NULL;
    int32_t type = 99;
    int64_t integer = 0;
    double number = 0;
    bool truth = false;
    size_t len = 0, again_len = 0;
    const char *text = NULL, *again = NULL;
    EXPECT_OK(qc_answer_type(answer, "/list/0/a~1b", &type, &err));
    EXPECT(type == QC_JSON_NULL);
    EXPECT_OK(qc_answer_type(answer, "/list/0/a", &type, &err));
    EXPECT(type == QC_JSON_MISSING);
    EXPECT_OK(qc_answer_bool(answer, "/is_in", &truth, &err));
    EXPECT(truth);
    EXPECT_OK(qc_answer_int(answer, "/big", &integer, &err));
    EXPECT(integer == INT64_MAX);
    EXPECT_OK(qc_answer_int(answer, "/~0", &integer, &err));
    EXPECT(integer == INT64_MIN);
    EXPECT_OK(qc_answer_int(answer, "/list/1", &integer, &err));
    EXPECT(integer == 7);
    EXPECT_OK(qc_answer_double(answer, "/half", &number, &err));
    EXPECT(number > 0.4 && number < 0.6);
    EXPECT_OK(qc_answer_string(answer, "/text", &text, &len, &err));
    EXPECT(len == 3 && memcmp(text, "a\0b", 4) == 0);
    EXPECT_OK(qc_answer_string(answer, "/text", &again, &again_len, &err));
    EXPECT(again == text && again_len == len);
    EXPECT_OK(qc_answer_size(answer, "/list", &len, &err));
    EXPECT(len == 2);
    EXPECT_OK(qc_answer_key(answer, "", 1, &text, NULL, &err));
    EXPECT_TEXT("text", text);
    EXPECT_OK(qc_answer_sub_json(answer, "/list/0", &text, &len, &err));
    EXPECT_TEXT("{\"a/b\":null}", text);
    qc_answer_free(answer);
    qc_client_free(client);
}

static void a_pointer_to_nowhere_and_a_value_of_another_type_are_refused(void)
{
    static const char *const nowhere[] = {"/nothing", "/list/2", "/list/01", "/list/-", "/list/99999999999999999999", "/is_in/x", "is_in",
                                          "/~2", "/list/0/~"};
    qc_client *client = sandbox_client();
    qc_answer *answer = answer_of(client, "{\"is_in\":true,\"list\":[1,[]],\"word\":\"word\",\"much\":1e300}");
    qc_error *err = NULL;
    const char *text = "as it was";
    int64_t integer = 5;
    double number = 5;
    bool truth = true;
    size_t len = 5;
    for (size_t i = 0; i < sizeof nowhere / sizeof nowhere[0]; i++) {
        EXPECT_REFUSED(nowhere[i], qc_answer_string(answer, nowhere[i], &text, &len, &err));
        EXPECT_REFUSED(nowhere[i], qc_answer_int(answer, nowhere[i], &integer, &err));
        EXPECT_REFUSED(nowhere[i], qc_answer_size(answer, nowhere[i], &len, &err));
        EXPECT_REFUSED(nowhere[i], qc_answer_sub_json(answer, nowhere[i], &text, &len, &err));
    }
    EXPECT_REFUSED("/is_in", qc_answer_string(answer, "/is_in", &text, &len, &err));
    EXPECT_REFUSED("/word", qc_answer_int(answer, "/word", &integer, &err));
    EXPECT_REFUSED("/much", qc_answer_int(answer, "/much", &integer, &err));
    EXPECT_REFUSED("/list", qc_answer_double(answer, "/list", &number, &err));
    EXPECT_REFUSED("/word", qc_answer_bool(answer, "/word", &truth, &err));
    EXPECT_REFUSED("/word", qc_answer_size(answer, "/word", &len, &err));
    EXPECT(qc_answer_key(answer, "", 4, &text, &len, &err) == QC_INVALID_INPUT);
    qc_error_free(err);
    EXPECT(strcmp(text, "as it was") == 0 && integer == 5 && number > 4 && truth && len == 5);
    qc_answer_free(answer);
    qc_client_free(client);
}

static void malformed_json_is_refused(void)
{
    static const char *const broken[] = {"", "{", "{}}", "{\"a\":}", "[1]", "\"x\"", "{\"a\":\"\\ud800\"}", "{'a':1}", "null", "{\"a\":1"};
    qc_client *client = sandbox_client();
    qc_error *err = NULL;
    qc_answer *answer = NULL;
    sandbox_reset();
    for (size_t i = 0; i < sizeof broken / sizeof broken[0]; i++) {
        EXPECT(qc_call(client, "blacklist.search", broken[i], &answer, &err) == QC_INVALID_INPUT && err != NULL);
        qc_error_free(err);
        err = NULL;
    }
    EXPECT(answer == NULL);
    json_t *journal = sandbox_journal();
    EXPECT(json_array_size(journal) == 0);
    json_decref(journal);
    qc_client_free(client);
}

/* Sends a name, and expects these characters on the wire, in UTF-8, and the name back as it went. */
static void expect_passage(const char *encoding, const char *name, const char *on_the_wire)
{
    qc_client *client = client_in(encoding);
    qc_answer *answer = NULL;
    qc_error *err = NULL;
    const char *text = NULL;
    size_t len = 0;
    sandbox_reset();
    sandbox_tell("script", json_pack("{s:{s:s}, s:[{s:{s:i, s:s, s:{s:b, s:s}}}]}", "match", "endpoint", "blacklist.search", "answers",
                                     "body", "code", 0, "msg", "", "data", "is_in", 1, "name", on_the_wire));
    EXPECT_OK(qc_blacklist_search(client, name, ID_CARD, MOBILE, &answer, &err));
    EXPECT_OK(qc_answer_string(answer, "/name", &text, &len, &err));
    EXPECT_TEXT(name, text);
    EXPECT(len == strlen(name));
    EXPECT_OK(qc_answer_json(answer, &text, &len, &err));
    EXPECT(len == strlen(text) && strstr(text, name) != NULL);
    qc_answer_free(answer);

    json_t *journal = sandbox_journal();
    json_t *entry = json_array_get(journal, json_array_size(journal) - 1);
    EXPECT_TEXT(on_the_wire, json_string_value(json_object_get(json_object_get(entry, "params"), "name")));
    json_decref(journal);
    qc_client_free(client);
}

static void names_pass_unharmed_in_every_encoding(void)
{
    expect_passage("UTF-8", NAME RARE_UTF8, NAME RARE_UTF8);
    expect_passage("GB18030", NAME_GB18030, NAME);
    expect_passage("GB18030", NAME_GB18030 RARE_GB18030, NAME RARE_UTF8);
    expect_passage("GBK", NAME_GB18030, NAME);
    expect_passage("Big5", NAME_BIG5, "\xE5\xBC\xB5\xE4\xB8\x89");
}

static void what_an_encoding_lacks_is_escaped_or_an_error(void)
{
    qc_client *client = client_in("GBK");
    qc_answer *answer = answer_of(client, "{\"is_in\":true,\"rare\":\"" RARE_UTF8 "\"}");
    qc_error *err = NULL;
    const char *text = NULL;
    EXPECT_REFUSED("/rare", qc_answer_string(answer, "/rare", &text, NULL, &err));
    EXPECT(text == NULL);
    EXPECT_OK(qc_answer_json(answer, &text, NULL, &err));
    EXPECT(strstr(text, "\\ud842\\udfb7") != NULL || strstr(text, "\\uD842\\uDFB7") != NULL);
    qc_answer_free(answer);
    qc_client_free(client);
}

static void invalid_text_is_refused_and_not_repeated(void)
{
    static const char *const invalid_utf8[] = {"\x80", "\xC3", "\xC0\xAF", "\xED\xA0\x80", "\xF5\x80\x80\x80", "a\xFF", NAME "\xE5\xBC"};
    static const char *const invalid_gb18030[] = {"\x81", "\x81 ", "\xFF", "\x95\x34\xAC", "\xFE\x39\xFE\x39"};
    qc_client *utf8 = client_in("UTF-8"), *gb18030 = client_in("GB18030");
    qc_error *err = NULL;
    qc_answer *answer = NULL;
    for (size_t i = 0; i < sizeof invalid_utf8 / sizeof invalid_utf8[0]; i++) {
        EXPECT(qc_blacklist_search(utf8, invalid_utf8[i], ID_CARD, MOBILE, &answer, &err) == QC_INVALID_INPUT);
        EXPECT(strstr(qc_error_text(err), "name") != NULL && strstr(qc_error_text(err), invalid_utf8[i]) == NULL);
        qc_error_free(err);
        err = NULL;
    }
    for (size_t i = 0; i < sizeof invalid_gb18030 / sizeof invalid_gb18030[0]; i++) {
        EXPECT(qc_blacklist_search(gb18030, invalid_gb18030[i], ID_CARD, MOBILE, &answer, &err) == QC_INVALID_INPUT);
        EXPECT(strstr(qc_error_text(err), invalid_gb18030[i]) == NULL);
        qc_error_free(err);
        err = NULL;
    }
    EXPECT(answer == NULL);
    qc_client_free(utf8);
    qc_client_free(gb18030);
}

static void an_unknown_encoding_and_an_unknown_endpoint_are_refused(void)
{
    qc_options *options = sandbox_options();
    qc_client *client = NULL, *good = sandbox_client();
    qc_error *err = NULL;
    qc_status set = qc_options_set_encoding(options, "EBCDIC", &err);
    if (set == QC_OK) {
        EXPECT(qc_client_new(options, &client, &err) != QC_OK);
    }
    EXPECT(client == NULL && err != NULL && (qc_error_kind(err) == QC_CONFIG || qc_error_kind(err) == QC_INVALID_INPUT));
    qc_error_free(err);
    err = NULL;
    EXPECT(qc_call(good, "blacklist.serach", "{}", NULL, &err) == QC_INVALID_INPUT);
    EXPECT(strstr(qc_error_text(err), "blacklist.search") != NULL);
    qc_error_free(err);
    qc_options_free(options);
    qc_client_free(good);
}

static void a_text_that_is_too_long_is_refused(void)
{
    const size_t most = (size_t)64 << 20;
    char *text = malloc(most + 2);
    qc_client *client = sandbox_client();
    qc_error *err = NULL;
    EXPECT(text != NULL);
    memset(text, 'x', most + 1);
    text[most + 1] = '\0';
    EXPECT_REFUSED("params_json", qc_call(client, "blacklist.search", text, NULL, &err));
    free(text);
    qc_client_free(client);
}

int main(int argc, char **argv)
{
    static const struct behaviour behaviours[] = {
        {"values are read by pointer", values_are_read_by_pointer},
        {"a pointer to nowhere and a value of another type are refused", a_pointer_to_nowhere_and_a_value_of_another_type_are_refused},
        {"malformed JSON is refused", malformed_json_is_refused},
        {"names pass unharmed in every encoding", names_pass_unharmed_in_every_encoding},
        {"what an encoding lacks is escaped or an error", what_an_encoding_lacks_is_escaped_or_an_error},
        {"invalid text is refused and not repeated", invalid_text_is_refused_and_not_repeated},
        {"an unknown encoding and an unknown endpoint are refused", an_unknown_encoding_and_an_unknown_endpoint_are_refused},
        {"a text that is too long is refused", a_text_that_is_too_long_is_refused},
    };
    return RUN(behaviours, argc, argv);
}
