package io.qiancheng;

/** The parameters of one endpoint. */
public abstract class Request extends Part {
    /**
     * Takes what a builder was given.
     *
     * @param builder the builder, which may go on to be used
     */
    protected Request(Builder<?> builder) {
        super(builder);
    }

    /**
     * Gives the endpoint's id, such as {@code telecom.open_id}.
     *
     * @return the id
     */
    public abstract String endpoint();
}
