package io.qiancheng;

import com.fasterxml.jackson.databind.JsonNode;
import io.qiancheng.model.DegreeRawDataAnswer;
import io.qiancheng.model.EbankRawDataAnswer;
import io.qiancheng.model.EbankV2BankList;
import io.qiancheng.model.EbankV2RawDataAnswer;
import io.qiancheng.model.TelecomRawDataAnswer;
import io.qiancheng.model.TelecomReportAnswer;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A collection that is under way: a value, not a thread. {@link #poll} makes one round trip and never sleeps; a {@link Challenge} it
 * returns is answered with {@link #submit}; {@link #save} writes it down for another process or web request. Many threads may
 * use it at once. It must end ten minutes after it was opened. Closing it lets go of it on this side only; it is closed with its
 * client.
 */
public final class Session implements AutoCloseable {
    private final Handle handle;
    private final SessionKind kind;

    Session(long number, Handle client) {
        handle = new Handle(this, number, "session", client);
        kind = SessionKind.of(Native.tree(Native.describe(number)).path("kind").asText());
    }

    private JsonNode describe() {
        return handle.with(0, (session, cancel) -> Native.tree(Native.describe(session)));
    }

    /**
     * Says what is collected.
     *
     * @return the kind
     */
    public SessionKind kind() {
        return kind;
    }

    /**
     * Gives the session's key at the vendor, in clear.
     *
     * @return the {@code open_id}
     */
    public String openId() {
        return describe().path("open_id").asText();
    }

    /**
     * Says when the session ends, whatever its state.
     *
     * @return the moment
     */
    public Instant expiresAt() {
        return Instant.ofEpochMilli(describe().path("expires_at").longValue());
    }

    /**
     * Gives what the vendor said at the last poll.
     *
     * @return the status, or {@code null} before the first
     */
    public Status status() {
        return Status.of(describe().path("status"));
    }

    /**
     * Says whose licence text the borrower is shown, in e-bank's second version: 1 卡牛, 2 坚果, 3 新颜.
     *
     * @return the number, or {@code null} for other kinds
     */
    public Long provider() {
        JsonNode provider = describe().path("provider");
        return provider.isNumber() ? (Long) provider.longValue() : null;
    }

    /**
     * Asks how the session stands: one round trip, no sleep. A session that has ended says so without asking.
     *
     * @return how it stands
     * @throws QianchengException if it cannot be asked
     */
    public Step poll() {
        return handle.with(0, Session::poll);
    }

    /**
     * Asks how the session stands, on a caller's executor.
     *
     * @param executor runs the call
     * @return how it stands, or the exception of {@link #poll}
     */
    public CompletableFuture<Step> pollAsync(Executor executor) {
        return handle.async(executor, Session::poll);
    }

    private static Step poll(long session, long cancel) {
        return Step.of(Native.poll(session, cancel, Log.heard()));
    }

    /**
     * Waits for the pause that is due, and asks how the session stands: for a loop that ends when the step {@linkplain Step#isLast is
     * the last}.
     *
     * @return how it stands, or {@code null} if the last step or an error has been before
     * @throws QianchengException if it cannot be asked
     */
    public Step next() {
        return handle.with(0, (session, cancel) -> Step.of(Native.next(session, cancel, Log.heard())));
    }

    /**
     * Answers a challenge. One that is superseded, answered or over is refused, and nothing is sent. If the answer's fate is unknown
     * ({@link QianchengException#outcome}), poll: it must not be sent again, and is not.
     *
     * @param challenge the challenge
     * @param answer what the borrower said
     * @throws ChallengeException if it is not the one to answer
     */
    public void submit(Challenge challenge, String answer) {
        submit(Checks.notNull(challenge, "challenge").id(), answer);
    }

    /**
     * Answers a challenge; see {@link #submit(Challenge, String)}.
     *
     * @param challenge the challenge's id
     * @param answer what the borrower said
     * @throws ChallengeException if it is not the one to answer
     */
    public void submit(String challenge, String answer) {
        submit(challenge, (Object) answer, 0);
    }

    /**
     * Answers a challenge; see {@link #submit(Challenge, String)}.
     *
     * @param challenge the challenge's id
     * @param answer what the borrower said, which the caller may overwrite afterwards
     * @throws ChallengeException if it is not the one to answer
     */
    public void submit(String challenge, char[] answer) {
        submit(challenge, (Object) answer, 0);
    }

    /**
     * Answers a challenge on a caller's executor.
     *
     * @param challenge the challenge's id
     * @param answer what the borrower said
     * @param executor runs the call
     * @return nothing, or the exception of {@link #submit(Challenge, String)}
     */
    public CompletableFuture<Void> submitAsync(String challenge, String answer, Executor executor) {
        Checks.notNull(challenge, "challenge");
        Checks.notNull(answer, "answer");
        return Async.run(executor, cancel -> submit(challenge, answer, cancel));
    }

    private Void submit(String challenge, Object answer, long cancel) {
        byte[] id = Native.bytes(Checks.notNull(challenge, "challenge"));
        byte[] bytes = Secrets.bytes(Checks.notNull(answer, "answer"), "answer");
        try {
            return handle.with(cancel, (session, ended) -> {
                Native.submit(session, ended, Log.heard(), id, bytes);
                return null;
            });
        } finally {
            ParameterWriter.wipe(bytes);
        }
    }

    /**
     * Has a challenge sent again, which supersedes it: poll for the new one.
     *
     * @param challenge the challenge
     * @throws ChallengeException if it cannot be sent again
     */
    public void resend(Challenge challenge) {
        resend(Checks.notNull(challenge, "challenge").id());
    }

    /**
     * Has a challenge sent again, which supersedes it: poll for the new one.
     *
     * @param challenge the challenge's id
     * @throws ChallengeException if it cannot be sent again
     */
    public void resend(String challenge) {
        byte[] id = Native.bytes(Checks.notNull(challenge, "challenge"));
        handle.with(0, (session, cancel) -> {
            Native.resend(session, cancel, Log.heard(), id);
            return null;
        });
    }

    /**
     * Logs in to a session that was opened without a login. {@code degree} takes {@code account}, {@code password} and {@code sync};
     * {@code ebank_v2} takes {@code entry_id}, {@code login_name} and {@code password}. If its fate is unknown, poll.
     *
     * @param parameters the parameters by name
     * @throws QianchengException if it did not go well
     */
    public void login(Map<String, ?> parameters) {
        Map<String, Object> login = new LinkedHashMap<>(Checks.notNull(parameters, "parameters"));
        // It is the session's own.
        login.remove("open_id");
        byte[] json = ParameterWriter.write(kind.text() + ".login", login);
        try {
            handle.with(0, (session, cancel) -> {
                Native.login(session, cancel, Log.heard(), json);
                return null;
            });
        } finally {
            ParameterWriter.wipe(json);
        }
    }

    /**
     * Logs in to a session that was opened without a login; see {@link #login(Map)}.
     *
     * @param request the chapter's login request
     * @throws QianchengException if it did not go well
     */
    public void login(Request request) {
        login(Checks.notNull(request, "request").values());
    }

    /**
     * Fetches the banks of a session of e-bank's second version, to choose a login from.
     *
     * @return the banks
     * @throws QianchengException if it did not go well
     */
    public EbankV2BankList banks() {
        return new EbankV2BankList(handle.with(0, (session, cancel) -> fetch(session, cancel, "ebank_v2.bank_list", Native.BANKS)));
    }

    /**
     * Leads the session to its end: polls with the pauses that are due, has challenges answered, and forgives polls that fail and
     * answers that were wrong or came too late.
     *
     * @param ask is given a challenge, and says what to do about it
     * @throws SessionException if the collection fails or expires
     * @throws QianchengException if it did not go well in another way
     */
    public void collect(Function<Challenge, Response> ask) {
        collect(ask, step -> { });
    }

    /**
     * Leads the session to its end; see {@link #collect(Function)}. What a callback throws ends it, and is thrown.
     *
     * @param ask is given a challenge, and says what to do about it
     * @param watch sees every step
     * @throws SessionException if the collection fails or expires
     * @throws QianchengException if it did not go well in another way
     */
    public void collect(Function<Challenge, Response> ask, Consumer<Step> watch) {
        Checks.notNull(ask, "ask");
        Checks.notNull(watch, "watch");
        handle.with(0, (session, cancel) -> {
            Collecting.lead(session, handle, cancel, ask, watch);
            return null;
        });
    }

    /**
     * Leads the session to its end on a caller's executor, whose thread is kept until then. Cancelling the future ends it.
     *
     * @param ask is given a challenge, and says what to do about it
     * @param watch sees every step
     * @param executor runs it, and the callbacks
     * @return nothing, or the exception of {@link #collect(Function, Consumer)}
     */
    public CompletableFuture<Void> collectAsync(
            Function<Challenge, Response> ask, Consumer<Step> watch, Executor executor) {
        Checks.notNull(ask, "ask");
        Checks.notNull(watch, "watch");
        return handle.async(executor, (session, cancel) -> {
            Collecting.lead(session, handle, cancel, ask, watch);
            return null;
        });
    }

    /**
     * Fetches the raw data of a session that has finished.
     *
     * @return the document
     * @throws CollectingException if it has not finished
     * @throws QianchengException if it did not go well in another way
     */
    public Document rawData() {
        return handle.with(0, this::rawData);
    }

    /**
     * Fetches the raw data on a caller's executor.
     *
     * @param executor runs the call
     * @return the document, or the exception of {@link #rawData}
     */
    public CompletableFuture<Document> rawDataAsync(Executor executor) {
        return handle.async(executor, this::rawData);
    }

    private Document rawData(long session, long cancel) {
        Received received = fetch(session, cancel, kind.text() + ".raw_data", Native.RAW_DATA);
        switch (kind) {
            case TELECOM:
                return new TelecomRawDataAnswer(received);
            case DEGREE:
                return new DegreeRawDataAnswer(received);
            case EBANK:
                return new EbankRawDataAnswer(received);
            default:
                return new EbankV2RawDataAnswer(received);
        }
    }

    /**
     * Fetches the report of a telecom session that has finished.
     *
     * @return the document
     * @throws CollectingException if it has not finished
     * @throws QianchengException if it did not go well in another way
     */
    public Document report() {
        return new TelecomReportAnswer(
                handle.with(0, (session, cancel) -> fetch(session, cancel, "telecom.report", Native.REPORT)));
    }

    /**
     * Fetches the report on a caller's executor.
     *
     * @param executor runs the call
     * @return the document, or the exception of {@link #report}
     */
    public CompletableFuture<Document> reportAsync(Executor executor) {
        return handle.async(executor, (session, cancel) ->
                new TelecomReportAnswer(fetch(session, cancel, "telecom.report", Native.REPORT)));
    }

    private static Received fetch(long session, long cancel, String endpoint, int what) {
        long[] facts = new long[Native.FACTS];
        return new Received(endpoint, Native.fetch(session, cancel, Log.heard(), what, facts), facts);
    }

    /**
     * Writes the session down, encrypted, for {@link QianchengClient#resume} in another process or web request. No password, no
     * captcha and nothing about the borrower is in it.
     *
     * @param key 32 random bytes that stay on your side
     * @return the text
     * @throws CryptoException if the key has another length
     */
    public String save(byte[] key) {
        Checks.notNull(key, "key");
        return handle.with(0, (session, cancel) -> Native.text(Native.save(session, key)));
    }

    /** Ends the session on this side: nothing more is sent for it. */
    public void cancel() {
        handle.with(0, (session, cancel) -> {
            Native.cancelSession(session);
            return null;
        });
    }

    /** Lets go of the session. The vendor goes on with it; {@link #save} it first to go on, too. */
    @Override
    public void close() {
        handle.close();
    }

    /** Says what it is and how it stands; of the {@code open_id}, the beginning. */
    @Override
    public String toString() {
        if (handle.isClosed()) {
            return "Session(" + kind.text() + ", closed)";
        }
        JsonNode description = describe();
        Status status = Status.of(description.path("status"));
        return "Session(" + kind.text() + ", " + description.path("masked_open_id").asText() + ", "
                + (status == null ? "not polled yet" : status) + ")";
    }
}
