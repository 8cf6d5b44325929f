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

    /**
     * Gives the picture.
     *
     * @return its bytes, or {@code null} if the text is not base64
     */
    public byte[] image() {
        Library.load();
        return Native.picture(Native.bytes(text));
    }

    /**
     * Gives the picture's type, such as {@code image/png}.
     *
     * @return the type, or {@code null} if the text is not base64
     */
    public String mime() {
        byte[] image = image();
        return image == null ? null : Native.text(Native.mime(image));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Picture && ((Picture) other).text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** Says how long it is. */
    @Override
    public String toString() {
        return "Picture(" + text.length() + " characters)";
    }
}
