package io.qiancheng;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;

/**
 * A folder that nobody else can read or write, made for a library that is to be loaded and gone when it is: what is loaded needs
 * its file no more. What a process that was killed in between has left is swept up by the next.
 */
final class PrivateFolder implements AutoCloseable {
    static final String PROPERTY = "qiancheng.library.dir";

    private static final String PREFIX = "qiancheng-";
    private static final long STALE_MILLISECONDS = TimeUnit.MINUTES.toMillis(10);
    private static final int OTHERS_WRITE = 0022;
    private static final int STICKY = 01000;

    private final Path folder;

    private PrivateFolder(Path folder) {
        this.folder = folder;
    }

    /** Makes one where the system property says, or among the temporary files. */
    static PrivateFolder make() throws IOException {
        String given = System.getProperty(PROPERTY);
        Path parent = Paths.get(given == null || given.isEmpty() ? System.getProperty("java.io.tmpdir") : given);
        return make(parent, System.currentTimeMillis());
    }

    static PrivateFolder make(Path parent, long now) throws IOException {
        if (!Files.exists(parent)) {
            Files.createDirectories(parent, ours());
        }
        check(parent);
        // Its name is new: nobody can have put anything in its place.
        Path folder = Files.createTempDirectory(parent, PREFIX, ours()).toAbsolutePath();
        sweep(parent, folder, now);
        return new PrivateFolder(folder);
    }

    private static java.nio.file.attribute.FileAttribute<?> ours() {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    }

    /** Where others may write, they could replace what is about to be loaded; a sticky folder such as /tmp forbids that. */
    private static void check(Path parent) throws IOException {
        int mode = (Integer) Files.getAttribute(parent, "unix:mode");
        if ((mode & OTHERS_WRITE) != 0 && (mode & STICKY) == 0) {
            throw Failures.misconfigured(
                    "the folder " + parent + " is writable for others, who could replace the library in it; name another by "
                            + "the system property " + PROPERTY);
        }
        int owner = (Integer) Files.getAttribute(parent, "unix:uid");
        if (owner != 0 && owner != self()) {
            throw Failures.misconfigured(
                    "the folder " + parent + " is another user's; name one of your own by the system property " + PROPERTY);
        }
    }

    /** This process's user. */
    private static int self() throws IOException {
        return (Integer) Files.getAttribute(Paths.get("/proc/self"), "unix:uid");
    }

    /** Removes what others of this user have left. */
    private static void sweep(Path parent, Path except, long now) throws IOException {
        int self = self();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, PREFIX + "*")) {
            for (Path folder : folders) {
                boolean left = Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                        && !folder.toAbsolutePath().equals(except)
                        && (Integer) Files.getAttribute(folder, "unix:uid", LinkOption.NOFOLLOW_LINKS) == self
                        && now - Files.getLastModifiedTime(folder).toMillis() > STALE_MILLISECONDS;
                if (left) {
                    remove(folder);
                }
            }
        } catch (IOException busy) {
            // Another process may be sweeping, too.
            Log.debug("what was left in {} was not removed: {}", parent, busy.getMessage());
        }
    }

    private static void remove(Path folder) throws IOException {
        Files.deleteIfExists(folder.resolve(System.mapLibraryName(Library.NAME)));
        Files.deleteIfExists(folder);
    }

    Path resolve(String name) {
        return folder.resolve(name);
    }

    /** Removes the folder and the library in it. */
    @Override
    public void close() throws IOException {
        remove(folder);
    }
}
