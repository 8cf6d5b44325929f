package io.qiancheng.tests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.qiancheng.QianchengException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Compares what happened with what a conformance case says; {@code tests/README.md} has the rules. */
final class Comparison {
    private static final Set<String> ERROR_MEMBERS = new HashSet<>(Arrays.asList(
            "kind", "code", "vendor_message", "field", "http_status", "retryable", "outcome"));

    private final JsonNode expected;
    private final List<String> differences = new ArrayList<>();

    Comparison(JsonNode expected) {
        this.expected = expected;
    }

    List<String> differences() {
        return differences;
    }

    void data(JsonNode data) {
        JsonNode outcome = expected.get("outcome");
        if (outcome.has("error")) {
            differences.add("went well, expected " + outcome.get("error"));
        } else {
            differs("data", outcome.get("data"), data);
        }
    }

    void error(QianchengException error) {
        JsonNode members = expected.get("outcome").get("error");
        if (members == null) {
            differences.add("failed: " + error);
            return;
        }
        Sandbox.members(members).forEach((name, value) -> errorMember(name, value, error));
        if (!differences.isEmpty()) {
            differences.add("the error was " + error);
        }
    }

    private void errorMember(String name, JsonNode value, QianchengException error) {
        switch (name) {
            case "message_contains":
                if (!error.summary().contains(value.textValue())) {
                    differences.add("the message does not contain " + value + ": " + error.summary());
                }
                break;
            case "message_lacks":
                String printed = printed(error);
                for (JsonNode text : value) {
                    if (printed.contains(text.textValue())) {
                        differences.add("the error shows " + text + ": " + printed);
                    }
                }
                break;
            default:
                if (!ERROR_MEMBERS.contains(name)) {
                    throw new IllegalArgumentException("the runner does not know the error member " + name);
                }
                differs("error." + name, value, members(error).get(name));
        }
    }

    /** Everything that an exception shows. */
    static String printed(Throwable error) {
        StringWriter trace = new StringWriter();
        error.printStackTrace(new PrintWriter(trace));
        String text = trace + "\n" + error + "\n" + error.getMessage() + "\n" + error.getLocalizedMessage();
        return error instanceof QianchengException ? text + "\n" + members((QianchengException) error) : text;
    }

    private static ObjectNode members(QianchengException error) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("kind", error.kind().text())
                .put("code", error.code())
                .put("vendor_message", error.vendorMessage())
                .put("field", error.field())
                .put("http_status", error.httpStatus())
                .put("retryable", error.retryable())
                .put("outcome", error.outcome().text())
                .put("message", error.summary())
                .put("endpoint", error.endpoint())
                .put("attempts", error.attempts());
    }

    /** The requests that left, and how many. */
    void requests(JsonNode journal, Sandbox sandbox) {
        String token = "";
        int sent = 0;
        int tokens = 0;
        String endpoint = expected.get("endpoint").textValue();
        for (JsonNode entry : journal) {
            String asked = entry.path("endpoint").asText(null);
            if (endpoint.equals(asked)) {
                sent++;
                if (expected.has("request")) {
                    request(expected.get("request"), entry, sandbox, token);
                } else {
                    differences.add("sent what should not leave: " + entry);
                }
            }
            if ("auth.token".equals(asked)) {
                tokens++;
                if (expected.has("token_request")) {
                    request(expected.get("token_request"), entry, sandbox, token);
                }
                token = entry.at("/answer/data/token").isTextual()
                        ? entry.at("/answer/data/token").textValue()
                        : token;
            }
        }
        JsonNode outcome = expected.get("outcome");
        if (sent != outcome.get("sent").intValue()) {
            differences.add("sent " + sent + " times, expected " + outcome.get("sent"));
        }
        if (outcome.has("token_requests") && outcome.get("token_requests").intValue() != tokens) {
            differences.add(tokens + " token requests, expected " + outcome.get("token_requests"));
        }
    }

    private void request(JsonNode wanted, JsonNode entry, Sandbox sandbox, String token) {
        for (String member : Arrays.asList("method", "path", "encoding", "content_encoding")) {
            differs(member, wanted.get(member), entry.get(member));
        }
        if (wanted.has("audit_data")) {
            differs("audit_data", wanted.get("audit_data"), entry.get("audit_data"));
        }
        if (wanted.has("headers")) {
            for (Iterator<String> names = wanted.get("headers").fieldNames(); names.hasNext(); ) {
                String name = names.next();
                JsonNode actual = entry.get("headers").get(name);
                if (name.equals("content-type") && actual != null && actual.isTextual()) {
                    actual = text(actual.textValue().split(";")[0].trim());
                }
                differs("header " + name, wanted.get("headers").get(name), actual);
            }
        }
        JsonNode params = entry.get("params");
        if (wanted.get("body").path("data").asText().equals("$ENCRYPTED") && params.path("data").isTextual()) {
            params = ((ObjectNode) params.deepCopy()).put("data", "$ENCRYPTED");
        }
        Map<String, String> places = new HashMap<>();
        places.put("$USERNAME", sandbox.username());
        places.put("$PASSWORD", sandbox.password());
        places.put("$TOKEN", token);
        differs("body", filled(wanted.get("body"), places), params);
    }

    /** Puts what is known only now where it belongs. */
    private static JsonNode filled(JsonNode value, Map<String, String> places) {
        if (value.isTextual()) {
            String filling = places.get(value.textValue());
            return filling == null ? value : text(filling);
        }
        if (value.isArray()) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            value.forEach(item -> array.add(filled(item, places)));
            return array;
        }
        if (value.isObject()) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            Sandbox.members(value).forEach((name, member) -> object.set(name, filled(member, places)));
            return object;
        }
        return value;
    }

    private static JsonNode text(String text) {
        return JsonNodeFactory.instance.textNode(text);
    }

    private void differs(String what, JsonNode wanted, JsonNode actual) {
        if (!same(present(wanted), present(actual))) {
            differences.add(what + ": expected " + wanted + ", was " + actual);
        }
    }

    private static JsonNode present(JsonNode value) {
        return value == null || value.isMissingNode() ? JsonNodeFactory.instance.nullNode() : value;
    }

    /** By value: members in any order, 1 equal to 1.0, and integers with every digit. */
    private static boolean same(JsonNode one, JsonNode other) {
        if (one.isNumber() && other.isNumber()) {
            return one.isIntegralNumber() && other.isIntegralNumber()
                    ? one.bigIntegerValue().equals(other.bigIntegerValue())
                    : one.doubleValue() == other.doubleValue();
        }
        if (one.isArray() && other.isArray()) {
            if (one.size() != other.size()) {
                return false;
            }
            for (int at = 0; at < one.size(); at++) {
                if (!same(one.get(at), other.get(at))) {
                    return false;
                }
            }
            return true;
        }
        if (one.isObject() && other.isObject()) {
            if (one.size() != other.size()) {
                return false;
            }
            for (Map.Entry<String, JsonNode> member : Sandbox.members(one).entrySet()) {
                if (!other.has(member.getKey()) || !same(member.getValue(), other.get(member.getKey()))) {
                    return false;
                }
            }
            return true;
        }
        return one.equals(other);
    }
}
