package io.qiancheng;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** Runs calls on a caller's executor. */
final class Async {
    private Async() {}

    /** A call that can be ended by a cancellation. */
    interface Work<T> {
        T run(long cancel);
    }

    /**
     * Runs a call. A future that is cancelled, or completed in another way, ends the call: nobody waits for it any more.
     */
    static <T> CompletableFuture<T> run(Executor executor, Work<T> work) {
        Checks.notNull(executor, "executor");
        CompletableFuture<T> future = new CompletableFuture<>();
        Cancellation cancellation = new Cancellation();
        try {
            executor.execute(() -> complete(future, cancellation, work));
        } catch (RuntimeException refused) {
            cancellation.close();
            throw refused;
        }
        return future;
    }

    private static <T> void complete(CompletableFuture<T> future, Cancellation cancellation, Work<T> work) {
        T value;
        try (Cancellation closed = cancellation) {
            if (future.isDone()) {
                return;
            }
            future.whenComplete((result, error) -> end(closed));
            long cancel = closed.handle().enter();
            try {
                value = work.run(cancel);
            } finally {
                closed.handle().leave();
            }
        } catch (Throwable error) {
            future.completeExceptionally(error);
            return;
        }
        future.complete(value);
    }

    /** Ends the call, if it has not ended. */
    private static void end(Cancellation cancellation) {
        if (!cancellation.handle().isClosed()) {
            try {
                cancellation.cancel();
            } catch (IllegalStateException ended) {
                Log.debug("a future was completed as its call ended");
            }
        }
    }
}
