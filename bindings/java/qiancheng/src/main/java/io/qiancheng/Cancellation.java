package io.qiancheng;

/**
 * Ends calls from another thread: those of a client that was made {@linkplain CallOptions.Builder#cancellation with it}. A call that
 * is ended throws {@link CancelledException}, whose {@link QianchengException#outcome} says whether the vendor may have
 * done it.
 */
public final class Cancellation implements AutoCloseable {
    private final Handle handle;
    private volatile boolean cancelled;

    /** One that has not been used. */
    public Cancellation() {
        Library.load();
        handle = new Handle(this, Native.newCancel(), "cancellation", null);
    }

    /** Ends all calls that carry it, now and in the future. */
    public void cancel() {
        long number = handle.enter();
        try {
            cancelled = true;
            Native.cancel(number);
        } finally {
            handle.leave();
        }
    }

    /**
     * Says whether {@link #cancel} was called.
     *
     * @return whether it was
     */
    public boolean isCancelled() {
        return cancelled;
    }

    Handle handle() {
        return handle;
    }

    /** Lets go of it. Calls that carry it go on, and cannot be ended by it any more. */
    @Override
    public void close() {
        handle.close();
    }
}
