package io.qiancheng;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Parameters with known names: those of a request, or an object inside them. */
public abstract class Part {
    private final Map<String, Object> values = new LinkedHashMap<>();
    private volatile boolean wiped;

    /**
     * Takes what a builder was given.
     *
     * @param builder the builder, which may go on to be used
     */
    protected Part(Builder<?> builder) {
        // In the document's order: in which order it was given makes no difference.
        for (String name : fields().names()) {
            take(name, builder);
        }
        builder.values.keySet().forEach(name -> take(name, builder));
    }

    private void take(String name, Builder<?> builder) {
        Object value = builder.values.get(name);
        if (value != null) {
            // A secret of one's own: what else the builder makes is not wiped with it.
            values.putIfAbsent(name, value instanceof char[] ? ((char[]) value).clone() : value);
        }
    }

    /**
     * Lists the names.
     *
     * @return the names, in the document's order
     */
    protected abstract Fields fields();

    /** What is sent. */
    final Map<String, Object> values() {
        if (wiped) {
            throw new IllegalStateException(getClass().getSimpleName() + " was wiped; build another one for another call");
        }
        return values;
    }

    /** What was given, with zeros in place of what was wiped. */
    final Map<String, Object> left() {
        return values;
    }

    /**
     * Gives all of it in clear, as JSON. Whoever prints it answers for it.
     *
     * @return the text
     */
    public final String reveal() {
        return Native.text(ParameterWriter.write(null, values));
    }

    /**
     * Overwrites the secrets that were given as {@code char[]}, here and in what is inside. What is not needed for another call is
     * best wiped after the last; another call with it is an {@link IllegalStateException}.
     */
    public final void wipe() {
        wiped = true;
        values.values().forEach(Part::wipe);
    }

    private static void wipe(Object value) {
        if (value instanceof char[]) {
            Arrays.fill((char[]) value, '\0');
        } else if (value instanceof Part) {
            ((Part) value).wipe();
        } else if (value instanceof List) {
            ((List<?>) value).forEach(Part::wipe);
        }
    }

    @Override
    public final boolean equals(Object other) {
        if (this == other) {
            return true;
        }
        if (other == null || other.getClass() != getClass()) {
            return false;
        }
        byte[] ours = ParameterWriter.write(null, values);
        byte[] theirs = ParameterWriter.write(null, ((Part) other).values);
        boolean same = Arrays.equals(ours, theirs);
        ParameterWriter.wipe(ours);
        ParameterWriter.wipe(theirs);
        return same;
    }

    @Override
    public final int hashCode() {
        // Secrets change when they are wiped; names do not.
        return 31 * getClass().hashCode() + values.keySet().hashCode();
    }

    /** Shows what was given, with what is personal or secret masked. */
    @Override
    public final String toString() {
        List<String> shown = new ArrayList<>();
        values.forEach((name, value) -> shown.add(name + "=" + Masking.show(fields().style(name), value)));
        return getClass().getSimpleName() + "(" + String.join(", ", shown) + ")";
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

        /** Null is as if nothing had been given. */
        private B set(String name, Object value) {
            if (value == null) {
                values.remove(name);
            } else {
                values.put(name, value);
            }
            return self();
        }

        /**
         * Sees that what is required was given.
         *
         * @param names the parameters' names in JSON
         * @throws NullPointerException if it was not; it names all that are missing
         */
        protected final void required(String... names) {
            List<String> missing = new ArrayList<>();
            for (String name : names) {
                if (!values.containsKey(name)) {
                    missing.add(name);
                }
            }
            if (!missing.isEmpty()) {
                String what = getClass().getDeclaringClass().getSimpleName();
                throw new NullPointerException(what + " is not complete; missing: " + String.join(", ", missing));
            }
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
        protected final B put(String name, Long value) {
            return set(name, value);
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
        protected final B put(String name, Double value) {
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
                return set(name, null);
            }
            for (Object value : values) {
                if (value == null) {
                    throw new NullPointerException("an item of " + name);
                }
            }
            return set(name, Collections.unmodifiableList(new ArrayList<>(values)));
        }

        /**
         * Sets a time: an instant or a time with an offset is put into Beijing's time, a local one is taken as Beijing's.
         *
         * @param name the parameter's name in JSON
         * @param time a date, or a date and a time of day
         * @return this
         */
        protected final B put(String name, TemporalAccessor time) {
            return set(name, time == null ? null : BeijingTime.of(name, time));
        }

        /**
         * Sets a time, in Beijing's.
         *
         * @param name the parameter's name in JSON
         * @param time a point in time
         * @return this
         */
        protected final B put(String name, Date time) {
            return set(name, time == null ? null : BeijingTime.of(time));
        }

        /**
         * Sets an object of any members.
         *
         * @param name the parameter's name in JSON
         * @param members texts, numbers, flags, maps, lists, trees of Jackson's, and null
         * @return this
         */
        protected final B put(String name, Map<String, ?> members) {
            return set(name, members == null ? null : Collections.unmodifiableMap(new LinkedHashMap<>(members)));
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
