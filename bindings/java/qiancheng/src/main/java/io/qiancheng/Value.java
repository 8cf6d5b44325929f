package io.qiancheng;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;

/** Something that the vendor sent. It does not change; what is of the same class and says the same is equal. */
public abstract class Value {
    private final Received received;
    /** What was received, parsed when somebody asks. Two threads may both parse it, to the same end. */
    private volatile JsonNode node;

    Value(JsonNode node) {
        this.received = null;
        this.node = Checks.notNull(node, "node");
    }

    Value(Received received) {
        this.received = Checks.notNull(received, "received");
    }

    /** What the vendor sent. Nobody but this package may have it: it could be changed. */
    final JsonNode node() {
        JsonNode known = node;
        if (known == null) {
            known = parse();
            node = known;
        }
        return known;
    }

    private JsonNode parse() {
        try {
            JsonNode read = received.parse();
            return read == null ? MissingNode.getInstance() : read;
        } catch (IOException error) {
            throw Failures.unreadable(received.endpoint(), getClass().getSimpleName() + " is not JSON");
        }
    }

    final Received origin() {
        return received;
    }

    /**
     * Gives what the vendor sent.
     *
     * @return a copy that is the caller's own
     */
    public final JsonNode json() {
        JsonNode known = node;
        // A megabyte that nobody has read yet is parsed for the caller alone, instead of once for both.
        return known == null ? parse() : known.<JsonNode>deepCopy();
    }

    /**
     * Gives all of it in clear, as indented JSON. Whoever prints it answers for it.
     *
     * @return the text
     */
    public final String reveal() {
        return Json.pretty(node());
    }

    @Override
    public final boolean equals(Object other) {
        return this == other
                || other != null && other.getClass() == getClass() && ((Value) other).node().equals(node());
    }

    @Override
    public final int hashCode() {
        return node().hashCode();
    }
}
