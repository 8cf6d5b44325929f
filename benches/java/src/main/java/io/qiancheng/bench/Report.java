package io.qiancheng.bench;

import io.qiancheng.bench.Harness.Sample;
import io.qiancheng.bench.Harness.Track;
import io.qiancheng.bench.Races.Figure;
import io.qiancheng.bench.Races.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The chapter of results: for people, in Markdown. {@code benches/run} puts it into {@code RESULTS.md}. */
final class Report {
    /** What the others are compared with. */
    private static final String REFERENCE = "OkHttp + Jackson";

    private final StringBuilder page = new StringBuilder();

    private Report() {}

    /** The whole chapter. */
    static String chapter(List<Outcome> outcomes) throws IOException {
        Report report = new Report();
        report.introduction();
        return report.page + sections(outcomes);
    }

    /** What follows in it: a section for each race. */
    static String sections(List<Outcome> outcomes) {
        Report report = new Report();
        for (Outcome outcome : outcomes) {
            report.line("\n### " + outcome.title() + "\n\n" + outcome.work() + "\n");
            report.table(outcome);
            report.line("\nTarget: " + outcome.target() + ".");
        }
        return report.page.toString();
    }

    private void introduction() throws IOException {
        line("## From Java\n");
        line("The server is the one of the Rust half. A ratio is a row's time, or for calls a second its speed, against "
                + "the row of 1.00. \"Allocated\" is what the calling threads put on the heap for one call; what this library "
                + "allocates outside of the heap is not in it.\n");
        line("| | |\n|---|---|");
        var date = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'").withZone(ZoneOffset.UTC);
        line("| run | " + date.format(Instant.now()) + " |");
        line("| machine | " + processor() + ", " + Runtime.getRuntime().availableProcessors() + " processors, "
                + System.getProperty("os.name") + " " + System.getProperty("os.version") + " |");
        line("| Java | " + System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version") + " |");
        line("| OkHttp | " + okhttp3.OkHttp.VERSION + " |");
        line("| Apache HttpClient | " + version(org.apache.hc.client5.http.impl.classic.HttpClients.class) + " |");
        line("| Jackson | " + com.fasterxml.jackson.databind.cfg.PackageVersion.VERSION + " |");
    }

    private void table(Outcome outcome) {
        boolean faster = outcome.figure() == Figure.THROUGHPUT;
        String unit = outcome.figure().unit;
        line(faster
                ? "| | calls a second | calls a CPU second | allocated | ratio | CPU ratio |"
                : "| | CPU, " + unit + " | wall, " + unit + " | allocated | CPU ratio | wall ratio |");
        line("|---|--:|--:|--:|--:|--:|");
        List<ToDoubleFunction<Sample>> measures =
                faster ? List.of(Sample::wall, Sample::cpu) : List.of(Sample::cpu, Sample::wall);
        Track reference = outcome.tracks().stream()
                .filter(track -> track.name().startsWith(REFERENCE))
                .findFirst()
                .orElseThrow();
        for (Track track : outcome.tracks()) {
            StringBuilder row = new StringBuilder("| ").append(track.name());
            for (ToDoubleFunction<Sample> measure : measures) {
                double value = track.median(measure);
                row.append(String.format(
                        Locale.ROOT, faster ? " | %.0f" : " | %.1f", faster ? 1 / value : value * outcome.figure().scale));
            }
            row.append(String.format(Locale.ROOT, " | %.1f KB", track.median(Sample::allocated) / 1e3));
            for (ToDoubleFunction<Sample> measure : measures) {
                double ratio = faster ? reference.ratio(track, measure) : track.ratio(reference, measure);
                row.append(String.format(Locale.ROOT, " | %.2f", ratio));
            }
            line(row + " |");
        }
    }

    private void line(String text) {
        page.append(text).append('\n');
    }

    private static String version(Class<?> type) {
        String version = type.getPackage().getImplementationVersion();
        return version == null ? "unknown" : version;
    }

    private static String processor() throws IOException {
        Path info = Path.of("/proc/cpuinfo");
        if (!Files.isReadable(info)) {
            return System.getProperty("os.arch");
        }
        return Files.readAllLines(info).stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 1).trim())
                .findFirst()
                .orElse(System.getProperty("os.arch"));
    }
}
