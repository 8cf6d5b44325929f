package io.qiancheng;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.temporal.TemporalAccessor;
import java.util.Arrays;
import java.util.Date;
import java.util.Map;

/**
 * Writes parameters as JSON in UTF-8. It is not Jackson that does it, because Jackson's buffers outlive the call, and there may be
 * secrets among the parameters: here what is outgrown is wiped, and what is done is wiped by the caller.
 */
final class ParameterWriter {
    private static final int DEEPEST = 100;
    private static final byte[] HEX = Native.bytes("0123456789abcdef");

    private final String endpoint;
    private byte[] bytes = new byte[512];
    private int length;

    private ParameterWriter(String endpoint) {
        this.endpoint = endpoint;
    }

    /**
     * Writes parameters.
     *
     * @param endpoint what an error says they are for, or null for what is not sent
     * @param parameters the parameters by name
     * @return JSON, which the caller wipes
     */
    static byte[] write(String endpoint, Map<String, ?> parameters) {
        ParameterWriter writer = new ParameterWriter(endpoint);
        try {
            writer.object(parameters, new Place(null, null));
            return Arrays.copyOf(writer.bytes, writer.length);
        } finally {
            wipe(writer.bytes);
        }
    }

    static void wipe(byte[] bytes) {
        Arrays.fill(bytes, (byte) 0);
    }

    /** Where a value is, for errors. */
    private static final class Place {
        final Place parent;
        final Object name;
        final int depth;

        Place(Place parent, Object name) {
            this.parent = parent;
            this.name = name;
            this.depth = parent == null ? 0 : parent.depth + 1;
        }

        String pointer() {
            return parent == null
                    ? ""
                    : parent.pointer() + '/' + name.toString().replace("~", "~0").replace("/", "~1");
        }
    }

    private QianchengException invalid(Place place, String why) {
        return Failures.invalid(endpoint, place.pointer(), why);
    }

    private void value(Object value, Place place) {
        if (place.depth > DEEPEST) {
            throw invalid(place, "nested too deep, or holds itself");
        }
        if (value == null) {
            ascii("null");
        } else if (value instanceof CharSequence) {
            text((CharSequence) value, place);
        } else if (value instanceof char[]) {
            characters((char[]) value, place);
        } else if (value instanceof Boolean || isWhole(value) || value instanceof BigDecimal) {
            ascii(value.toString());
        } else if (value instanceof Number) {
            number(((Number) value).doubleValue(), place);
        } else if (value instanceof Part) {
            object(endpoint == null ? ((Part) value).left() : ((Part) value).values(), place);
        } else if (value instanceof Map) {
            object((Map<?, ?>) value, place);
        } else if (value instanceof Iterable && !(value instanceof JsonNode)) {
            list((Iterable<?>) value, place);
        } else {
            other(value, place);
        }
    }

    private static boolean isWhole(Object value) {
        return value instanceof Long
                || value instanceof Integer
                || value instanceof Short
                || value instanceof Byte
                || value instanceof BigInteger;
    }

    private void other(Object value, Place place) {
        if (value instanceof JsonNode) {
            raw(Json.bytes((JsonNode) value));
        } else if (value instanceof State) {
            ascii(Long.toString(((State) value).code()));
        } else if (value instanceof TemporalAccessor) {
            text(BeijingTime.of(place.pointer(), (TemporalAccessor) value), place);
        } else if (value instanceof Date) {
            text(BeijingTime.of((Date) value), place);
        } else if (value instanceof Object[]) {
            list(Arrays.asList((Object[]) value), place);
        } else if (value.getClass().isArray() && !(value instanceof byte[])) {
            array(value, place);
        } else {
            throw invalid(place, "a value of class " + value.getClass().getName() + " cannot be sent");
        }
    }

    private void number(double number, Place place) {
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            throw invalid(place, "the number is not finite");
        }
        ascii(Double.toString(number));
    }

    private void object(Map<?, ?> members, Place place) {
        put('{');
        boolean first = true;
        for (Map.Entry<?, ?> member : members.entrySet()) {
            if (!(member.getKey() instanceof String)) {
                throw invalid(place, "a name must be a text");
            }
            if (!first) {
                put(',');
            }
            first = false;
            Place inside = new Place(place, member.getKey());
            text((String) member.getKey(), inside);
            put(':');
            value(member.getValue(), inside);
        }
        put('}');
    }

    private void list(Iterable<?> items, Place place) {
        put('[');
        int index = 0;
        for (Object item : items) {
            if (index > 0) {
                put(',');
            }
            value(item, new Place(place, index++));
        }
        put(']');
    }

    private void array(Object items, Place place) {
        put('[');
        for (int index = 0; index < Array.getLength(items); index++) {
            if (index > 0) {
                put(',');
            }
            value(Array.get(items, index), new Place(place, index));
        }
        put(']');
    }

    private void characters(char[] characters, Place place) {
        put('"');
        for (int at = 0; at < characters.length; at++) {
            char low = at + 1 < characters.length ? characters[at + 1] : 0;
            at += character(characters[at], low, place);
        }
        put('"');
    }

    private void text(CharSequence text, Place place) {
        put('"');
        int end = text.length();
        for (int at = 0; at < end; at++) {
            char low = at + 1 < end ? text.charAt(at + 1) : 0;
            at += character(text.charAt(at), low, place);
        }
        put('"');
    }

    /** Writes a character; 1 if the one behind it was a part of it. */
    private int character(char character, char next, Place place) {
        if (character < 0x80) {
            if (character < 0x20 || character == '"' || character == '\\') {
                ascii("\\u00");
                put(HEX[character >> 4]);
                put(HEX[character & 15]);
            } else {
                put(character);
            }
        } else if (character < 0x800) {
            put(0xC0 | character >> 6);
            put(0x80 | character & 0x3F);
        } else if (!Character.isSurrogate(character)) {
            put(0xE0 | character >> 12);
            put(0x80 | character >> 6 & 0x3F);
            put(0x80 | character & 0x3F);
        } else if (Character.isSurrogatePair(character, next)) {
            int whole = Character.toCodePoint(character, next);
            put(0xF0 | whole >> 18);
            put(0x80 | whole >> 12 & 0x3F);
            put(0x80 | whole >> 6 & 0x3F);
            put(0x80 | whole & 0x3F);
            return 1;
        } else {
            throw invalid(place, "the text holds half a character (a lone surrogate)");
        }
        return 0;
    }

    private void ascii(String text) {
        for (int at = 0; at < text.length(); at++) {
            put(text.charAt(at));
        }
    }

    private void raw(byte[] more) {
        reserve(more.length);
        System.arraycopy(more, 0, bytes, length, more.length);
        length += more.length;
    }

    private void put(int one) {
        if (length == bytes.length) {
            reserve(1);
        }
        bytes[length++] = (byte) one;
    }

    private void reserve(int more) {
        if (bytes.length - length < more) {
            byte[] outgrown = bytes;
            bytes = Arrays.copyOf(outgrown, Math.max(outgrown.length * 2, length + more));
            wipe(outgrown);
        }
    }
}
