package io.qiancheng.bench;

import io.qiancheng.bench.Harness.Contestant;
import io.qiancheng.bench.Harness.Length;
import io.qiancheng.bench.Harness.Track;
import java.util.ArrayList;
import java.util.List;

/** What is measured. */
final class Races {
    private static final int THREADS = 32;

    private final Server server;
    private final boolean quick;

    Races(Server server, boolean quick) {
        this.server = server;
        this.quick = quick;
    }

    /** A race that has been run. */
    record Outcome(String title, String work, Figure figure, String target, List<Track> tracks) {}

    /** How a race's figures are best read. */
    enum Figure {
        MICROSECONDS("µs", 1e6),
        MILLISECONDS("ms", 1e3),
        THROUGHPUT("calls", 1);

        final String unit;
        final double scale;

        Figure(String unit, double scale) {
            this.unit = unit;
            this.scale = scale;
        }
    }

    /** The race that is run where client and server share one processor. */
    List<Outcome> pinned() throws Exception {
        try (Ours ours = new Ours(server);
                OkHttp okHttp = new OkHttp(server, 1);
                Apache apache = new Apache(server, 1)) {
            return List.of(one(
                    List.of(ours, okHttp, apache),
                    "One thread, one processor",
                    "The same lookup, but client and server share one processor, so that no wake-up of another one blurs it."));
        }
    }

    /** The races that are run on all processors. */
    List<Outcome> run() throws Exception {
        List<Outcome> outcomes = new ArrayList<>();
        try (Ours ours = new Ours(server);
                OkHttp okHttp = new OkHttp(server, THREADS);
                Apache apache = new Apache(server, THREADS)) {
            List<Client> clients = List.of(ours, okHttp, apache);
            outcomes.add(one(
                    clients,
                    "One thread",
                    "A blacklist lookup over a warm connection, with a warm token: request object in, answer object out. The "
                            + "time on the clock is mostly that of two processors waking each other."));
            outcomes.add(threads(clients));
            outcomes.add(document(ours, clients, "as it is", Vendor.PLAIN));
            outcomes.add(document(ours, clients, "compressed", Vendor.GZIP));
        }
        return outcomes;
    }

    private Outcome one(List<Client> clients, String title, String work) throws Exception {
        List<Contestant> contestants =
                clients.stream().map(one -> new Contestant(one.name(), Harness.here(search(one)))).toList();
        return new Outcome(
                title,
                work,
                Figure.MICROSECONDS,
                "no slower than OkHttp + Jackson",
                Harness.race(length(new Length(15, 5, 20_000)), contestants));
    }

    private Outcome threads(List<Client> clients) throws Exception {
        try (Crew crew = new Crew(THREADS)) {
            List<Contestant> contestants =
                    clients.stream().map(one -> new Contestant(one.name(), crew.working(search(one)))).toList();
            return new Outcome(
                    THREADS + " threads",
                    "The same lookup from every thread, all processors; all threads share one client.",
                    Figure.THROUGHPUT,
                    "≥ 1.20 of OkHttp + Jackson, by CPU seconds",
                    Harness.race(length(new Length(15, 5, 40_000)), contestants));
        }
    }

    private Outcome document(Ours ours, List<Client> clients, String how, String openId) throws Exception {
        List<Contestant> contestants = new ArrayList<>();
        contestants.add(new Contestant("qiancheng, bytes", Harness.here(() -> {
            if (ours.rawDataBytes(openId) < 1_000_000) {
                throw new IllegalStateException("the raw data did not come whole");
            }
        })));
        for (Client client : clients) {
            contestants.add(new Contestant(client.name() + ", tree", Harness.here(() -> {
                if (client.rawData(openId) != Vendor.CALLS) {
                    throw new IllegalStateException("the raw data did not come whole");
                }
            })));
        }
        return new Outcome(
                "Raw data of 1.2 MB, " + how,
                "A call for telecom raw data, whose answer comes " + how + ". A tree is all of it, parsed by Jackson; "
                        + "this library's keeps decimals to the digit, the others' are doubles.",
                Figure.MILLISECONDS,
                "no slower than OkHttp + Jackson, tree against tree",
                Harness.race(length(new Length(11, 4, 100)), contestants));
    }

    private Length length(Length length) {
        return quick ? length.quick() : length;
    }

    private static Harness.Unit search(Client client) {
        return () -> {
            if (!client.search()) {
                throw new IllegalStateException(client.name() + ": the person is on the list");
            }
        };
    }
}
