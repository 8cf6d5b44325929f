package io.qiancheng;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;

/** Speaks to the vendor. Safe to share between threads; one for a program is enough. */
public final class QianchengClient extends Chapters implements AutoCloseable {
    QianchengClient() {}

    @Override
    QianchengClient client() {
        return this;
    }

    /** What generated methods call: makes a call and reads its answer. */
    <A> A send(Request request, Function<Received, A> read) {
        return read.apply(call(request.endpoint(), request.values()));
    }

    /** The same on an executor. */
    <A> CompletableFuture<A> sendAsync(Request request, Function<Received, A> read, Executor executor) {
        return CompletableFuture.supplyAsync(() -> send(request, read), executor);
    }

    /** A call without parameters. */
    <A> A send(String endpoint, Function<Received, A> read) {
        return read.apply(call(endpoint, java.util.Collections.emptyMap()));
    }

    /** The same on an executor. */
    <A> CompletableFuture<A> sendAsync(String endpoint, Function<Received, A> read, Executor executor) {
        return CompletableFuture.supplyAsync(() -> send(endpoint, read), executor);
    }

    private Received call(String endpoint, Map<String, Object> parameters) {
        throw new IllegalStateException("the native library is not there yet: " + endpoint + parameters.size());
    }

    @Override
    public void close() {}
}
