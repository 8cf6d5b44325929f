package io.qiancheng;

/** A picture in base64, as the vendor sent it. */
public final class Picture {
    private final String text;

    Picture(String text) {
        this.text = text;
    }

    /**
     * Gives the picture as the vendor sent it.
     *
     * @return the text in base64
     */
    public String text() {
        return text;
    }

    /** Says how long it is. */
    @Override
    public String toString() {
        return "Picture(" + text.length() + " characters)";
    }
}
