package io.qiancheng;

import io.qiancheng.model.DegreeOpenIdRequest;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** Sessions of the chapter. */
abstract class DegreeSessions {
    final QianchengClient client;

    DegreeSessions(QianchengClient client) {
        this.client = client;
    }

    /**
     * Opens a session (§4.1.1). {@link Session#login(Request)} comes next.
     *
     * @param request what to collect
     * @return the session
     * @throws QianchengException if it did not go well; its class says how
     */
    public final Session open(DegreeOpenIdRequest request) {
        return Opening.open(client, SessionKind.DEGREE, Checks.notNull(request, "request"), 0);
    }

    /**
     * Opens a session on a caller's executor.
     *
     * @param request what to collect
     * @param executor runs the call
     * @return the session, or the exception of {@link #open(DegreeOpenIdRequest)}
     */
    public final CompletableFuture<Session> openAsync(DegreeOpenIdRequest request, Executor executor) {
        Checks.notNull(request, "request");
        return Async.run(executor, cancel -> Opening.open(client, SessionKind.DEGREE, request, cancel));
    }

    /**
     * Opens a session and logs in to it.
     *
     * @param request what to collect
     * @param account the borrower's 学信网 account
     * @param password its password, which the caller may overwrite afterwards
     * @return the session
     * @throws QianchengException if it did not go well; its class says how
     */
    public final Session open(DegreeOpenIdRequest request, String account, char[] password) {
        Map<String, Object> parameters = Opening.parameters(request);
        parameters.put("account", Checks.notNull(account, "account"));
        parameters.put("password", Checks.notNull(password, "password"));
        return Opening.open(client, SessionKind.DEGREE, parameters, 0);
    }
}
