package io.qiancheng;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * Speaks to the vendor. Many threads may use it at once; one for a program is enough. A call runs on the thread that makes it, and
 * no thread is started. Interrupting the thread ends the call with a {@link CancelledException} whose cause is an
 * {@link InterruptedException}; the thread stays interrupted.
 *
 * <p>Endpoints are grouped as in the vendor's document: {@code client.telecom().getState(request)}.
 */
public final class QianchengClient extends Chapters implements AutoCloseable {
    private static final byte[] NOTHING = {};

    private final Handle handle;
    private final String origin;

    private QianchengClient(long number, Handle parent) {
        handle = new Handle(this, number, "client", parent);
        origin = Native.text(Native.origin(number));
    }

    /**
     * Sets a client up from scratch.
     *
     * @return a builder, of which everything but the account has a default
     */
    public static ClientBuilder builder() {
        return new ClientBuilder(false);
    }

    /**
     * Sets a client up from {@code QIANCHENG_USERNAME}, {@code QIANCHENG_PASSWORD}, {@code QIANCHENG_BASE_URL},
     * {@code QIANCHENG_ENV} ({@code production} or {@code test}) and {@code QIANCHENG_AUDIT_PUBLIC_KEY} (a PEM, or a path
     * to one).
     *
     * @return the client
     * @throws ConfigException if what is there makes no client
     */
    public static QianchengClient fromEnvironment() {
        return builderFromEnvironment().build();
    }

    /**
     * Sets a client up from the environment, as {@link #fromEnvironment} does, and from settings that overrule it.
     *
     * @return a builder
     */
    public static ClientBuilder builderFromEnvironment() {
        return new ClientBuilder(true);
    }

    static QianchengClient open(byte[] settings, boolean fromEnvironment) {
        Library.load();
        return new QianchengClient(Native.open(settings, fromEnvironment), null);
    }

    @Override
    QianchengClient client() {
        return this;
    }

    Handle handle() {
        return handle;
    }

    /**
     * Makes a client with other settings, which shares tokens, connections and counters with this one. It is closed with this
     * one, if not before.
     *
     * @param options what is different
     * @return the other client
     */
    public QianchengClient withOptions(CallOptions options) {
        Checks.notNull(options, "options");
        byte[] changes = ParameterWriter.write(null, options.settings());
        Cancellation cancellation = options.cancellation();
        if (cancellation == null) {
            return withOptions(changes, 0);
        }
        return cancellation.handle().with(0, (cancel, none) -> withOptions(changes, cancel));
    }

    private QianchengClient withOptions(byte[] changes, long cancel) {
        return handle.with(0, (client, none) -> new QianchengClient(Native.withOptions(client, changes, cancel), handle));
    }

    /** What generated methods call: makes a call and reads its answer. */
    <A> A send(Request request, Function<Received, A> read) {
        Checks.notNull(request, "request");
        return read.apply(call(request.endpoint(), request.values(), 0));
    }

    /** The same on an executor. */
    <A> CompletableFuture<A> sendAsync(Request request, Function<Received, A> read, Executor executor) {
        Checks.notNull(request, "request");
        return Async.run(executor, cancel -> read.apply(call(request.endpoint(), request.values(), cancel)));
    }

    /** A call without parameters. */
    <A> A send(String endpoint, Function<Received, A> read) {
        return read.apply(call(endpoint, NOTHING, 0));
    }

    /** The same on an executor. */
    <A> CompletableFuture<A> sendAsync(String endpoint, Function<Received, A> read, Executor executor) {
        return Async.run(executor, cancel -> read.apply(call(endpoint, NOTHING, cancel)));
    }

    /**
     * Makes a call by its id, such as {@code telecom.get_state}.
     *
     * @param endpoint the endpoint's id
     * @param parameters the parameters by name: texts ({@code char[]} for secrets), numbers, flags, times, maps, lists, requests and
     *     their parts, trees of Jackson's
     * @return the answer
     * @throws QianchengException if it did not go well; its class says how
     */
    public PlainAnswer call(String endpoint, Map<String, ?> parameters) {
        Checks.notNull(endpoint, "endpoint");
        Checks.notNull(parameters, "parameters");
        return new PlainAnswer(call(endpoint, parameters, 0));
    }

    /**
     * Makes a call by its id, with parameters in JSON.
     *
     * @param endpoint the endpoint's id
     * @param json a JSON object
     * @return the answer
     * @throws QianchengException if it did not go well; its class says how
     */
    public PlainAnswer call(String endpoint, String json) {
        Checks.notNull(endpoint, "endpoint");
        byte[] bytes = Secrets.bytes(Checks.notNull(json, "json"), "json");
        try {
            return new PlainAnswer(call(endpoint, bytes, 0));
        } finally {
            ParameterWriter.wipe(bytes);
        }
    }

