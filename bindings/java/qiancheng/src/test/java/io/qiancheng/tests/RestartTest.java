package io.qiancheng.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.qiancheng.ConnectionException;
import io.qiancheng.Outcome;
import io.qiancheng.QianchengClient;
import java.net.URI;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** The vendor goes away in the middle of a call, and comes back. */
final class RestartTest {
    @Test
    void aCallInFlightFailsWithWhatIsKnownAndTheNextOneWorks() throws Exception {
        ExecutorService threads = Executors.newSingleThreadExecutor();
        Sandbox sandbox = Sandbox.start();
        String address = URI.create(sandbox.baseUrl()).getAuthority();
        try (QianchengClient client = sandbox.client()) {
            assertFalse(client.blacklist().search(People.searching(People.MOBILE)).isIn());
            sandbox.fault("{'match': {'endpoint': 'telecom.open_id'}, 'fault': {'kind': 'latency', 'ms': 600000}}");
            Future<?> call = threads.submit(() -> client.telecom().openId(People.telecom("x").build()));
            sandbox.untilAsked("telecom.open_id");
            sandbox.kill();
            Throwable error = assertThrows(ExecutionException.class, call::get).getCause();
            assertTrue(error instanceof ConnectionException, String.valueOf(error));
            assertEquals(Outcome.UNKNOWN, ((ConnectionException) error).outcome());
            assertFalse(((ConnectionException) error).retryable());

            ConnectionException gone = assertThrows(
                    ConnectionException.class, () -> client.telecom().openId(People.telecom("x").build()));
            assertEquals(Outcome.NOT_SENT, gone.outcome());
            assertTrue(gone.retryable());

            sandbox = Sandbox.listening(address);
            assertTrue(client.blacklist().search(People.searching(People.LISTED)).isIn());
        } finally {
            sandbox.close();
            threads.shutdownNow();
        }
    }
}
