package io.qiancheng;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Secret texts on their way to the library. */
final class Secrets {
    private Secrets() {}

    /**
     * Gives the UTF-8 of a text, which the caller wipes.
     *
     * @param text a String or a char[]
     * @param name what it is called in an error
     */
    static byte[] bytes(Object text, String name) {
        CharBuffer characters = text instanceof char[] ? CharBuffer.wrap((char[]) text) : CharBuffer.wrap((String) text);
        ByteBuffer encoded;
        try {
            encoded = StandardCharsets.UTF_8.newEncoder().encode(characters);
        } catch (CharacterCodingException half) {
            throw Failures.invalid(null, name, "the text holds half a character (a lone surrogate)");
        }
        byte[] bytes = Arrays.copyOf(encoded.array(), encoded.limit());
        ParameterWriter.wipe(encoded.array());
        return bytes;
    }
}
