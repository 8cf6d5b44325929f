package io.qiancheng.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;

/**
 * Measures the library side by side with what a user would pick instead, in one run: the Java half of {@code make bench}.
 *
 * <p>{@code --server PROGRAM} is {@code qiancheng-bench}; {@code --pinned} runs what is to be run on one processor, for a virtual
 * machine that was started on one; {@code --quick} makes few, short rounds; {@code --write FILE} keeps what a whole run found.
 */
public final class Bench {
    private Bench() {}

    /**
     * Runs all races.
     *
     * @param arguments as above
     * @throws Exception if anything goes wrong: it ends the run
     */
    public static void main(String[] arguments) throws Exception {
        String program = null;
        Path file = null;
        boolean quick = false;
        boolean pinned = false;
        for (Iterator<String> all = List.of(arguments).iterator(); all.hasNext(); ) {
            String argument = all.next();
            switch (argument) {
                case "--quick" -> quick = true;
                case "--pinned" -> pinned = true;
                case "--server" -> program = all.next();
                case "--write" -> file = Path.of(all.next());
                default -> throw new IllegalArgumentException("unknown option " + argument);
            }
        }
        if (program == null) {
            throw new IllegalArgumentException("--server PROGRAM is missing: qiancheng-bench, built for release");
        }
        String chapter;
        try (Server server = Server.start(program, null)) {
            Races races = new Races(server, quick);
            chapter = pinned ? Report.sections(races.pinned()) : Report.chapter(races.run());
        }
        System.out.print(chapter);
        if (file != null && !quick) {
            Files.writeString(file, chapter);
        }
    }
}
