package io.qiancheng;

/** A number of one of the vendor's dictionaries. A number that is not listed is kept, and prints as itself. */
public abstract class State {
    private final long code;
    private final String name;
    private final String description;

    /**
     * A state.
     *
     * @param code its number
     * @param name the vendor's name, or {@code null} for a number that is not listed
     * @param description the vendor's words in Chinese, or {@code null}
     */
    protected State(long code, String name, String description) {
        this.code = code;
        this.name = name;
        this.description = description;
    }

    /**
     * Gives the number.
     *
     * @return the number
     */
    public final long code() {
        return code;
    }

    /**
     * Gives the vendor's name, such as {@code STATE_CAPTCHA_REQUIRED}.
     *
     * @return the name, or {@code null} for a number that is not listed
     */
    public final String name() {
        return name;
    }

    /**
     * Gives the vendor's words, in Chinese.
     *
     * @return the words, or {@code null} for a number that is not listed
     */
    public final String description() {
        return description;
    }

    @Override
    public final boolean equals(Object other) {
        return other != null && other.getClass() == getClass() && ((State) other).code == code;
    }

    @Override
    public final int hashCode() {
        return Long.hashCode(code);
    }

    @Override
    public final String toString() {
        return name == null ? Long.toString(code) : code + " " + name;
    }
}
