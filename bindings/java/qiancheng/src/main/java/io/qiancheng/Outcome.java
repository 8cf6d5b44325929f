package io.qiancheng;

/** What is known about a request's effect on the vendor's side. */
public enum Outcome {
    /** Surely nothing reached the vendor. */
    NOT_SENT("NotSent"),
    /** The vendor answered that it did not do it. */
    REJECTED("Rejected"),
    /** The vendor may have done it: do not send it again, ask for the state instead. */
    UNKNOWN("Unknown");

    private final String text;

    Outcome(String text) {
        this.text = text;
    }

    /**
     * Gives the name that is the same in every language.
     *
     * @return {@code NotSent}, {@code Rejected} or {@code Unknown}
     */
    public String text() {
        return text;
    }

    static Outcome of(String text) {
        for (Outcome outcome : values()) {
            if (outcome.text.equals(text)) {
                return outcome;
            }
        }
        return UNKNOWN;
    }
}
