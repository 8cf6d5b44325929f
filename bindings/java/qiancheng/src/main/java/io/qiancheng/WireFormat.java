package io.qiancheng;

/** How ordinary requests are encoded. */
public enum WireFormat {
    /** As forms, nested values with brackets. */
    FORM("form"),
    /** As JSON. */
    JSON("json");

    private final String text;

    WireFormat(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }
}
