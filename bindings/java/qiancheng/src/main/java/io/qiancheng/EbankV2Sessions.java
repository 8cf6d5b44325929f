package io.qiancheng;

import io.qiancheng.model.EbankV2OpenIdRequest;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** Sessions of the chapter. */
abstract class EbankV2Sessions {
    final QianchengClient client;

    EbankV2Sessions(QianchengClient client) {
        this.client = client;
    }

    /**
     * Opens a session (§6.1.1). {@link Session#banks} and {@link Session#login(Request)} come next.
     *
     * @param request what to collect
     * @return the session
     * @throws QianchengException if it did not go well; its class says how
     */
    public final Session open(EbankV2OpenIdRequest request) {
        return Opening.open(client, SessionKind.EBANK_V2, Checks.notNull(request, "request"), 0);
    }

    /**
     * Opens a session on a caller's executor.
     *
     * @param request what to collect
     * @param executor runs the call
     * @return the session, or the exception of {@link #open(EbankV2OpenIdRequest)}
     */
    public final CompletableFuture<Session> openAsync(EbankV2OpenIdRequest request, Executor executor) {
        Checks.notNull(request, "request");
        return Async.run(executor, cancel -> Opening.open(client, SessionKind.EBANK_V2, request, cancel));
    }

    /**
     * Opens a session and logs in to it.
     *
     * @param request what to collect
     * @param entryId the way to log in, from {@link Session#banks}
     * @param loginName ID number, card number, login name or mobile number, as the way to log in wants it
     * @param password the password, which the caller may overwrite afterwards
     * @return the session
     * @throws QianchengException if it did not go well; its class says how
     */
    public final Session open(EbankV2OpenIdRequest request, String entryId, String loginName, char[] password) {
        Map<String, Object> parameters = Opening.parameters(request);
        parameters.put("entry_id", Checks.notNull(entryId, "entryId"));
        parameters.put("login_name", Checks.notNull(loginName, "loginName"));
        parameters.put("password", Checks.notNull(password, "password"));
        return Opening.open(client, SessionKind.EBANK_V2, parameters, 0);
    }
}
