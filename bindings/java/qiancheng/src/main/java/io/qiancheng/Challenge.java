package io.qiancheng;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;

/** A question to the borrower. It is answered once; a newer one supersedes it. */
public final class Challenge {
    private final String id;
    private final Kind kind;
    private final String prompt;
    private final String promptZh;
    private final byte[] image;
    private final String mime;
    private final int attempt;
    private final boolean canResend;
    private final Instant expiresAt;

    Challenge(JsonNode json) {
        id = json.path("id").asText();
        kind = Kind.of(json.path("kind").asText());
        prompt = json.path("prompt").asText();
        promptZh = json.path("prompt_zh").asText();
        mime = Failures.textOf(json, "mime");
        attempt = json.path("attempt").intValue();
        canResend = json.path("can_resend").booleanValue();
        expiresAt = Instant.ofEpochSecond(json.path("expires_at").longValue());
        try {
            image = json.hasNonNull("image") ? json.get("image").binaryValue() : null;
        } catch (IOException error) {
            throw new UncheckedIOException("the native library wrote something that is not base64", error);
        }
    }

    /**
     * Tells it from the session's other challenges: what a web page keeps of it.
     *
     * @return the id
     */
    public String id() {
        return id;
    }

    /**
     * Says what is asked for.
     *
     * @return the kind
     */
    public Kind kind() {
        return kind;
    }

    /**
     * Gives what to say to the borrower.
     *
     * @return a sentence in English
     */
    public String prompt() {
        return prompt;
    }

    /**
     * Gives what to say to the borrower.
     *
     * @return a sentence in Chinese
     */
    public String promptZh() {
        return promptZh;
    }

    /**
     * Gives the picture, for a picture captcha.
     *
     * @return a copy of its bytes, or {@code null} if there is none
     */
    public byte[] image() {
        return image == null ? null : image.clone();
    }

    /**
     * Gives the picture's type, such as {@code image/png}.
     *
     * @return the type, or {@code null} if there is no picture
     */
    public String mime() {
        return mime;
    }

    /**
     * Counts how often it has been asked.
     *
     * @return 1 the first time, 2 when the first answer was wrong or late, and so on
     */
    public int attempt() {
        return attempt;
    }

    /**
     * Says whether the borrower can have it sent again.
     *
     * @return whether {@link Session#resend} does something
     */
    public boolean canResend() {
        return canResend;
    }

    /**
     * Says when the session ends, and the question with it.
     *
     * @return the moment
     */
    public Instant expiresAt() {
        return expiresAt;
    }

    /** Says what is asked for; of a picture, its size. */
    @Override
    public String toString() {
        String picture = image == null ? "" : ", image " + image.length + " bytes";
        return "Challenge(" + kind.text() + ", attempt " + attempt + picture + ", " + id + ")";
    }

    /** What a challenge asks for. */
    public enum Kind {
        /** The code in a text message. */
        SMS_CAPTCHA("sms_captcha"),
        /** What a picture shows. */
        PICTURE_CAPTCHA("picture_captcha"),
        /** The bank's one-time password. */
        DYNAMIC_PASSWORD("dynamic_password"),
        /** The carrier's query password. */
        QUERY_PASSWORD("query_password"),
        /** The carrier's service password. */
        SERVICE_PASSWORD("service_password");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        /**
         * Gives the name that is the same in every language.
         *
         * @return the name
         */
        public String text() {
            return text;
        }

        /**
         * Says whether the answer is the borrower's own password, and no code that is good once.
         *
         * @return whether to hide what is typed
         */
        public boolean isSecret() {
            return this == QUERY_PASSWORD || this == SERVICE_PASSWORD;
        }

        static Kind of(String text) {
            for (Kind kind : values()) {
                if (kind.text.equals(text)) {
                    return kind;
                }
            }
            throw new IllegalStateException("the native library has a kind of challenge that these classes do not know");
        }
    }
}
