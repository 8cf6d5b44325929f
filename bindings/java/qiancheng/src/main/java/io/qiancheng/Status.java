package io.qiancheng;

import com.fasterxml.jackson.databind.JsonNode;

/** What the vendor last said of a session. */
public final class Status {
    private final long code;
    private final String name;
    private final String description;
    private final String message;

    private Status(JsonNode json) {
        code = json.path("code").longValue();
        name = Failures.textOf(json, "name");
        description = Failures.textOf(json, "description");
        message = Failures.textOf(json, "message");
    }

    static Status of(JsonNode json) {
        return json.isObject() ? new Status(json) : null;
    }

    /**
     * Gives the state's number (§8).
     *
     * @return the number
     */
    public long code() {
        return code;
    }

    /**
     * Gives the state's name.
     *
     * @return the name, or {@code null} for a state that the vendor's document does not list
     */
    public String name() {
        return name;
    }

    /**
     * Gives the vendor's description of the state, in Chinese.
     *
     * @return the description, or {@code null} for a state that the vendor's document does not list
     */
    public String description() {
        return description;
    }

    /**
     * Gives the vendor's own words this time; long numbers in them are masked.
     *
     * @return the words, or {@code null} if there are none
     */
    public String message() {
        return message;
    }

    /** The number, and the name if there is one. */
    @Override
    public String toString() {
        return name == null ? Long.toString(code) : code + " " + name;
    }
}
