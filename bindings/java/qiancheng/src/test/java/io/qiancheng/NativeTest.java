package io.qiancheng;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The boundary to the library. */
final class NativeTest {
    private static final byte[] NOTHING = {};

    @BeforeAll
    static void load() {
        Library.load();
    }

    @Test
    void aPanicIsAnException() {
        PanicException panic = assertThrows(PanicException.class, Native::panic);
        assertEquals(Outcome.UNKNOWN, panic.outcome());
        assertFalse(panic.getMessage().contains("on purpose"), panic.getMessage());
    }

    @Test
    void aNumberThatStandsForNothingIsRefused() {
        long cancel = Native.newCancel();
        for (long number : new long[] {0, -1, 4711, Long.MAX_VALUE, Long.MIN_VALUE, cancel}) {
            assertThrows(ConfigException.class, () -> Native.stats(number));
            assertThrows(ConfigException.class, () -> Native.poll(number, 0, 0));
            assertThrows(ConfigException.class, () -> Native.step(number, 0, 0));
            Native.release(number);
        }
        Native.release(cancel);
        assertThrows(ConfigException.class, () -> Native.cancel(cancel));
    }

    @Test
    void nullIsRefusedAndNotFollowed() {
        byte[] settings = Native.bytes("{\"username\":\"demo\",\"password\":\"demo\",\"base_url\":\"http://127.0.0.1:1\"}");
        long client = Native.open(settings, false);
        assertThrows(RuntimeException.class, () -> Native.open(null, false));
        assertThrows(RuntimeException.class, () -> Native.call(client, 0, 0, null, NOTHING, new long[Native.FACTS]));
        assertThrows(RuntimeException.class, () -> Native.openSession(client, 0, 0, NOTHING, null));
        Native.release(client);
    }

    @Test
    void whatIsNotUtf8IsRefused() {
        byte[] half = {(byte) 0xE5, (byte) 0xBC};
        assertThrows(InvalidInputException.class, () -> Native.mask(half, half));
        assertThrows(ConfigException.class, () -> Native.open(half, false));
    }

    @Test
    void theLibraryIsOfThisRelease() {
        assertEquals(Native.ABI, Native.abi());
        assertTrue(Native.text(Native.version()).matches("\\d+\\.\\d+\\.\\d+.*"));
    }
}
