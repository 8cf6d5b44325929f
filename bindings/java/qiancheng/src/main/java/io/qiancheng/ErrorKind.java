package io.qiancheng;

/** What kind of thing went wrong. */
public enum ErrorKind {
    /** A defect in this library. */
    PANIC(16, "Panic");

    private final int number;
    private final String text;

    ErrorKind(int number, String text) {
        this.number = number;
        this.text = text;
    }

    /**
     * Gives the kind's stable number.
     *
     * @return the number, the same in every language
     */
    public int number() {
        return number;
    }

    /**
     * Gives the kind's name.
     *
     * @return the name, the same in every language
     */
    public String text() {
        return text;
    }
}
