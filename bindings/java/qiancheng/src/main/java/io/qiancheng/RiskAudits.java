package io.qiancheng;

import io.qiancheng.model.OpenedAnswer;
import io.qiancheng.model.RiskAuditRequest;
import io.qiancheng.model.RiskVerdictAnswer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** Audits from their submission to their verdict. */
abstract class RiskAudits {
    final QianchengClient client;

    RiskAudits(QianchengClient client) {
        this.client = client;
    }

    /**
     * Submits an application; its verdict is waited for with {@link #await}. It is never sent twice by this library.
     *
     * @param request the application
     * @return the audit's {@code open_id}
     * @throws QianchengException if it did not go well; its class says how
     */
    public final String submit(RiskAuditRequest request) {
        return client.send(request, OpenedAnswer::new).openId();
    }

    /**
     * Waits for an audit's verdict.
     *
     * @param openId what {@link #submit} gave
     * @param limit how long to wait at most
     * @return the verdict
     * @throws CallTimeoutException if there is none yet: the audit goes on, and can be waited for again
     * @throws QianchengException if it did not go well in another way
     */
    public final RiskVerdictAnswer await(String openId, Duration limit) {
        return await(openId, limit, 0);
    }

    /**
     * Waits for an audit's verdict on a caller's executor, whose thread is kept until then.
     *
     * @param openId what {@link #submit} gave
     * @param limit how long to wait at most
     * @param executor runs the calls
     * @return the verdict, or the exception of {@link #await}
     */
    public final CompletableFuture<RiskVerdictAnswer> awaitAsync(String openId, Duration limit, Executor executor) {
        Checks.notNull(openId, "openId");
        Checks.notNull(limit, "limit");
        return Async.run(executor, cancel -> await(openId, limit, cancel));
    }

    private RiskVerdictAnswer await(String openId, Duration limit, long cancel) {
        byte[] id = Native.bytes(Checks.notNull(openId, "openId"));
        long milliseconds = Checks.notNull(limit, "limit").toMillis();
        return client.handle().with(cancel, (number, ended) -> {
            long[] facts = new long[Native.FACTS];
            byte[] bytes = Native.awaitVerdict(number, ended, Log.heard(), id, milliseconds, facts);
            return new RiskVerdictAnswer(new Received("risk.result", bytes, facts));
        });
    }
}
