package io.qiancheng.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.qiancheng.InvalidInputException;
import io.qiancheng.QianchengClient;
import io.qiancheng.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A hundred thousand calls leave nothing behind, on the heap or outside of it. */
@Tag("long")
final class MemoryTest {
    private static final int THREADS = 4;
    private static final int WARMING = 20_000;
    private static final int CALLS = 100_000;
    /** What a hundred bytes left by each call would be; compilers, allocators and collectors take their part. */
    private static final long BOUND = CALLS * 100L;

    @Test
    @Tag("long")
    void memoryIsFlat() throws Exception {
        ChildJvm.Ended ended = new ChildJvm()
                .withLibrary()
                .with("-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:ReservedCodeCacheSize=32m")
                .run(MemoryTest.class);
        assertEquals(0, ended.status, ended.output);
        String line = ended.output.substring(ended.output.lastIndexOf('\n') + 1);
        String[] grown = line.split(" ");
        assertTrue(Long.parseLong(grown[0]) < BOUND, "heap: " + ended.output);
        assertTrue(Long.parseLong(grown[1]) < BOUND, "resident: " + ended.output);
    }

    /** Prints by how many bytes the used heap and the process have grown over the calls. */
    public static void main(String[] arguments) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try (Sandbox sandbox = Sandbox.quiet();
                QianchengClient client = sandbox.client()) {
            work(threads, client, WARMING);
            long heap = heap();
            long resident = resident();
            work(threads, client, CALLS);
            System.out.println();
            System.out.print((heap() - heap) + " " + (resident() - resident));
        }
        threads.shutdown();
    }

    private static void work(ExecutorService threads, QianchengClient client, int calls) throws Exception {
        List<Future<?>> shares = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
            shares.add(threads.submit(() -> {
                for (int call = 0; call < calls / THREADS; call++) {
                    one(client, call);
                }
            }));
        }
        for (Future<?> share : shares) {
            share.get();
        }
    }

    /** Mostly searches; some errors, sessions and saved sessions among them. */
    private static void one(QianchengClient client, int call) {
        if (call % 10 == 1) {
            try {
                client.blacklist().search(People.searching("12345"));
                throw new AssertionError("it went well");
            } catch (InvalidInputException expected) {
                return;
            }
        }
        if (call % 500 == 2) {
            byte[] key = new byte[32];
            try (Session session = client.telecom().open(People.telecom("x").build());
                    Session resumed = client.resume(key, session.save(key))) {
                resumed.poll();
            }
            return;
        }
        client.blacklist().search(People.searching(People.MOBILE)).isIn();
    }

    private static long heap() {
        Runtime runtime = Runtime.getRuntime();
        long used = Long.MAX_VALUE;
        for (int round = 0; round < 5; round++) {
            System.gc();
            used = Math.min(used, runtime.totalMemory() - runtime.freeMemory());
        }
        return used;
    }

    private static long resident() throws IOException {
        for (String line : Files.readAllLines(Paths.get("/proc/self/status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("[^0-9]", "")) << 10;
            }
        }
        throw new IOException("the kernel does not say how large the process is");
    }
}
