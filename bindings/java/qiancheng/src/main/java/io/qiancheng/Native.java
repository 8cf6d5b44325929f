package io.qiancheng;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * The natives, and what they call. Text crosses as UTF-8, objects as numbers, a failure as an exception. A call is told which
 * cancellation ends it (0 for none) and the lowest level that the log takes.
 */
final class Native {
    /** What this class and the library must agree on. */
    static final int ABI = 1;

    /** Numbers that tell where things are in an array that crosses; see {@link Received}. */
    static final int FACTS = 6;

    static final int BANKS = 0;
    static final int RAW_DATA = 1;
    static final int REPORT = 2;

    private Native() {}

    static native int abi();

    static native byte[] version();

    static native void panic();

    static native int count();

    static native void release(long handle);

    static native long open(byte[] settings, boolean fromEnvironment);

    static native long withOptions(long client, byte[] options, long cancel);

    static native byte[] origin(long client);

    static native byte[] stats(long client);

    static native byte[] call(long client, long cancel, int heard, byte[] endpoint, byte[] params, long[] facts);

    static native byte[] callPath(
            long client, long cancel, int heard, byte[] method, byte[] path, byte[] params, long[] facts);

    static native byte[] awaitVerdict(
            long client, long cancel, int heard, byte[] openId, long milliseconds, long[] facts);

    static native long newCancel();

    static native void cancel(long cancel);

    static native long openSession(long client, long cancel, int heard, byte[] kind, byte[] params);

    static native long resume(long client, byte[] key, byte[] saved);

    static native byte[] save(long session, byte[] key);

    static native byte[] describe(long session);

    static native void cancelSession(long session);

    static native byte[] poll(long session, long cancel, int heard);

    static native byte[] next(long session, long cancel, int heard);

    static native void submit(long session, long cancel, int heard, byte[] challenge, byte[] answer);

    static native void resend(long session, long cancel, int heard, byte[] challenge);

    static native void login(long session, long cancel, int heard, byte[] params);

    static native byte[] fetch(long session, long cancel, int heard, int what, long[] facts);

    static native long collection(long session);

    static native byte[] step(long collection, long cancel, int heard);

    static native void respond(long collection, long cancel, int heard, int action, byte[] answer);

    static native byte[] mask(byte[] style, byte[] text);

    static native byte[] readAs(byte[] reading, byte[] value);

    static native byte[] picture(byte[] text);

    static native byte[] mime(byte[] picture);

    static native byte[] recorded(byte[] endpoint, byte[] body, long[] facts);

    /** Called by natives: makes the exception of an error. */
    @SuppressWarnings("unused")
    private static Throwable failure(byte[] json, byte[] text, boolean interrupted) {
        QianchengException failure = Failures.of(tree(json), text(text));
        if (interrupted) {
            failure.initCause(new InterruptedException("the calling thread was interrupted"));
        }
        return failure;
    }

    /** Called by natives, on the thread that waits. */
    @SuppressWarnings("unused")
    private static boolean interrupted() {
        return Thread.currentThread().isInterrupted();
    }

    /** Called by natives: something worth a line in the log. */
    @SuppressWarnings("unused")
    private static void event(int level, byte[] json) {
        Log.event(level, tree(json));
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** JSON of the library's own. */
    static JsonNode tree(byte[] json) {
        try {
            return Json.read(json, 0, json.length);
        } catch (IOException error) {
            throw new IllegalStateException("the native library wrote something that is not JSON", error);
        }
    }
}
