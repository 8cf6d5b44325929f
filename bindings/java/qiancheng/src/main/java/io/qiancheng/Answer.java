package io.qiancheng;

/** An answer that is one object. */
public abstract class Answer extends AnswerObject {
    /**
     * An answer.
     *
     * @param received the answer as it came
     */
    protected Answer(Received received) {
        super(received);
    }

    /**
     * Gives the answer as it came.
     *
     * @return the bytes, and what was around them
     */
    public final Received received() {
        return origin();
    }
}
