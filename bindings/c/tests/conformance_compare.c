#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "conformance.h"

static const char *current_file, *current_name;
static size_t differences;

void differences_begin(const char *file, const char *name)
{
    current_file = file;
    current_name = name;
    differences = 0;
}

size_t differences_end(void)
{
    return differences;
}

static void differs(const char *format, ...) __attribute__((format(printf, 1, 2)));

static void differs(const char *format, ...)
{
    va_list arguments;
    if (differences++ == 0) {
        fprintf(stderr, "%s: %s\n", current_file, current_name);
    }
    fputs("    ", stderr);
    va_start(arguments, format);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    fputc('\n', stderr);
}

/* By value: members in any order, 1 equal to 1.0, and integers with every digit. */
static bool same(const json_t *one, const json_t *other)
{
    if (json_is_number(one) && json_is_number(other)) {
        if (json_is_integer(one) && json_is_integer(other)) {
            return json_integer_value(one) == json_integer_value(other);
        }
        return !(json_number_value(one) < json_number_value(other)) && !(json_number_value(one) > json_number_value(other));
    }
    if (json_is_array(one) && json_is_array(other)) {
        if (json_array_size(one) != json_array_size(other)) {
            return false;
        }
        for (size_t i = 0; i < json_array_size(one); i++) {
            if (!same(json_array_get(one, i), json_array_get(other, i))) {
                return false;
            }
        }
        return true;
    }
    if (json_is_object(one) && json_is_object(other)) {
        const char *member;
        json_t *value;
        if (json_object_size(one) != json_object_size(other)) {
            return false;
        }
        json_object_foreach((json_t *)one, member, value)
        {
            const json_t *its = json_object_get(other, member);
            if (its == NULL || !same(value, its)) {
                return false;
            }
        }
        return true;
    }
    return json_equal(one, other) != 0;
}

/* An expected value, and what is there: a missing member is null. */
static void compare(const char *what, const json_t *expected, const json_t *actual)
{
    json_t *null = json_null();
    if (!same(expected == NULL ? null : expected, actual == NULL ? null : actual)) {
        char *wanted = json_dumps(expected, JSON_ENCODE_ANY), *found = json_dumps(actual, JSON_ENCODE_ANY);
        differs("%s: expected %s, was %s", what, wanted == NULL ? "nothing" : wanted, found == NULL ? "nothing" : found);
        free(wanted);
        free(found);
    }
}

/* What an error says of itself by its functions, as the member of a case has it; a new value. */
static json_t *member_of_error(const qc_error *error, const char *member)
{
    int64_t code = 0;
    const char *text = NULL;
    if (strcmp(member, "kind") == 0) {
        text = qc_error_kind_name(error);
    } else if (strcmp(member, "code") == 0) {
        return qc_error_code(error, &code) ? json_integer(code) : json_null();
    } else if (strcmp(member, "vendor_message") == 0) {
        text = qc_error_vendor_message(error);
    } else if (strcmp(member, "field") == 0) {
        text = qc_error_field(error);
    } else if (strcmp(member, "http_status") == 0) {
        int32_t status = qc_error_http_status(error);
        return status == 0 ? json_null() : json_integer(status);
    } else if (strcmp(member, "retryable") == 0) {
        return json_boolean(qc_error_retryable(error));
    } else if (strcmp(member, "outcome") == 0) {
        text = qc_error_outcome_name(error);
    } else {
        EXPECT(!"a member that known_members() lets through");
    }
    return text == NULL ? json_null() : json_string(text);
}

static void compare_error(const json_t *expected, const qc_error *error)
{
    const char *member;
    json_t *value, *written = json_loads(qc_error_json(error), 0, NULL);
    json_object_foreach((json_t *)expected, member, value)
    {
        if (strcmp(member, "message_contains") == 0) {
            if (strstr(qc_error_message(error), json_string_value(value)) == NULL) {
                differs("the message does not contain \"%s\"", json_string_value(value));
            }
        } else if (strcmp(member, "message_lacks") == 0) {
            size_t index;
            json_t *text;
            json_array_foreach(value, index, text)
            {
                const char *secret = json_string_value(text);
                if (strstr(qc_error_text(error), secret) != NULL || strstr(qc_error_json(error), secret) != NULL
                    || strstr(qc_error_message(error), secret) != NULL) {
                    differs("the error shows \"%s\"", secret);
                }
            }
        } else {
            json_t *actual = member_of_error(error, member);
            compare(member, value, actual);
            compare("a member of qc_error_json()", value, json_object_get(written, member));
            json_decref(actual);
        }
    }
    json_decref(written);
    if (differences > 0) {
        differs("the error was %s", qc_error_text(error));
    }
}

