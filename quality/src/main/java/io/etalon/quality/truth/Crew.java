package io.etalon.quality.truth;

import java.util.ArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A fixed number of threads, the caller's among them, that share a run of items in chunks: who is idle takes the next.
 * Which member does which chunk is left to chance, so that only sums without rounding may be kept for each member.
 */
final class Crew implements AutoCloseable {
    private final int members;
    private final ExecutorService others;

    Crew(int members) {
        this.members = members;
        this.others = Executors.newFixedThreadPool(Math.max(1, members - 1));
    }

    int members() {
        return members;
    }

    /** Work of one member on the items {@code from} to {@code to} (exclusive). */
    @FunctionalInterface
    interface Share {
        void run(int member, int from, int to);
    }

    /** Runs the work on all items and returns when it is done. */
    void share(int items, int chunk, Share work) {
        var next = new AtomicLong();
        var running = new ArrayList<Future<?>>();
        // Fewer chunks than members leave the rest at home.
        for (var i = 1; i < members && (long) i * chunk < items; i++) {
            var member = i;
            running.add(others.submit(() -> take(member, next, items, chunk, work)));
        }
        take(0, next, items, chunk, work);
        try {
            for (var future : running) {
                future.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while fitting", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a part of the sweep failed", e.getCause());
        }
    }

    private static void take(int member, AtomicLong next, int items, int chunk, Share work) {
        for (var from = next.getAndAdd(chunk); from < items; from = next.getAndAdd(chunk)) {
            work.run(member, (int) from, (int) Math.min(items, from + chunk));
        }
    }

    @Override
    public void close() {
        others.shutdownNow();
    }
}
