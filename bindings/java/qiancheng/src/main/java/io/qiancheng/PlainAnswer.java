package io.qiancheng;

import java.nio.charset.StandardCharsets;

/** The answer of a call by id or by path, or of an endpoint that promises nothing of its answer's shape. */
public class PlainAnswer extends Answer {
    private static final Fields NONE = Fields.of();

    /**
     * An answer.
     *
     * @param received the answer as it came
     */
    public PlainAnswer(Received received) {
        super(received);
    }

    /**
     * Gives the JSON text of the answer's {@code data}, as the vendor sent it.
     *
     * @return the text
     */
    public final String text() {
        return new String(received().data(), StandardCharsets.UTF_8);
    }

    @Override
    protected final Fields fields() {
        return NONE;
    }

    /** Says where it came from and how large it is. */
    @Override
    public final String toString() {
        return getClass().getSimpleName() + "(" + received().endpoint() + ", " + received().size() + " bytes)";
    }
}
