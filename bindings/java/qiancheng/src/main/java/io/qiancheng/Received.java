package io.qiancheng;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
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

    Received(
            String endpoint,
            byte[] bytes,
            int bodyLength,
            int dataOffset,
            int dataLength,
            String message,
            int httpStatus,
            int attempts) {
        this.endpoint = endpoint;
        this.bytes = bytes;
        this.bodyLength = bodyLength;
        this.dataOffset = dataOffset;
        this.dataLength = dataLength;
        this.message = message;
        this.httpStatus = httpStatus;
        this.attempts = attempts;
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

    com.fasterxml.jackson.databind.JsonNode parse() throws IOException {
        return Json.read(bytes, dataOffset, dataLength);
    }

    boolean sameData(Received other) {
        return Arrays.equals(data(), other.data());
    }

    /** Says where it came from and how large it is; nothing of what is in it. */
    @Override
    public String toString() {
        return "Received(" + endpoint + ", " + dataLength + " bytes)";
    }
}
