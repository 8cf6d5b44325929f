package io.qiancheng;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Parameters as JSON. */
final class ParameterWriterTest {
    private static JsonNode written(Object value) throws Exception {
        byte[] json = ParameterWriter.write("blacklist.search", Collections.singletonMap("value", value));
        return new ObjectMapper().readTree(json).get("value");
    }

    private static InvalidInputException refused(Object value) {
        return assertThrows(InvalidInputException.class, () -> written(value));
    }

    @Test
    void everyTextIsReadBackAsItWas() throws Exception {
        StringBuilder all = new StringBuilder();
        for (int point = 0; point <= Character.MAX_CODE_POINT; point += point < 0x3000 ? 1 : 61) {
            if (point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE) {
                all.appendCodePoint(point);
            }
        }
        assertEquals(all.toString(), written(all.toString()).textValue());
        assertEquals(all.toString(), written(all.toString().toCharArray()).textValue());
        assertEquals("𠮷😀", written("𠮷😀").textValue());
        assertEquals("", written("").textValue());
    }

    @Test
    void valuesOfManyKindsAreTaken() throws Exception {
        Map<String, Object> inside = new LinkedHashMap<>();
        inside.put("long", Long.MIN_VALUE);
        inside.put("double", 0.5);
        inside.put("money", new BigDecimal("0.10"));
        inside.put("flag", true);
        inside.put("none", null);
        inside.put("list", Arrays.asList(1, "2"));
        inside.put("array", new int[] {1, 2});
        inside.put("texts", new String[] {"a"});
        inside.put("date", LocalDate.of(2017, 7, 1));
        inside.put("tree", new ObjectMapper().readTree("{\"a\": [null]}"));
        String expected = "{\"long\":-9223372036854775808,\"double\":0.5,\"money\":0.10,\"flag\":true,\"none\":null,"
                + "\"list\":[1,\"2\"],\"array\":[1,2],\"texts\":[\"a\"],\"date\":\"2017-07-01\",\"tree\":{\"a\":[null]}}";
        byte[] json = ParameterWriter.write(null, inside);
        assertEquals(expected, Native.text(json));
    }

    @Test
    void halfACharacterIsRefusedWithItsPlaceAndWithoutTheText() {
        for (String half : new String[] {"4711\uD842", "\uDFB74711", "\uD842\uD842"}) {
            InvalidInputException error = refused(Arrays.asList("whole", half));
            assertEquals("/value/1", error.field());
            assertEquals("blacklist.search", error.endpoint());
            assertEquals(-1, error.getMessage().indexOf("4711"));
        }
    }

    @Test
    void whatHoldsItselfIsRefused() {
        Map<String, Object> loop = new LinkedHashMap<>();
        loop.put("loop", loop);
        assertEquals(
                "nested too deep, or holds itself",
                assertThrows(InvalidInputException.class, () -> ParameterWriter.write(null, loop)).summary());
    }

    @Test
    void whatHasNoMeaningIsRefusedByItsClass() {
        assertEquals("a value of class java.lang.Object cannot be sent", refused(new Object()).summary());
        assertEquals("a value of class [B cannot be sent", refused(new byte[1]).summary());
        assertEquals("the number is not finite", refused(Double.NaN).summary());
        assertEquals("a name must be a text", refused(Collections.singletonMap(1, 2)).summary());
    }
}
