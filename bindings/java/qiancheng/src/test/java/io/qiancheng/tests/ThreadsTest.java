package io.qiancheng.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.qiancheng.CallOptions;
import io.qiancheng.Cancellation;
import io.qiancheng.CancelledException;
import io.qiancheng.QianchengClient;
import io.qiancheng.QianchengException;
import io.qiancheng.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many threads, one client: calls at once, closing in their midst, ending them from elsewhere. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class ThreadsTest {
    private static final int THREADS = 32;

    /** The answer comes when nobody waits for it any more. */
    private static final String LATE = "{'match': {'endpoint': 'blacklist.search'}, 'fault': {'kind': 'latency', 'ms': 600000}}";

    private static Sandbox sandbox;
    private static ExecutorService threads;

    @BeforeAll
    static void start() {
        sandbox = Sandbox.start();
        threads = Executors.newFixedThreadPool(THREADS);
    }

    @AfterAll
    static void stop() {
        threads.shutdownNow();
        sandbox.close();
    }

    @BeforeEach
    void reset() {
        sandbox.reset();
    }

    @Test
    void everyThreadGetsItsOwnAnswer() throws Exception {
        try (QianchengClient client = sandbox.client()) {
            List<Future<Integer>> results = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                boolean listed = thread % 2 == 0;
                results.add(threads.submit(() -> {
                    int right = 0;
                    for (int call = 0; call < 25; call++) {
                        String mobile = listed ? People.LISTED : People.MOBILE;
                        right += client.blacklist().search(People.searching(mobile)).isIn() == listed ? 1 : 0;
                    }
                    return right;
                }));
            }
            for (Future<Integer> result : results) {
                assertEquals(25, result.get());
            }
        }
        int tokens = 0;
        for (JsonNode entry : sandbox.journal()) {
            tokens += "auth.token".equals(entry.path("endpoint").asText()) ? 1 : 0;
        }
        assertEquals(1, tokens, "one thread fetches the token for all");
    }

    @Test
    void closingInTheMidstOfCallsNeverCrashes() throws Exception {
        for (int round = 0; round < 20; round++) {
            QianchengClient client = sandbox.client();
            Session session = client.telecom().open(People.telecom("slow_1000").build());
            CountDownLatch warm = new CountDownLatch(THREADS);
            List<Future<?>> results = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                int number = thread;
                results.add(threads.submit(() -> {
                    warm.countDown();
                    while (true) {
                        try {
                            if (number % 2 == 0) {
                                client.blacklist().search(People.searching(People.MOBILE));
                            } else {
                                session.poll();
                            }
                        } catch (IllegalStateException closed) {
                            return closed;
                        } catch (QianchengException failed) {
                            // A call that was under way may end with an error; the next one is refused.
                            continue;
                        }
                    }
                }));
            }
            warm.await();
            if (round % 2 == 0) {
                session.close();
                client.close();
            } else {
                client.close();
                session.close();
            }
            for (Future<?> result : results) {
                assertTrue(result.get() instanceof IllegalStateException);
            }
        }
    }

    @Test
    void closingFromManyThreadsClosesOnce() throws Exception {
        for (int round = 0; round < 50; round++) {
            QianchengClient client = sandbox.client();
            List<Future<?>> results = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                results.add(threads.submit(client::close));
            }
            for (Future<?> result : results) {
                result.get();
            }
        }
    }

    @Test
    void aCallIsEndedFromAnotherThread() throws Exception {
        sandbox.fault(LATE);
        try (QianchengClient client = sandbox.client();
                Cancellation cancellation = new Cancellation();
                QianchengClient cancellable =
                        client.withOptions(CallOptions.builder().cancellation(cancellation).build())) {
            Future<?> call =
                    threads.submit(() -> cancellable.blacklist().search(People.searching(People.MOBILE)));
            sandbox.untilAsked("blacklist.search");
            cancellation.cancel();
            Throwable error = assertThrows(java.util.concurrent.ExecutionException.class, call::get).getCause();
            assertTrue(error instanceof CancelledException, String.valueOf(error));
            assertTrue(cancellation.isCancelled());
        }
    }

    @Test
    void anInterruptEndsTheCallAndStaysSet() throws Exception {
        sandbox.fault(LATE);
        try (QianchengClient client = sandbox.client()) {
            AtomicInteger interrupted = new AtomicInteger();
            CountDownLatch done = new CountDownLatch(1);
            List<Throwable> errors = new ArrayList<>();
            Thread caller = new Thread(() -> {
                try {
                    client.blacklist().search(People.searching(People.MOBILE));
                } catch (Throwable error) {
                    errors.add(error);
                    interrupted.set(Thread.currentThread().isInterrupted() ? 1 : 0);
                }
                done.countDown();
            });
            caller.start();
            sandbox.untilAsked("blacklist.search");
            caller.interrupt();
            done.await();
            assertTrue(errors.get(0) instanceof CancelledException, errors.toString());
            assertEquals(1, interrupted.get());
        }
    }
}
