package io.qiancheng;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.nio.file.Paths;
import org.junit.jupiter.api.Test;

/** Machines by their names, and the reasons for which a library does not load. */
final class PlatformTest {
    private static final Path LIBRARY = Paths.get(System.getProperty("qiancheng.library.path"));

    private static void explained(String said, boolean musl, String word) {
        String explained = Platform.explain(LIBRARY, said, musl);
        assertTrue(explained.contains(word), explained);
    }

    @Test
    void oneMachineHasOneName() {
        assertEquals("linux-x86_64", Platform.name("Linux", "amd64"));
        assertEquals("linux-x86_64", Platform.name("Linux", "x86_64"));
        assertEquals("linux-aarch64", Platform.name("Linux", "aarch64"));
        assertEquals("mac-os-x-aarch64", Platform.name("Mac OS X", "arm64"));
        assertEquals("windows-11-x86_64", Platform.name("Windows 11", "amd64"));
    }

    @Test
    void theReasonIsSaidWithWhatToDo() {
        explained("x.so: failed to map segment from shared object: Operation not permitted", false, "noexec");
        explained("Error loading shared library ld-linux-x86-64.so.2: No such file (needed by x.so)", true, "musl");
        explained("Error relocating x.so: __res_init: symbol not found", true, "glibc 2.17");
        explained("/lib64/libc.so.6: version `GLIBC_2.17' not found (required by x.so)", false, "older than 2.17");
        explained("something new", false, "something new");
    }
}
