package io.qiancheng;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.Locale;

/** What machine this is, and why a library does not load on it. */
final class Platform {
    private static final int ELF_MACHINE = 18;
    private static final int X86_64 = 62;
    private static final int AARCH64 = 183;

    private Platform() {}

    /** The name of the folder in the jar that has this machine's library. */
    static String name() {
        return name(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
    }

    static String name(String system, String machine) {
        String folder = machine.toLowerCase(Locale.ROOT);
        if (folder.equals("amd64") || folder.equals("x86-64")) {
            folder = "x86_64";
        } else if (folder.equals("arm64")) {
            folder = "aarch64";
        }
        return system.toLowerCase(Locale.ROOT).replace(' ', '-') + "-" + folder;
    }

    /** What to say when the jar has no library for this machine. */
    static String missing() {
        String name = name();
        String hint = name.equals("linux-x86_64")
                ? "add the artifact io.qiancheng:qiancheng with the classifier linux-x86_64, or use io.qiancheng:qiancheng-all"
                : "only linux-x86_64 is handed out; build it from source on this machine and set " + Library.PATH;
        return "there is no native library for " + name + " on the class path; " + hint;
    }

    /** Why a file could not be loaded, and what to do. */
    static String explain(Path file, UnsatisfiedLinkError error) {
        return explain(file, String.valueOf(error.getMessage()), isMusl());
    }

    static String explain(Path file, String said, boolean musl) {
        String what = "the native library " + file + " cannot be loaded: ";
        int machine = machineOf(file);
        if (machine == 0) {
            return what + "it is not a library of Linux";
        }
        if (machine != ours()) {
            return what + "it is for " + nameOf(machine) + ", and this Java runs on " + System.getProperty("os.arch");
        }
        if (said.contains("failed to map segment") || said.contains("Operation not permitted")) {
            return what + "its folder is on a file system that is mounted noexec, or guarded in another way; name another folder "
                    + "by the system property " + PrivateFolder.PROPERTY;
        }
        if (musl || said.contains("musl") || said.contains("ld-linux")) {
            return what + "this system's C library is musl (Alpine?), and the library needs glibc 2.17 or newer; use an image "
                    + "with glibc, or build the library from source here and set " + Library.PATH;
        }
        if (said.contains("GLIBC_")) {
            return what + "this system's glibc is older than 2.17: " + said;
        }
        return what + said;
    }

    private static int ours() {
        return name().endsWith("-aarch64") ? AARCH64 : X86_64;
    }

    private static String nameOf(int machine) {
        switch (machine) {
            case X86_64:
                return "x86_64";
            case AARCH64:
                return "aarch64";
            default:
                return "another machine (" + machine + ")";
        }
    }

    /** The machine that an ELF file of 64 bits is for; 0 if it is none. */
    private static int machineOf(Path file) {
        byte[] head = new byte[ELF_MACHINE + 2];
        try (InputStream in = Files.newInputStream(file)) {
            int read = in.read(head);
            boolean elf = read == head.length && head[0] == 0x7F && head[1] == 'E' && head[2] == 'L' && head[3] == 'F';
            boolean wide = head[4] == 2;
            return elf && wide ? head[ELF_MACHINE] & 0xFF | (head[ELF_MACHINE + 1] & 0xFF) << 8 : 0;
        } catch (IOException unreadable) {
            return 0;
        }
    }

    /** Whether the C library is musl and there is no glibc beside it. */
    private static boolean isMusl() {
        Path musl = Paths.get("/lib/ld-musl-" + System.getProperty("os.arch").replace("amd64", "x86_64") + ".so.1");
        return Files.exists(musl) && !Files.exists(Paths.get("/lib64/ld-linux-x86-64.so.2"));
    }
}
