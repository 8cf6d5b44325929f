package io.qiancheng;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;

/** Reads and writes JSON. */
final class Json {
    /** Numbers keep their digits: 0.1 yuan stays 0.1. */
    private static final ObjectMapper MAPPER =
            new ObjectMapper(factory()).enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    private Json() {}

    /**
     * Buffers are not kept with threads: a server's threads outlive the web application whose classes the buffers are of.
     * (What Jackson has in place of this setting is not there in the oldest that is supported.)
     */
    @SuppressWarnings("deprecation")
    private static JsonFactory factory() {
        return new JsonFactory().disable(JsonFactory.Feature.USE_THREAD_LOCAL_FOR_BUFFER_RECYCLING);
    }

    static JsonNode read(byte[] bytes, int offset, int length) throws IOException {
        // Closed, a parser hands the names it has met to the next one; else each makes a table of its own.
        try (JsonParser parser = MAPPER.getFactory().createParser(bytes, offset, length)) {
            return MAPPER.readTree(parser);
        }
    }

    static byte[] bytes(JsonNode node) {
        try {
            return MAPPER.writeValueAsBytes(node);
        } catch (JsonProcessingException error) {
            throw new IllegalStateException("a JSON tree could not be written", error);
        }
    }

    static String pretty(JsonNode node) {
        try {
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(node);
        } catch (JsonProcessingException error) {
            throw new IllegalStateException("a JSON tree could not be written", error);
        }
    }
}
