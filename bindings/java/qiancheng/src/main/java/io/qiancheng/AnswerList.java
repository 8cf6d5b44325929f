package io.qiancheng;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;

/**
 * An answer that is a list.
 *
 * @param <T> the class of its items
 */
public abstract class AnswerList<T extends AnswerObject> extends Value implements Iterable<T> {
    private final Function<JsonNode, T> of;
    private volatile List<T> items;

    /**
     * A list.
     *
     * @param received the answer as it came
     * @param of makes an item of what was sent
     */
    protected AnswerList(Received received, Function<JsonNode, T> of) {
        super(received);
        this.of = of;
    }

    /**
     * Gives the answer as it came.
     *
     * @return the bytes, and what was around them
     */
    public final Received received() {
        return origin();
    }

    /**
     * Gives the items.
     *
     * @return the items; the list cannot be changed
     */
    public final List<T> items() {
        List<T> known = items;
        if (known == null) {
            JsonNode node = node();
            known = node.isArray() ? AnswerObject.listOf(node, of) : Collections.<T>emptyList();
            items = known;
        }
        return known;
    }

    /**
     * Gives the number of items.
     *
     * @return the number
     */
    public final int size() {
        return items().size();
    }

    /**
     * Gives an item.
     *
     * @param index its place, from 0
     * @return the item
     */
    public final T get(int index) {
        return items().get(index);
    }

    @Override
    public final Iterator<T> iterator() {
        return items().iterator();
    }

    /** Shows the items, with what is personal or secret masked. */
    @Override
    public final String toString() {
        return getClass().getSimpleName() + items();
    }
}
