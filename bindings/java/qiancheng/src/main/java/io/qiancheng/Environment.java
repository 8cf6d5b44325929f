package io.qiancheng;

/** Which of the vendor's hosts to speak to. */
public enum Environment {
    /** Where borrowers' data is. */
    PRODUCTION("production"),
    /** The vendor's test host. */
    TEST("test");

    private final String text;

    Environment(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }
}