void compare_outcome(const json_t *outcome, qc_status status, const qc_answer *answer, const qc_error *error)
{
    const json_t *data = json_object_get(outcome, "data"), *expected = json_object_get(outcome, "error");
    EXPECT((data == NULL) != (expected == NULL));
    if ((status == QC_OK) != (answer != NULL) || (status == QC_OK) != (error == NULL)) {
        differs("the status is %s, with%s answer and with%s error", qc_status_name(status), answer == NULL ? "out" : " an",
                error == NULL ? "out" : " an");
    } else if (error != NULL && qc_error_kind(error) != status) {
        differs("the status is %s, the error's kind %s", qc_status_name(status), qc_error_kind_name(error));
    } else if (error != NULL && expected != NULL) {
        compare_error(expected, error);
    } else if (error != NULL) {
        differs("failed: %s", qc_error_text(error));
    } else {
        const char *text = NULL;
        size_t len = 0;
        qc_error *err = NULL;
        EXPECT_OK(qc_answer_json(answer, &text, &len, &err));
        if (expected != NULL) {
            differs("went well: %s", text);
            return;
        }
        json_t *actual = json_loadb(text, len, JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);
        compare("data", data, actual);
        json_decref(actual);
    }
}

/* Puts what is known only now where it belongs; a new value. */
static json_t *filled(const json_t *value, const char *token)
{
    if (json_is_object(value)) {
        const char *member;
        json_t *its, *object = json_object();
        json_object_foreach((json_t *)value, member, its)
        {
            json_object_set_new(object, member, filled(its, token));
        }
        return object;
    }
    if (json_is_array(value)) {
        size_t index;
        json_t *item, *list = json_array();
        json_array_foreach(value, index, item)
        {
            json_array_append_new(list, filled(item, token));
        }
        return list;
    }
    if (json_is_string(value)) {
        const char *text = json_string_value(value);
        if (strcmp(text, "$USERNAME") == 0) {
            return json_string(getenv("QIANCHENG_USERNAME"));
        }
        if (strcmp(text, "$PASSWORD") == 0) {
            return json_string(getenv("QIANCHENG_PASSWORD"));
        }
        if (strcmp(text, "$TOKEN") == 0) {
            return json_string(token);
        }
    }
    return json_deep_copy(value);
}

static void compare_header(const char *name, const json_t *expected, const json_t *actual)
{
    if (strcmp(name, "content-type") == 0 && json_is_string(actual)) {
        const char *text = json_string_value(actual);
        json_t *first = json_stringn(text, strcspn(text, "; "));
        compare(name, expected, first);
        json_decref(first);
    } else {
        compare(name, expected, actual);
    }
}

static void compare_request(const json_t *expected, const json_t *entry, const char *token)
{
    static const char *const members[] = {"method", "path", "encoding", "content_encoding"};
    for (size_t i = 0; i < sizeof members / sizeof members[0]; i++) {
        compare(members[i], json_object_get(expected, members[i]), json_object_get(entry, members[i]));
    }
    if (json_object_get(expected, "audit_data") != NULL) {
        compare("audit_data", json_object_get(expected, "audit_data"), json_object_get(entry, "audit_data"));
    }
    const char *name;
    json_t *value;
    json_object_foreach(json_object_get(expected, "headers"), name, value)
    {
        compare_header(name, value, json_object_get(json_object_get(entry, "headers"), name));
    }
    json_t *body = filled(json_object_get(expected, "body"), token);
    json_t *actual = json_deep_copy(json_object_get(entry, "params"));
    const char *data = json_string_value(json_object_get(body, "data"));
    if (data != NULL && strcmp(data, "$ENCRYPTED") == 0 && json_is_string(json_object_get(actual, "data"))) {
        json_object_set_new(actual, "data", json_string(data));
    }
    compare("body", body, actual);
    json_decref(body);
    json_decref(actual);
}

void compare_requests(const json_t *of_case, const json_t *journal)
{
    const json_t *request = json_object_get(of_case, "request"), *token_request = json_object_get(of_case, "token_request");
    const json_t *outcome = json_object_get(of_case, "outcome"), *tokens = json_object_get(outcome, "token_requests");
    const char *endpoint = json_string_value(json_object_get(of_case, "endpoint")), *token = "";
    json_int_t sent = 0, asked = 0;
    size_t index;
    json_t *entry;
    json_array_foreach((json_t *)journal, index, entry)
    {
        const char *of_entry = json_string_value(json_object_get(entry, "endpoint"));
        if (of_entry != NULL && strcmp(of_entry, endpoint) == 0) {
            sent++;
            if (request == NULL) {
                differs("sent what should not leave");
            } else {
                compare_request(request, entry, token);
            }
        }
        if (of_entry != NULL && strcmp(of_entry, "auth.token") == 0) {
            const json_t *data = json_object_get(json_object_get(entry, "answer"), "data");
            asked++;
            if (token_request != NULL) {
                compare_request(token_request, entry, token);
            }
            if (json_is_string(json_object_get(data, "token"))) {
                token = json_string_value(json_object_get(data, "token"));
            }
        }
    }
    if (sent != json_integer_value(json_object_get(outcome, "sent"))) {
        differs("sent %lld times", (long long)sent);
    }
    if (tokens != NULL && asked != json_integer_value(tokens)) {
        differs("%lld token requests", (long long)asked);
    }
}
