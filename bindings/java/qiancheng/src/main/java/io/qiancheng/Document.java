package io.qiancheng;

/** A document of the data source, handed on as it came: raw data, a report. It is parsed when somebody asks for its fields. */
public class Document extends PlainAnswer {
    /**
     * A document.
     *
     * @param received the answer as it came
     */
    public Document(Received received) {
        super(received);
    }
}
