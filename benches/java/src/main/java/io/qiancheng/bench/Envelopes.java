package io.qiancheng.bench;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.IOException;
import java.io.InputStream;

/** The envelope, as a careful caller declares it for Jackson. Readers are made once. */
final class Envelopes {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final ObjectReader TOKEN = MAPPER.readerFor(TokenEnvelope.class);
    private static final ObjectReader HIT = MAPPER.readerFor(HitEnvelope.class);
    private static final ObjectReader DOCUMENT = MAPPER.readerFor(DocumentEnvelope.class);

    private Envelopes() {}

    static String token(int status, InputStream body) throws IOException {
        TokenEnvelope envelope = read(TOKEN, status, body);
        checked(envelope.code, envelope.msg);
        return envelope.data.token;
    }

    static boolean hit(int status, InputStream body) throws IOException {
        HitEnvelope envelope = read(HIT, status, body);
        checked(envelope.code, envelope.msg);
        return envelope.data.isIn;
    }

    static int calls(int status, InputStream body) throws IOException {
        DocumentEnvelope envelope = read(DOCUMENT, status, body);
        checked(envelope.code, envelope.msg);
        return calls(envelope.data);
    }

    static int calls(JsonNode data) {
        return data.path("transactions").path(0).path("calls").size();
    }

    private static <T> T read(ObjectReader reader, int status, InputStream body) throws IOException {
        if (status != 200) {
            throw new IOException("HTTP status " + status);
        }
        return reader.readValue(body);
    }

    private static void checked(int code, String msg) throws IOException {
        if (code != 0) {
            throw new IOException("code " + code + ": " + msg);
        }
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    static final class TokenEnvelope {
        public int code;
        public String msg;
        public Token data;
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    static final class Token {
        public String token;
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    static final class HitEnvelope {
        public int code;
        public String msg;
        public Hit data;
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    static final class Hit {
        @JsonProperty("is_in")
        public boolean isIn;
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    static final class DocumentEnvelope {
        public int code;
        public String msg;
        public JsonNode data;
    }
}
