package io.qiancheng.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.qiancheng.Cancellation;
import io.qiancheng.QianchengException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the native library is looked for, and what is said when it cannot be loaded. Each in a JVM of its own. */
final class LoadingTest {
    /** Where the build has put it. */
    private static Path library;

    /** A class path with the library in it, as the classifier's jar has it. */
    @TempDir
    static Path resources;

    @TempDir
    Path folder;

    @BeforeAll
    static void layOut() throws IOException {
        library = Paths.get(System.getProperty("qiancheng.library.path"));
        Path place = resources.resolve("io/qiancheng/native/linux-x86_64");
        Files.createDirectories(place);
        Files.copy(library, place.resolve(library.getFileName()));
    }

    /** Loads the library, and says what comes of it. */
    public static void main(String[] arguments) {
        try (Cancellation loaded = new Cancellation()) {
            loaded.cancel();
            System.out.println("loaded");
        } catch (QianchengException error) {
            System.out.println(error.kind().text() + ": " + error.getMessage());
        }
    }

    private static ChildJvm jvm() {
        // A JVM that finds no library by chance.
        return new ChildJvm().with("-Djava.library.path=/nonexistent");
    }

    private static void fails(ChildJvm jvm, String... words) throws Exception {
        ChildJvm.Ended ended = jvm.run(LoadingTest.class);
        assertEquals(0, ended.status, ended.output);
        for (String word : words) {
            assertTrue(ended.output.contains(word), word + " is not in: " + ended.output);
        }
    }

    private static void loads(ChildJvm jvm) throws Exception {
        assertEquals("loaded", jvm.run(LoadingTest.class).output);
    }

    @Test
    void aFileOrAFolderMayBeNamed() throws Exception {
        loads(jvm().with("-Dqiancheng.library.path=" + library));
        loads(jvm().with("-Dqiancheng.library.path=" + library.getParent()));
        loads(new ChildJvm().with("-Djava.library.path=" + library.getParent()));
    }

    @Test
    void outOfTheJarItIsUnpackedAndNothingIsLeft() throws Exception {
        Path temporary = Files.createDirectory(folder.resolve("tmp"));
        loads(jvm().behind(resources).with("-Djava.io.tmpdir=" + temporary));
        try (Stream<Path> left = Files.list(temporary)) {
            assertEquals(0, left.filter(one -> one.getFileName().toString().startsWith("qiancheng")).count());
        }
    }

    @Test
    void theFolderMayBeNamedAndIsMadePrivate() throws Exception {
        Path named = folder.resolve("of/our/own");
        loads(jvm().behind(resources).with("-Dqiancheng.library.dir=" + named));
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(named)));
    }

    @Test
    void aFolderThatOthersMayWriteIsRefused() throws Exception {
        Path open = Files.createDirectory(folder.resolve("open"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
        fails(jvm().behind(resources).with("-Dqiancheng.library.dir=" + open), "Config", "writable for others");
    }

    @Test
    void aWrongPathSaysWhichOne() throws Exception {
        fails(jvm().with("-Dqiancheng.library.path=/no/such.so"), "Config", "/no/such.so", "cannot be read");
    }

    @Test
    void withoutALibraryTheArtifactIsNamed() throws Exception {
        fails(jvm(), "Config", "io.qiancheng:qiancheng", "linux-x86_64");
    }

    @Test
    void whatIsNoLibraryIsToldApart() throws Exception {
        Path text = folder.resolve("text.so");
        Files.write(text, "not a library, and long enough to have a head".getBytes(StandardCharsets.UTF_8));
        fails(jvm().with("-Dqiancheng.library.path=" + text), "Config", "not a library");
    }

    @Test
    void anotherProcessorsLibraryIsToldApart() throws Exception {
        byte[] head = new byte[4096];
        System.arraycopy(new byte[] {0x7F, 'E', 'L', 'F', 2, 1, 1}, 0, head, 0, 7);
        head[16] = 3;
        head[18] = (byte) 183;
        Path other = folder.resolve("aarch64.so");
        Files.write(other, head);
        fails(jvm().with("-Dqiancheng.library.path=" + other), "Config", "aarch64", System.getProperty("os.arch"));
    }

    @Test
    void aLibraryOfAnotherVersionIsRefused() throws Exception {
        Path source = folder.resolve("old.c");
        String text = "int Java_io_qiancheng_Native_abi(void *env, void *type) { return 999; }\n";
        Files.write(source, text.getBytes(StandardCharsets.UTF_8));
        Path old = folder.resolve("old.so");
        Process compiler = new ProcessBuilder("cc", "-shared", "-fPIC", "-o", old.toString(), source.toString())
                .inheritIO()
                .start();
        assertEquals(0, compiler.waitFor());
        fails(jvm().with("-Dqiancheng.library.path=" + old), "Config", "another version", "999");
    }

    @Test
    void aFolderThatMayNotHoldProgramsSaysWhatToDo() throws Exception {
        Path noexec = Files.createDirectory(folder.resolve("noexec"));
        String[] mounted = {
            "unshare", "--map-root-user", "--mount", "sh", "-c",
            "mount -t tmpfs -o noexec,mode=0700 none \"$0\" && exec \"$@\"", noexec.toString()
        };
        assumeTrue(new ProcessBuilder("unshare", "--map-root-user", "--mount", "true").start().waitFor() == 0);
        fails(
                jvm().by(mounted).behind(resources).with("-Dqiancheng.library.dir=" + noexec),
                "Config",
                "noexec",
                "qiancheng.library.dir");
    }
}
