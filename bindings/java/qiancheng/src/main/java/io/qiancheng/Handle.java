package io.qiancheng;

import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Guards an object of the native library. It is let go of when it has been closed and the last call that uses it has
 * ended; what belongs to it is closed with it. One that is lost without having been closed is let go of when the next is made or
 * closed: there is no finalizer and no thread.
 */
final class Handle extends PhantomReference<Object> {
    private static final ReferenceQueue<Object> LOST = new ReferenceQueue<>();
    /** A phantom reference is told of its object's end only while it can itself be reached. */
    private static final Set<Handle> OPEN = ConcurrentHashMap.newKeySet();
    private static final int CLOSED = Integer.MIN_VALUE;

    private final long number;
    private final String what;
    private final Handle parent;
    private final Set<Handle> children = ConcurrentHashMap.newKeySet();
    /** How many calls use it; with {@link #CLOSED} once it is closed. */
    private final AtomicInteger uses = new AtomicInteger();

    /**
     * Guards a number for an object of Java's.
     *
     * @param owner whose end is the handle's end
     * @param number the native library's number
     * @param what it is called in an error
     * @param parent what it belongs to, or null
     */
    Handle(Object owner, long number, String what, Handle parent) {
        super(owner, LOST);
        this.number = number;
        this.what = what;
        this.parent = parent;
        OPEN.add(this);
        if (parent != null) {
            parent.children.add(this);
            if (parent.isClosed()) {
                close();
            }
        }
        releaseLost();
    }

    /** What is done with the number. */
    interface Work<T> {
        T run(long number, long cancel);
    }

    /** Does something with the number, which is not let go of until it is done. */
    <T> T with(long cancel, Work<T> work) {
        long number = enter();
        try {
            return work.run(number, cancel);
        } finally {
            leave();
        }
    }

    /** The same on an executor; see {@link Async#run}. */
    <T> CompletableFuture<T> async(Executor executor, Work<T> work) {
        return Async.run(executor, cancel -> with(cancel, work));
    }

    /** Begins a use, which {@link #leave} ends. */
    long enter() {
        for (; ; ) {
            int now = uses.get();
            if (now < 0) {
                throw new IllegalStateException("the " + what + " is closed");
            }
            if (uses.compareAndSet(now, now + 1)) {
                return number;
            }
        }
    }

    void leave() {
        if (uses.decrementAndGet() == CLOSED) {
            release();
        }
    }

    boolean isClosed() {
        return uses.get() < 0;
    }

    void close() {
        for (; ; ) {
            int now = uses.get();
            if (now < 0) {
                return;
            }
            if (uses.compareAndSet(now, now | CLOSED)) {
                for (Handle child : children) {
                    child.close();
                }
                if (now == 0) {
                    release();
                }
                break;
            }
        }
        releaseLost();
    }

    private void release() {
        clear();
        OPEN.remove(this);
        if (parent != null) {
            parent.children.remove(this);
        }
        Native.release(number);
    }

    private static void releaseLost() {
        for (Reference<?> lost = LOST.poll(); lost != null; lost = LOST.poll()) {
            ((Handle) lost).close();
        }
    }
}
