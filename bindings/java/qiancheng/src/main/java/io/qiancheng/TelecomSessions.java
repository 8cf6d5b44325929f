package io.qiancheng;

import io.qiancheng.model.TelecomOpenIdRequest;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** Sessions of the chapter. */
abstract class TelecomSessions {
    final QianchengClient client;

    TelecomSessions(QianchengClient client) {
        this.client = client;
    }

    /**
     * Opens a session (§3.1.1).
     *
     * @param request what to collect
     * @return the session
     * @throws QianchengException if it did not go well; its class says how
     */
    public final Session open(TelecomOpenIdRequest request) {
        return Opening.open(client, SessionKind.TELECOM, Checks.notNull(request, "request"), 0);
    }

    /**
     * Opens a session on a caller's executor.
     *
     * @param request what to collect
     * @param executor runs the call
     * @return the session, or the exception of {@link #open(TelecomOpenIdRequest)}
     */
    public final CompletableFuture<Session> openAsync(TelecomOpenIdRequest request, Executor executor) {
        Checks.notNull(request, "request");
        return Async.run(executor, cancel -> Opening.open(client, SessionKind.TELECOM, request, cancel));
    }
}
