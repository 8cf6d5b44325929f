package io.qiancheng;

import io.qiancheng.model.EbankOpenIdRequest;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** Sessions of the chapter. */
abstract class EbankSessions {
    final QianchengClient client;

    EbankSessions(QianchengClient client) {
        this.client = client;
    }

    /**
     * Opens a session (§5.1.1).
     *
     * @param request what to collect
     * @return the session
     * @throws QianchengException if it did not go well; its class says how
     */
    public final Session open(EbankOpenIdRequest request) {
        return Opening.open(client, SessionKind.EBANK, Checks.notNull(request, "request"), 0);
    }

    /**
     * Opens a session on a caller's executor.
     *
     * @param request what to collect
     * @param executor runs the call
     * @return the session, or the exception of {@link #open(EbankOpenIdRequest)}
     */
    public final CompletableFuture<Session> openAsync(EbankOpenIdRequest request, Executor executor) {
        Checks.notNull(request, "request");
        return Async.run(executor, cancel -> Opening.open(client, SessionKind.EBANK, request, cancel));
    }
}
