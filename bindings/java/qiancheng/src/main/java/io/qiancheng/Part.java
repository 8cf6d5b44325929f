package io.qiancheng;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Parameters with known names: those of a request, or an object inside them. */
public abstract class Part {
    private final Map<String, Object> values;

    /**
     * Takes what a builder was given.
     *
     * @param builder the builder, which may go on to be used
     */
    protected Part(Builder<?> builder) {
        this.values = Collections.unmodifiableMap(new LinkedHashMap<>(builder.values));
    }

    /**
     * Lists the names.
     *
     * @return the names, in the document's order
     */
    protected abstract Fields fields();

    final Map<String, Object> values() {
        return values;
    }

    /**
     * Overwrites the secrets that were given as {@code char[]}. What is not needed for another call is best wiped after
     * the last.
     */
    public final void wipe() {
        for (Object value : values.values()) {
            if (value instanceof char[]) {
                java.util.Arrays.fill((char[]) value, '\0');
            } else if (value instanceof Part) {
                ((Part) value).wipe();
            }
        }
    }

    /**
     * Builds parameters.
     *
     * @param <B> the builder's own class
     */
    protected abstract static class Builder<B extends Builder<B>> {
        private final Map<String, Object> values = new LinkedHashMap<>();

        /** Begins with nothing. */
        protected Builder() {}

        /**
         * Gives this builder as what it is.
         *
         * @return this
         */
        protected abstract B self();

        private B set(String name, Object value) {
            if (value == null) {
                throw new NullPointerException(name);
            }
            values.put(name, value);
            return self();
        }

        /**
         * Sets a text.
         *
         * @param name the parameter's name in JSON
         * @param value the text
         * @return this
         */
        protected final B put(String name, String value) {
            return set(name, value);
        }

        /**
         * Sets a secret text. It is copied: the caller may overwrite it at once.
         *
         * @param name the parameter's name in JSON
         * @param value the text
         * @return this
         */
        protected final B put(String name, char[] value) {
            return set(name, value == null ? null : value.clone());
        }

        /**
         * Sets a whole number.
         *
         * @param name the parameter's name in JSON
         * @param value the number
         * @return this
         */
        protected final B put(String name, long value) {
            return set(name, value);
        }

        /**
         * Sets a number.
         *
         * @param name the parameter's name in JSON
         * @param value the number
         * @return this
         */
        protected final B put(String name, double value) {
            return set(name, value);
        }

        /**
         * Sets a flag.
         *
         * @param name the parameter's name in JSON
         * @param value the flag
         * @return this
         */
        protected final B put(String name, boolean value) {
            return set(name, value);
        }

        /**
         * Sets an object.
         *
         * @param name the parameter's name in JSON
         * @param value the object
         * @return this
         */
        protected final B put(String name, Part value) {
            return set(name, value);
        }

        /**
         * Sets a list: of texts, of numbers, or of objects.
         *
         * @param name the parameter's name in JSON
         * @param values the items
         * @return this
         */
        protected final B put(String name, List<?> values) {
            if (values == null) {
                throw new NullPointerException(name);
            }
            for (Object value : values) {
                if (value == null) {
                    throw new NullPointerException("an item of " + name);
                }
            }
            return set(name, Collections.unmodifiableList(new java.util.ArrayList<>(values)));
        }

        /**
         * Sets JSON of any shape.
         *
         * @param name the parameter's name in JSON
         * @param value the JSON
         * @return this
         */
        protected final B put(String name, JsonNode value) {
            return set(name, value == null ? null : value.deepCopy());
        }
    }
}
