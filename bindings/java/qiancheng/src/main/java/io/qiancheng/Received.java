package io.qiancheng;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** An answer as it came: its bytes, and what was around them. */
public final class Received {
    private final String endpoint;
    private final byte[] bytes;
    private final int bodyLength;
    private final int dataOffset;
    private final int dataLength;
    private final String message;
    private final int httpStatus;
    private final int attempts;

    /**
     * What crossed from the library: one array with the body, data that is no part of it, and the vendor's message.
     *
     * @param endpoint the endpoint's id, or the path of a call by path
     * @param bytes the array
     * @param facts the body's length, where the data begins, its length, the message's length or -1, the HTTP status, the number of
     *     attempts
     */
    Received(String endpoint, byte[] bytes, long[] facts) {
        this.endpoint = endpoint;
        this.bytes = bytes;
        this.bodyLength = (int) facts[0];
        this.dataOffset = (int) facts[1];
        this.dataLength = (int) facts[2];
        int messageLength = (int) facts[3];
        this.message = messageLength < 0
                ? null
                : new String(bytes, bytes.length - messageLength, messageLength, StandardCharsets.UTF_8);
        this.httpStatus = (int) facts[4];
        this.attempts = (int) facts[5];
    }

    /**
     * Reads an answer that was recorded, for tests: {@code new TelecomStateAnswer(Received.recorded(…))}.
     *
     * @param endpoint the endpoint's id
     * @param body the whole answer, as it came
     * @return the answer
     * @throws ProtocolException if it is not the vendor's envelope, or a refusal
     */
    public static Received recorded(String endpoint, byte[] body) {
        Library.load();
        long[] facts = new long[Native.FACTS];
        byte[] id = Native.bytes(Checks.notNull(endpoint, "endpoint"));
        return new Received(endpoint, Native.recorded(id, Checks.notNull(body, "body"), facts), facts);
    }

    /**
     * Gives the endpoint's id, or the path of a call by path.
     *
     * @return the id or path
     */
    public String endpoint() {
        return endpoint;
    }

    /**
     * Gives the vendor's {@code msg}, with everything that was sent taken out of it.
     *
     * @return the vendor's words, or {@code null} if there are none
     */
    public String message() {
        return message;
    }

    /**
     * Gives the HTTP status.
     *
     * @return the status
     */
    public int httpStatus() {
        return httpStatus;
    }

    /**
     * Says how often the request was sent.
     *
     * @return the number of attempts, from 1
     */
    public int attempts() {
        return attempts;
    }

    /**
     * Gives the JSON text of the envelope's {@code data}, byte for byte as the vendor sent it; {@code null} if there was
     * none.
     *
     * @return a copy of the bytes, in UTF-8
     */
    public byte[] data() {
        return Arrays.copyOfRange(bytes, dataOffset, dataOffset + dataLength);
    }

    /**
     * Gives the whole answer, byte for byte as the vendor sent it, after decompression.
     *
     * @return a copy of the bytes
     */
    public byte[] body() {
        return Arrays.copyOf(bytes, bodyLength);
    }

    /**
     * Reads what {@link #data} gives, without a copy of it.
     *
     * @return a stream of the bytes
     */
    public InputStream stream() {
        return new ByteArrayInputStream(bytes, dataOffset, dataLength);
    }

    /**
     * Writes what {@link #data} gives, without a copy of it.
     *
     * @param out where to
     * @throws IOException if it cannot be written
     */
    public void writeTo(OutputStream out) throws IOException {
        out.write(bytes, dataOffset, dataLength);
    }

    /**
     * Says how many bytes {@link #data} has.
     *
     * @return the number of bytes
     */
    public int size() {
        return dataLength;
    }

    JsonNode parse() throws IOException {
        return Json.read(bytes, dataOffset, dataLength);
    }

    /** Says where it came from and how large it is; nothing of what is in it. */
    @Override
    public String toString() {
        return "Received(" + endpoint + ", " + dataLength + " bytes)";
    }
}
