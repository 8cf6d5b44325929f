package io.qiancheng;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;

/** How a session stands. */
public final class Step {
    private final Kind kind;
    private final Duration pollAfter;
    private final Status status;
    private final Challenge challenge;
    private final String reason;

    private Step(JsonNode json) {
        kind = Kind.of(json.path("step").asText());
        pollAfter = Duration.ofNanos(Math.round(json.path("poll_after").doubleValue() * 1e9));
        status = Status.of(json.path("status"));
        challenge = json.path("challenge").isObject() ? new Challenge(json.get("challenge")) : null;
        reason = Failures.textOf(json, "reason");
    }

    /** The step that the library wrote; none if it wrote none. */
    static Step of(byte[] json) {
        return json == null ? null : new Step(Native.tree(json));
    }

    /**
     * Says how the session stands.
     *
     * @return the kind
     */
    public Kind kind() {
        return kind;
    }

    /**
     * Says whether nothing will change any more.
     *
     * @return whether this is the last step
     */
    public boolean isLast() {
        return kind == Kind.FINISHED || kind == Kind.FAILED || kind == Kind.EXPIRED;
    }

    /**
     * Gives the pause after which to poll again, while the vendor is at work; never beyond the session's end.
     *
     * @return the pause; none for other kinds
     */
    public Duration pollAfter() {
        return pollAfter;
    }

    /**
     * Gives what the vendor said, while it is at work.
     *
     * @return the status, or {@code null} for other kinds
     */
    public Status status() {
        return status;
    }

    /**
     * Gives the question to the borrower.
     *
     * @return the challenge, or {@code null} if none is asked
     */
    public Challenge challenge() {
        return challenge;
    }

    /**
     * Says why the collection failed.
     *
     * @return the vendor's words, or {@code null} if it has not
     */
    public String reason() {
        return reason;
    }

    /** Says how the session stands. */
    @Override
    public String toString() {
        switch (kind) {
            case WORKING:
                return "WORKING(" + status + ", poll after " + pollAfter + ")";
            case NEEDS_INPUT:
                return "NEEDS_INPUT(" + challenge + ")";
            case FAILED:
                return "FAILED(" + reason + ")";
            default:
                return kind.name();
        }
    }

    /** How a session can stand. */
    public enum Kind {
        /** The vendor is at work: poll again after the pause. */
        WORKING("working"),
        /** The borrower is asked for something. */
        NEEDS_INPUT("needs_input"),
        /** The data can be fetched. */
        FINISHED("finished"),
        /** The collection failed; start over with a new session. */
        FAILED("failed"),
        /** The ten minutes are over; start over with a new session. */
        EXPIRED("expired");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        static Kind of(String text) {
            for (Kind kind : values()) {
                if (kind.text.equals(text)) {
                    return kind;
                }
            }
            throw new IllegalStateException("the native library has a kind of step that these classes do not know");
        }
    }
}
