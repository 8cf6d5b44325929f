package io.qiancheng;

/** How encrypted audit data is written as text. */
public enum AuditEncoding {
    /** Standard base64 with padding, on one line. */
    BASE64("base64"),
    /** The URL-safe alphabet, with padding. */
    BASE64_URL("base64url"),
    /** Lower-case hexadecimal digits. */
    HEX("hex");

    private final String text;

    AuditEncoding(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }
}
