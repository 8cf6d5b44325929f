package io.qiancheng;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;

/**
 * Finds the native library and loads it: where the system property {@value #PATH} says, in {@code java.library.path}, or out of the
 * jar. A class loader loads it once; each has a copy of its own, for Java lets no two load the same file.
 */
final class Library {
    static final String PATH = "qiancheng.library.path";
    static final String NAME = "qiancheng_jni";

    private static volatile boolean loaded;

    private Library() {}

    /**
     * Loads the library, if it is not loaded.
     *
     * @throws ConfigException if it cannot be; the text says why, and what to do
     */
    static void load() {
        if (!loaded) {
            loadOnce();
        }
    }

    private static synchronized void loadOnce() {
        if (loaded) {
            return;
        }
        String given = System.getProperty(PATH);
        if (given != null && !given.isEmpty()) {
            loadFile(fileAt(Paths.get(given)));
        } else if (!loadFromLibraryPath()) {
            loadFromJar();
        }
        agree();
        loaded = true;
    }

    /** Whether it is there; for what can do without. */
    static boolean isThere() {
        try {
            load();
            return true;
        } catch (QianchengException missing) {
            Log.debug("{}", missing.getMessage());
            return false;
        }
    }

    private static Path fileAt(Path given) {
        Path file = Files.isDirectory(given) ? given.resolve(System.mapLibraryName(NAME)) : given;
        if (!Files.isReadable(file)) {
            throw Failures.misconfigured("the system property " + PATH + " names " + file + ", which cannot be read");
        }
        return file.toAbsolutePath();
    }

    private static boolean loadFromLibraryPath() {
        String name = System.mapLibraryName(NAME);
        for (String folder : System.getProperty("java.library.path", "").split(File.pathSeparator)) {
            Path file = Paths.get(folder, name);
            if (!folder.isEmpty() && Files.isReadable(file)) {
                loadFile(file.toAbsolutePath());
                return true;
            }
        }
        return false;
    }

    private static void loadFromJar() {
        String resource = "io/qiancheng/native/" + Platform.name() + "/" + System.mapLibraryName(NAME);
        // Of the class loader, not of the class: as modules, the classes and the library are two.
        try (InputStream library = Library.class.getClassLoader().getResourceAsStream(resource)) {
            if (library == null) {
                throw Failures.misconfigured(Platform.missing());
            }
            loadCopy(library);
        } catch (IOException error) {
            throw because("the native library cannot be unpacked: " + error.getMessage(), error);
        }
    }

    private static void loadFile(Path file) {
        try {
            System.load(file.toString());
        } catch (UnsatisfiedLinkError error) {
            if (!isElsewhere(error)) {
                throw because(Platform.explain(file, error), error);
            }
            try (InputStream library = Files.newInputStream(file)) {
                loadCopy(library);
            } catch (IOException unreadable) {
                throw because("the native library cannot be copied: " + unreadable.getMessage(), unreadable);
            }
        }
    }

    /** Whether it is loaded by another class loader: another web application, or this one before it was reloaded. */
    private static boolean isElsewhere(UnsatisfiedLinkError error) {
        return String.valueOf(error.getMessage()).contains("already loaded in another");
    }

    private static void loadCopy(InputStream library) throws IOException {
        try (PrivateFolder folder = PrivateFolder.make()) {
            Path copy = folder.resolve(System.mapLibraryName(NAME));
            Files.copy(library, copy);
            try {
                System.load(copy.toString());
            } catch (UnsatisfiedLinkError error) {
                throw because(Platform.explain(copy, error), error);
            }
        }
    }

    /** Refuses a library of another version than these classes. */
    private static void agree() {
        int found;
        try {
            found = Native.abi();
        } catch (UnsatisfiedLinkError error) {
            throw because("the library that was loaded is not the one of io.qiancheng: " + error.getMessage(), error);
        }
        if (found != Native.ABI) {
            throw Failures.misconfigured(
                    "the native library is of another version than the classes (its interface is " + found
                            + ", theirs " + Native.ABI + "): see that both come from one release, and that "
                            + PATH + " and java.library.path do not lead to an old one");
        }
        Log.debug("native library {} loaded", Native.text(Native.version()));
    }

    static QianchengException because(String message, Throwable cause) {
        QianchengException failure = Failures.misconfigured(message);
        failure.initCause(cause);
        return failure;
    }
}
