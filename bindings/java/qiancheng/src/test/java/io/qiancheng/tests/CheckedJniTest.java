package io.qiancheng.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.qiancheng.QianchengClient;
import io.qiancheng.QianchengException;
import io.qiancheng.Session;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** The JVM's own checks of native code have nothing to say. */
final class CheckedJniTest {
    private static final String DONE = "everything was done";

    @Test
    void theJvmFindsNothingWrong() throws Exception {
        ChildJvm.Ended ended =
                new ChildJvm().withLibrary().with("-Xcheck:jni", "-Xmx64m").run(CheckedJniTest.class);
        assertTrue(ended.output.contains(DONE), ended.output);
        assertEquals(0, ended.status);
        assertFalse(ended.output.contains("WARNING"), ended.output);
        assertFalse(ended.output.contains("FATAL"), ended.output);
    }

    /** Something of everything: calls that go well and wrong, sessions, many threads, closing. */
    public static void main(String[] arguments) throws Exception {
        try (Sandbox sandbox = Sandbox.start()) {
            try (QianchengClient client = sandbox.client()) {
                client.blacklist().search(People.searching(People.LISTED)).isIn();
                client.ebank().bankInfo().items();
                client.stats();
                fails(() -> client.call("blacklist.search", Collections.singletonMap("nmae", "𠮷")));
                fails(() -> client.call("no.such", "{}"));
                fails(() -> client.call("blacklist.search", "not JSON"));
                fails(() -> client.telecom().openId(People.telecom("wrong").build()));
                try (Session session = client.telecom().open(People.telecom("captcha_then_query").build())) {
                    session.collect(Answers::to);
                    session.rawData().text();
                    session.report().text();
                    byte[] key = new byte[32];
                    client.resume(key, session.save(key)).close();
                    fails(() -> session.submit("no-such-challenge", "123456"));
                }
                ExecutorService threads = Executors.newFixedThreadPool(8);
                List<Future<?>> calls = new ArrayList<>();
                for (int call = 0; call < 64; call++) {
                    calls.add(threads.submit(() -> client.blacklist().search(People.searching(People.MOBILE))));
                }
                for (Future<?> call : calls) {
                    call.get();
                }
                threads.shutdown();
            }
            fails(() -> QianchengClient.builder().baseUrl("nonsense").account("a", "b").build());
        }
        System.out.println(DONE);
    }

    private static void fails(Runnable call) {
        try {
            call.run();
        } catch (QianchengException expected) {
            return;
        }
        throw new AssertionError("it went well");
    }
}
