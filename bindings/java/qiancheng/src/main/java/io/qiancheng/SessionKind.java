package io.qiancheng;

/** What a session collects. */
public enum SessionKind {
    /** Telecom data (§3). */
    TELECOM("telecom"),
    /** Degree data (§4). */
    DEGREE("degree"),
    /** E-bank data (§5). */
    EBANK("ebank"),
    /** E-bank data, second version (§6). */
    EBANK_V2("ebank_v2");

    private final String text;

    SessionKind(String text) {
        this.text = text;
    }

    /**
     * Gives the name that is the same in every language.
     *
     * @return the name, as endpoint ids begin with it
     */
    public String text() {
        return text;
    }

    static SessionKind of(String text) {
        for (SessionKind kind : values()) {
            if (kind.text.equals(text)) {
                return kind;
            }
        }
        throw new IllegalStateException("the native library has a kind of session that these classes do not know");
    }
}
