package io.qiancheng;

import com.fasterxml.jackson.databind.JsonNode;

/** Makes exceptions: of what the library says, and of what this side refuses. */
final class Failures {
    private Failures() {}

    /** The exception of an error as the core writes it. */
    static QianchengException of(JsonNode error, String text) {
        return KindExceptions.of(
                new QianchengException.Details(
                        error.path("kind").asText(),
                        text,
                        error.path("message").asText(),
                        error.hasNonNull("code") ? error.get("code").longValue() : null,
                        textOf(error, "vendor_message"),
                        textOf(error, "endpoint"),
                        textOf(error, "field"),
                        error.hasNonNull("http_status") ? error.get("http_status").intValue() : null,
                        error.path("attempts").intValue(),
                        error.path("retryable").booleanValue(),
                        Outcome.of(error.path("outcome").asText())));
    }

    static String textOf(JsonNode object, String name) {
        return object.hasNonNull(name) ? object.get(name).asText() : null;
    }

    /** A parameter that may not be sent; {@code field} is its JSON Pointer. */
    static QianchengException invalid(String endpoint, String field, String message) {
        return make(ErrorKind.INVALID_INPUT, endpoint, field, message, Outcome.NOT_SENT);
    }

    /** Something that is set up wrongly. */
    static QianchengException misconfigured(String message) {
        return make(ErrorKind.CONFIG, null, null, message, Outcome.NOT_SENT);
    }

    /** An answer that is not what was promised. */
    static QianchengException unreadable(String endpoint, String message) {
        return make(ErrorKind.PROTOCOL, endpoint, null, message, Outcome.UNKNOWN);
    }

    /** Written as the core writes its own. */
    private static QianchengException make(
            ErrorKind kind, String endpoint, String field, String message, Outcome outcome) {
        StringBuilder text = new StringBuilder(kind.text());
        if (endpoint != null) {
            text.append(" at ").append(endpoint);
        }
        text.append(": ").append(message);
        if (field != null && !field.isEmpty()) {
            text.append(" (field ").append(field).append(')');
        }
        text.append(". ").append(kind.advice());
        return KindExceptions.of(
                new QianchengException.Details(
                        kind.text(), text.toString(), message, null, null, endpoint, field, null, 0, false, outcome));
    }
}
