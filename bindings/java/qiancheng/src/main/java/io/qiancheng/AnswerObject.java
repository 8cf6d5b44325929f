package io.qiancheng;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongFunction;

/**
 * An object of an answer. Its fields are read when they are asked for, each as the core reads it. Fields that this library
 * does not know are there by {@link #get}.
 */
public abstract class AnswerObject extends Value {
    /**
     * An object inside another.
     *
     * @param node what the vendor sent
     */
    protected AnswerObject(JsonNode node) {
        super(node);
    }

    AnswerObject(Received received) {
        super(received);
    }

    /**
     * Lists the fields that are known.
     *
     * @return the fields, in the document's order
     */
    protected abstract Fields fields();

    /** What was promised: an object. Nothing comes as an empty list or as null; one object may come in a list. */
    private JsonNode object() {
        JsonNode node = node();
        if (node.isArray() && node.size() == 1) {
            node = node.get(0);
        }
        return node.isObject() ? node : JsonNodeFactory.instance.objectNode();
    }

    private JsonNode field(String name) {
        JsonNode value = object().get(name);
        return value == null || value.isNull() ? null : value;
    }

    private JsonNode required(String name) {
        JsonNode value = field(name);
        if (value == null) {
            throw cannotBeRead(name, "it is missing");
        }
        return value;
    }

    private QianchengException cannotBeRead(String name, String why) {
        String message = "`" + name + "` of " + getClass().getSimpleName() + " cannot be read: " + why;
        return Failures.unreadable(origin() == null ? null : origin().endpoint(), message);
    }

    /**
     * Gives a field by its name in JSON, as the vendor sent it, known or not.
     *
     * @param name the field's name in JSON
     * @return a copy that is the caller's own, or {@code null} if the field was not sent
     */
    public final JsonNode get(String name) {
        JsonNode value = object().get(Checks.notNull(name, "name"));
        return value == null ? null : value.<JsonNode>deepCopy();
    }

    /**
     * Gives the names of the fields that were sent.
     *
     * @return the names in JSON, in the vendor's order
     */
    public final List<String> names() {
        List<String> names = new ArrayList<>();
        for (Iterator<String> all = object().fieldNames(); all.hasNext(); ) {
            names.add(all.next());
        }
        return names;
    }

    /**
     * Reads a text that is always there.
     *
     * @param name the field's name in JSON
     * @return the text
     */
    protected final String text(String name) {
        JsonNode value = required(name);
        return value.isTextual() ? value.textValue() : read("text", name, value).asText();
    }

    /**
     * Reads a text.
     *
     * @param name the field's name in JSON
     * @return the text, or {@code null} if it was not sent
     */
    protected final String optionalText(String name) {
        return field(name) == null ? null : text(name);
    }

    /**
     * Reads words of the vendor's, whose long numbers are masked: they may hold anything.
     *
     * @param name the field's name in JSON
     * @return the text, or {@code null} if it was not sent
     */
    protected final String words(String name) {
        JsonNode value = field(name);
        return value == null ? null : textOrNull(read("words", name, value));
    }

    private static String textOrNull(JsonNode read) {
        return read.isNull() ? null : read.asText();
    }

    /**
     * Reads a whole number that is always there.
     *
     * @param name the field's name in JSON
     * @return the number
     */
    protected final long integer(String name) {
        required(name);
        Long value = optionalInteger(name);
        if (value == null) {
            throw cannotBeRead(name, "expected an integer or a numeric string");
        }
        return value;
    }

    /**
     * Reads a whole number, or a text that is one.
     *
     * @param name the field's name in JSON
     * @return the number, or {@code null} if it was not sent
     */
    protected final Long optionalInteger(String name) {
        JsonNode value = field(name);
        if (value == null) {
            return null;
        }
        if (value.isIntegralNumber() && value.canConvertToLong()) {
            return value.longValue();
        }
        JsonNode read = read("integer", name, value);
        return read.isNull() ? null : read.longValue();
    }

    /**
     * Reads a number, or a text that is one.
     *
     * @param name the field's name in JSON
     * @return the number, or {@code null} if it was not sent
     */
    protected final Double optionalNumber(String name) {
        JsonNode value = field(name);
        if (value == null) {
            return null;
        }
        JsonNode read = value.isNumber() ? value : read("number", name, value);
        return read.isNull() ? null : read.doubleValue();
    }

    /**
     * Reads a flag, which the vendor writes in more than one way.
     *
     * @param name the field's name in JSON
     * @return the flag; {@code false} if it was not sent
     */
    protected final boolean flag(String name) {
        JsonNode value = field(name);
        if (value != null && value.isBoolean()) {
            return value.booleanValue();
        }
        return value != null && read("flag", name, value).booleanValue();
    }

    /**
     * Reads a number of one of the vendor's dictionaries.
     *
     * @param <S> the dictionary
     * @param name the field's name in JSON
     * @param of makes a state of its number
     * @return the state, or {@code null} if it was not sent
     */
    protected final <S extends State> S state(String name, LongFunction<S> of) {
        Long code = optionalInteger(name);
        return code == null ? null : of.apply(code);
    }

    /**
     * Reads a picture.
     *
     * @param name the field's name in JSON
     * @return the picture, or {@code null} if it was not sent
     */
    protected final Picture picture(String name) {
        String text = optionalText(name);
        return text == null ? null : new Picture(text);
    }

    /**
     * Reads an object.
     *
     * @param <T> its class
     * @param name the field's name in JSON
     * @param of makes it of what was sent
     * @return the object, or {@code null} if it was not sent
     */
    protected final <T extends AnswerObject> T object(String name, Function<JsonNode, T> of) {
        JsonNode value = field(name);
        return value == null ? null : of.apply(value);
    }

    /**
     * Reads a list of objects.
     *
     * @param <T> their class
     * @param name the field's name in JSON
     * @param of makes one of what was sent
     * @return the objects, none if the list was not sent; it cannot be changed
     */
    protected final <T extends AnswerObject> List<T> objects(String name, Function<JsonNode, T> of) {
        JsonNode value = field(name);
        return value == null ? Collections.<T>emptyList() : listOf(value, of);
    }

    static <T> List<T> listOf(JsonNode array, Function<JsonNode, T> of) {
        List<T> items = new ArrayList<>(array.size());
        for (JsonNode item : array) {
            items.add(of.apply(item));
        }
        return Collections.unmodifiableList(items);
    }

    /** A value that is written in another way than usual, as the core reads it. */
    private JsonNode read(String reading, String name, JsonNode value) {
        Library.load();
        try {
            return Native.tree(Native.readAs(Native.bytes(reading), Json.bytes(value)));
        } catch (ProtocolException refused) {
            throw cannotBeRead(name, refused.summary());
        }
    }

    /** Shows the fields, with what is personal or secret masked; those that are not known are counted. */
    @Override
    public String toString() {
        List<String> shown = new ArrayList<>();
        Fields fields = fields();
        for (String name : fields.names()) {
            JsonNode value = field(name);
            if (value != null) {
                shown.add(name + "=" + Masking.show(fields.style(name), value));
            }
        }
        List<String> unknown = names();
        unknown.removeAll(fields.names());
        if (!unknown.isEmpty()) {
            shown.add("+" + unknown.size() + (unknown.size() == 1 ? " field" : " fields"));
        }
        return getClass().getSimpleName() + "(" + String.join(", ", shown) + ")";
    }
}
