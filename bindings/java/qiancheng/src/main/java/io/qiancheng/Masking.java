package io.qiancheng;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Shows values as the core shows them: what is personal or secret is masked. */
final class Masking {
    private static final String HIDDEN = "****";

    private Masking() {}

    /** A value that was sent or received, in its style. */
    static String show(String style, Object value) {
        if (value instanceof Part) {
            return value.toString();
        }
        if (value instanceof List) {
            List<String> items = new ArrayList<>();
            for (Object item : (List<?>) value) {
                items.add(show(style, item));
            }
            return items.toString();
        }
        if (value instanceof JsonNode) {
            JsonNode node = (JsonNode) value;
            return node.isContainerNode() ? inside(node) : text(style, node.asText());
        }
        boolean simple = value instanceof String || value instanceof Number || value instanceof Boolean;
        return simple ? text(style, value.toString()) : HIDDEN;
    }

    /** What is inside has styles of its own, which are not known here. */
    private static String inside(JsonNode node) {
        return node.isArray() ? "[" + node.size() + " items]" : "{" + node.size() + " fields}";
    }

    private static String text(String style, String text) {
        if (style.equals("plain")) {
            return text;
        }
        // What is only to be shown does not fail for want of the library.
        return Library.isThere() ? Native.text(Native.mask(Native.bytes(style), Native.bytes(text))) : HIDDEN;
    }
}
