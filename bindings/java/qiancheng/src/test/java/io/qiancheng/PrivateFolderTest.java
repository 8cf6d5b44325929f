package io.qiancheng;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where a library is unpacked. */
final class PrivateFolderTest {
    private static final long NOW = 1_800_000_000_000L;

    @TempDir
    Path parent;

    private Path leftAt(long moment) throws IOException {
        Path left = Files.createDirectory(parent.resolve("qiancheng-left" + moment));
        Files.createFile(left.resolve(System.mapLibraryName(Library.NAME)));
        Files.setLastModifiedTime(left, FileTime.fromMillis(moment));
        return left;
    }

    @Test
    void nobodyElseMayLookIn() throws IOException {
        try (PrivateFolder folder = PrivateFolder.make(parent, NOW)) {
            Path made = folder.resolve("x").getParent();
            assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(made)));
        }
    }

    @Test
    void itIsGoneWhenItIsClosed() throws IOException {
        Path made;
        try (PrivateFolder folder = PrivateFolder.make(parent, NOW)) {
            Path library = folder.resolve(System.mapLibraryName(Library.NAME));
            Files.createFile(library);
            made = library.getParent();
        }
        assertFalse(Files.exists(made));
    }

    @Test
    void whatAKilledProcessHasLeftIsSweptUp() throws IOException {
        Path stale = leftAt(NOW - 3_600_000);
        Path fresh = leftAt(NOW - 1_000);
        Path another = Files.createDirectory(parent.resolve("another"));
        Files.setLastModifiedTime(another, FileTime.fromMillis(0));
        Path link = Files.createSymbolicLink(parent.resolve("qiancheng-link"), another);
        PrivateFolder.make(parent, NOW).close();
        assertFalse(Files.exists(stale));
        assertTrue(Files.exists(fresh) && Files.exists(another) && Files.exists(link));
    }

    @Test
    void whereOthersMayWriteNothingIsUnpacked() throws IOException {
        Files.setPosixFilePermissions(parent, PosixFilePermissions.fromString("rwxrwx---"));
        ConfigException refused = assertThrows(ConfigException.class, () -> PrivateFolder.make(parent, NOW));
        assertTrue(refused.getMessage().contains(PrivateFolder.PROPERTY), refused.getMessage());
        Files.setAttribute(parent, "unix:mode", 01777);
        PrivateFolder.make(parent, NOW).close();
    }
}
