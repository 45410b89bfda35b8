package io.etalon.benchmarks.work;

import java.io.IOException;
import java.sql.SQLException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Steps that many threads repeat at the same time for a while.
 *
 * @param threads each with a step of its own
 * @param seconds how long; less when the work runs out
 * @param everyNanos how often a thread begins a step; 0 for as often as it can
 */
record Load(int threads, double seconds, long everyNanos) {
    /** One thing that is repeated; false when nothing is left to do. */
    interface Step extends AutoCloseable {
        boolean run() throws SQLException, IOException;

        @Override
        default void close() throws SQLException, IOException {}
    }

    /**
     * What was done.
     *
     * @param count steps
     * @param decay rate of the second half of the time over that of the first half; of each half the median of its eight
     *     parts, so that one checkpoint of the database is no decay; NaN when the work ran out at once
     * @param p99 milliseconds that 99 of 100 steps took at most
     */
    record Done(long count, double rate, double decay, double p99) {}

    static Load of(int threads, double seconds) {
        return new Load(threads, seconds, 0);
    }

    /** Runs until the time is over, the work runs out, or a step fails. */
    Done run(ThreadFactory factory, IntFunction<Step> steps) {
        var race = new Race(System.nanoTime() + 600_000_000_000L);
        var ready = new CountDownLatch(threads);
        var start = new CountDownLatch(1);
        var end = new CountDownLatch(threads);
        for (var i = 0; i < threads; i++) {
            var number = i;
            factory.newThread(() -> {
                        try (var step = steps.apply(number)) {
                            ready.countDown();
                            start.await();
                            repeat(step, race, number);
                        } catch (SQLException | IOException | InterruptedException | RuntimeException e) {
                            race.failures.add(e);
                            race.limit.set(0);
                            ready.countDown();
                        } finally {
                            end.countDown();
                        }
                    })
                    .start();
        }
        await(ready);
        race.begin(System.nanoTime(), seconds);
        start.countDown();
        await(end);
        if (!race.failures.isEmpty()) {
            throw new IllegalStateException("a step of the load failed", race.failures.peek());
        }
        return race.done();
    }

    private void repeat(Step step, Race race, int number) throws SQLException, IOException {
        var latencies = new Latencies();
        var next = race.begun + everyNanos * number / threads;
        while (true) {
            if (everyNanos > 0) {
                LockSupport.parkNanos(next - System.nanoTime());
            }
            var before = System.nanoTime();
            if (before >= race.limit.get()) {
                break;
            }
            // What comes late because the step before took long has waited since its own time.
            var due = everyNanos > 0 ? next : before;
            next += everyNanos;
            if (!step.run()) {
                race.limit.accumulateAndGet(System.nanoTime(), Math::min);
                break;
            }
            var now = System.nanoTime();
            latencies.add(now - due);
            race.count(now);
        }
        race.latencies.add(latencies);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while measuring", e);
        }
    }

    /** What the threads of one load share. */
    private static final class Race {
        private static final int PARTS = 16;

        final AtomicLong limit;
        /** Steps, by the part of the time in which they ended. */
        private final AtomicLongArray steps = new AtomicLongArray(PARTS);

        final ConcurrentLinkedQueue<Exception> failures = new ConcurrentLinkedQueue<>();
        final ConcurrentLinkedQueue<Latencies> latencies = new ConcurrentLinkedQueue<>();
        volatile long begun;
        private volatile long part;

        Race(long limit) {
            this.limit = new AtomicLong(limit);
        }

        void begin(long now, double seconds) {
            begun = now;
            part = (long) (seconds * 1e9) / PARTS;
            limit.accumulateAndGet(now + (long) (seconds * 1e9), Math::min);
        }

        void count(long now) {
            steps.incrementAndGet((int) Math.min(PARTS - 1, (now - begun) / part));
        }

        Done done() {
            var end = Math.min(System.nanoTime(), limit.get());
            var whole = (int) Math.min(PARTS, (end - begun) / part);
            var count = parts(0, PARTS).sum();
            var decay = median(whole / 2, whole) / median(0, whole / 2);
            var all = new Latencies();
            latencies.forEach(some -> some.stream().forEach(all::add));
            return new Done(count, count / ((end - begun) / 1e9), decay, all.p99());
        }

        private LongStream parts(int from, int to) {
            return IntStream.range(from, to).mapToLong(steps::get);
        }

        private double median(int from, int to) {
            var sorted = parts(from, to).sorted().toArray();
            var middle = sorted.length / 2;
            return sorted.length == 0
                    ? Double.NaN
                    : sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2.0;
        }
    }
}