    /**
     * Makes a call by its id, with parameters in JSON.
     *
     * @param endpoint the endpoint's id
     * @param json a JSON object
     * @return the answer
     * @throws QianchengException if it did not go well; its class says how
     */
    public PlainAnswer call(String endpoint, JsonNode json) {
        Checks.notNull(endpoint, "endpoint");
        return new PlainAnswer(call(endpoint, Json.bytes(Checks.notNull(json, "json")), 0));
    }

    /**
     * Makes a call by its id, with parameters in JSON.
     *
     * @param endpoint the endpoint's id
     * @param json a JSON object in UTF-8, which the caller may overwrite afterwards
     * @return the answer
     * @throws QianchengException if it did not go well; its class says how
     */
    public PlainAnswer call(String endpoint, byte[] json) {
        Checks.notNull(endpoint, "endpoint");
        return new PlainAnswer(call(endpoint, Checks.notNull(json, "json"), 0));
    }

    /**
     * Makes a call by its id on a caller's executor. Cancelling the future ends the call.
     *
     * @param endpoint the endpoint's id
     * @param parameters the parameters by name
     * @param executor runs the call
     * @return its answer, or the exception of the blocking method
     */
    public CompletableFuture<PlainAnswer> callAsync(
            String endpoint, Map<String, ?> parameters, Executor executor) {
        Checks.notNull(endpoint, "endpoint");
        Checks.notNull(parameters, "parameters");
        return Async.run(executor, cancel -> new PlainAnswer(call(endpoint, parameters, cancel)));
    }

    /**
     * Makes a call that this library does not know. Nothing is checked. A parameter {@code token} or {@code username} whose value
     * is null is filled in with the merchant's. It is never sent twice, unless it surely did not leave or its token was
     * refused.
     *
     * @param method {@code GET} or {@code POST}
     * @param path the path, which begins with {@code /}
     * @param parameters the parameters by name
     * @return the answer
     * @throws QianchengException if it did not go well; its class says how
     */
    public PlainAnswer callPath(String method, String path, Map<String, ?> parameters) {
        Checks.notNull(method, "method");
        Checks.notNull(path, "path");
        byte[] json = ParameterWriter.write(path, Checks.notNull(parameters, "parameters"));
        try {
            return new PlainAnswer(handle.with(0, (client, none) -> {
                long[] facts = new long[Native.FACTS];
                byte[] name = Native.bytes(method);
                return new Received(
                        path, Native.callPath(client, none, Log.heard(), name, Native.bytes(path), json, facts), facts);
            }));
        } finally {
            ParameterWriter.wipe(json);
        }
    }

    Received call(String endpoint, Map<String, ?> parameters, long cancel) {
        byte[] json = ParameterWriter.write(endpoint, parameters);
        try {
            return call(endpoint, json, cancel);
        } finally {
            ParameterWriter.wipe(json);
        }
    }

    private Received call(String endpoint, byte[] json, long cancel) {
        return handle.with(cancel, (client, ended) -> {
            long[] facts = new long[Native.FACTS];
            byte[] bytes = Native.call(client, ended, Log.heard(), Native.bytes(endpoint), json, facts);
            return new Received(endpoint, bytes, facts);
        });
    }

    /**
     * Resumes a session that was saved with a client of the same host and merchant.
     *
     * @param key the 32 bytes it was saved under
     * @param saved what {@link Session#save} gave
     * @return the session
     * @throws SessionException if it was saved elsewhere, or has been changed
     */
    public Session resume(byte[] key, String saved) {
        Checks.notNull(key, "key");
        Checks.notNull(saved, "saved");
        byte[] text = Native.bytes(saved);
        return handle.with(0, (client, none) -> new Session(Native.resume(client, key, text), handle));
    }

    /**
     * Says what this client and those made from it have done so far.
     *
     * @return a snapshot
     */
    public Stats stats() {
        return handle.with(0, (client, none) -> new Stats(Native.tree(Native.stats(client))));
    }

    /**
     * Closes the client, and the sessions and other clients that came from it. Calls that are under way go on to their end; later
     * ones are an {@link IllegalStateException}. Closing it again does nothing.
     */
    @Override
    public void close() {
        handle.close();
    }

    /** Says where it points. */
    @Override
    public String toString() {
        return "QianchengClient(" + origin + ")";
    }
}
