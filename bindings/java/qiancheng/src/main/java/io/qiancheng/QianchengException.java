package io.qiancheng;

import java.io.Serializable;

/**
 * Something went wrong. There is a class for each {@linkplain ErrorKind kind}. The text says what happened, where, and what
 * to do, and holds no personal data.
 */
public class QianchengException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What kind of thing went wrong. */
    private final ErrorKind kind;
    /** The rest of it. */
    private final Details details;

    QianchengException(ErrorKind kind, Details details) {
        super(details.text);
        this.kind = kind;
        this.details = details;
    }

    /**
     * Says what kind of thing went wrong.
     *
     * @return the kind
     */
    public final ErrorKind kind() {
        return kind;
    }

    /**
     * Gives the vendor's code.
     *
     * @return the code, or {@code null} if the vendor gave none
     */
    public final Long code() {
        return details.code;
    }

    /**
     * Gives the vendor's own words, with everything that was sent taken out of them.
     *
     * @return the words, or {@code null} if there are none
     */
    public final String vendorMessage() {
        return details.vendorMessage;
    }

    /**
     * Says what happened, without the place, the vendor's words and the advice that {@link #getMessage} has beside it.
     *
     * @return what happened, in English
     */
    public final String summary() {
        return details.message;
    }

    /**
     * Gives the endpoint's id, such as {@code telecom.open_id}.
     *
     * @return the id, or {@code null} if it is not about an endpoint
     */
    public final String endpoint() {
        return details.endpoint;
    }

    /**
     * Gives the parameter at fault, as a JSON Pointer such as {@code /options/contacts/0/contact_tel}.
     *
     * @return the pointer, or {@code null} if it is not about a parameter
     */
    public final String field() {
        return details.field;
    }

    /**
     * Gives the HTTP status.
     *
     * @return the status, or {@code null} if there was no answer
     */
    public final Integer httpStatus() {
        return details.httpStatus;
    }

    /**
     * Says how often the request was sent or tried.
     *
     * @return the number of attempts; 0 if nothing was tried
     */
    public final int attempts() {
        return details.attempts;
    }

    /**
     * Says whether the same call may be made again without doing or billing anything twice, and may then succeed.
     *
     * @return whether to try again
     */
    public final boolean retryable() {
        return details.retryable;
    }

    /**
     * Says what is known about the request's effect on the vendor's side.
     *
     * @return the outcome
     */
    public final Outcome outcome() {
        return details.outcome;
    }

    /** What an exception says beside its kind. */
    static final class Details implements Serializable {
        private static final long serialVersionUID = 1L;

        final String kind;
        final String text;
        final String message;
        final Long code;
        final String vendorMessage;
        final String endpoint;
        final String field;
        final Integer httpStatus;
        final int attempts;
        final boolean retryable;
        final Outcome outcome;

        Details(
                String kind,
                String text,
                String message,
                Long code,
                String vendorMessage,
                String endpoint,
                String field,
                Integer httpStatus,
                int attempts,
                boolean retryable,
                Outcome outcome) {
            this.kind = kind;
            this.text = text;
            this.message = message;
            this.code = code;
            this.vendorMessage = vendorMessage;
            this.endpoint = endpoint;
            this.field = field;
            this.httpStatus = httpStatus;
            this.attempts = attempts;
            this.retryable = retryable;
            this.outcome = outcome;
        }

        /** The kind's name, such as {@code InvalidInput}. */
        String kind() {
            return kind;
        }
    }
}
