package io.qiancheng;

/** How audit data is padded when it is encrypted. */
public enum AuditPadding {
    /** PKCS#1 v1.5: {@code RSA/ECB/PKCS1Padding}. */
    PKCS1V15("pkcs1v15"),
    /** OAEP with SHA-1, and MGF1 over SHA-1: {@code RSA/ECB/OAEPWithSHA-1AndMGF1Padding}. */
    OAEP_SHA1("oaep_sha1"),
    /** OAEP with SHA-256, and MGF1 over SHA-256, which is not what Java's {@code OAEPWithSHA-256AndMGF1Padding} has by
     * default. */
    OAEP_SHA256("oaep_sha256"),
    /** No encryption at all: the JSON goes out as it is. */
    NONE("none");

    private final String text;

    AuditPadding(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }
}
