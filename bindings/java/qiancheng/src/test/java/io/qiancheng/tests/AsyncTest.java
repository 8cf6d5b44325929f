package io.qiancheng.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.qiancheng.InvalidInputException;
import io.qiancheng.QianchengClient;
import io.qiancheng.Session;
import io.qiancheng.Step;
import io.qiancheng.model.BlacklistHitAnswer;
import io.qiancheng.model.TelecomState;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The same calls as futures, on an executor of the caller's. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class AsyncTest {
    private static Sandbox sandbox;
    private static QianchengClient client;
    private static ExecutorService threads;

    @BeforeAll
    static void start() {
        sandbox = Sandbox.start();
        client = sandbox.client();
        threads = Executors.newFixedThreadPool(4, work -> new Thread(work, "the caller's"));
    }

    @AfterAll
    static void stop() {
        threads.shutdownNow();
        client.close();
        sandbox.close();
    }

    @BeforeEach
    void reset() {
        sandbox.reset();
    }

    @Test
    void callsRunOnTheCallersThreads() {
        List<CompletableFuture<String>> futures = new ArrayList<>();
        for (int call = 0; call < 20; call++) {
            futures.add(client.blacklist()
                    .searchAsync(People.searching(People.LISTED), threads)
                    .thenApplyAsync(hit -> Thread.currentThread().getName() + hit.isIn(), threads));
        }
        for (CompletableFuture<String> future : futures) {
            assertEquals("the caller'strue", future.join());
        }
    }

    @Test
    void everyKindOfMethodHasATwin() {
        assertTrue(client.auth().tokenAsync(threads).join().token().length() > 8);
        assertTrue(client.ebank().bankInfoAsync(threads).join().size() > 0);
        String openId = client.telecom().openIdAsync(People.telecom("x").build(), threads).join().openId();
        assertEquals(TelecomState.INIT, client.telecom().getStateAsync(openId, threads).join().state());
        assertEquals("{\"is_in\":true}", client.callAsync("blacklist.search", People.search(People.LISTED), threads).join().text());
        try (Session session = client.telecom().openAsync(People.telecom("direct").build(), threads).join()) {
            Step step = session.pollAsync(threads).join();
            assertEquals(Step.Kind.WORKING, step.kind());
        }
    }

    @Test
    void whatGoesWrongIsTheExceptionOfTheBlockingMethod() {
        CompletableFuture<BlacklistHitAnswer> future =
                client.blacklist().searchAsync(People.searching("12345"), threads);
        CompletionException error = assertThrows(CompletionException.class, future::join);
        assertTrue(error.getCause() instanceof InvalidInputException, error.toString());
        assertEquals("/mobile", ((InvalidInputException) error.getCause()).field());
    }

    @Test
    void cancellingTheFutureEndsTheCall() throws Exception {
        sandbox.fault("{'match': {'endpoint': 'blacklist.search'}, 'fault': {'kind': 'latency', 'ms': 600000}}");
        ExecutorService one = Executors.newSingleThreadExecutor();
        CompletableFuture<BlacklistHitAnswer> future =
                client.blacklist().searchAsync(People.searching(People.MOBILE), one);
        sandbox.untilAsked("blacklist.search");
        assertTrue(future.cancel(true));
        assertThrows(CancellationException.class, future::join);
        // The thread is free again, long before the answer.
        one.submit(() -> {}).get();
        one.shutdown();
    }
}
