package io.qiancheng.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads that share the work: whoever is free takes the next unit. They stay from round to round. */
final class Crew implements AutoCloseable {
    private final ExecutorService threads;
    private final int size;

    Crew(int size) {
        this.size = size;
        this.threads = Executors.newFixedThreadPool(size);
    }

    Harness.Work working(Harness.Unit unit) {
        return units -> {
            AtomicInteger left = new AtomicInteger(units);
            List<Future<Long>> shares = new ArrayList<>();
            for (int thread = 0; thread < size; thread++) {
                shares.add(threads.submit(() -> {
                    long before = Harness.allocated();
                    while (left.getAndDecrement() > 0) {
                        unit.run();
                    }
                    return Harness.allocated() - before;
                }));
            }
            long allocated = 0;
            for (Future<Long> share : shares) {
                allocated += share.get();
            }
            return allocated;
        };
    }

    @Override
    public void close() {
        threads.shutdown();
    }
}
