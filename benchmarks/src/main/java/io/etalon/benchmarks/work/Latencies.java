package io.etalon.benchmarks.work;

import java.util.Arrays;
import java.util.stream.LongStream;

/** Nanoseconds, in the order they were measured. Not thread-safe. */
final class Latencies {
    private long[] nanos = new long[1_024];
    private int size;

    void add(long one) {
        if (size == nanos.length) {
            nanos = Arrays.copyOf(nanos, size * 2);
        }
        nanos[size++] = one;
    }

    int size() {
        return size;
    }

    LongStream stream() {
        return LongStream.of(nanos).limit(size);
    }

    /** Milliseconds that 99 of 100 took at most; NaN when nothing was measured. */
    double p99() {
        var sorted = stream().sorted().toArray();
        return sorted.length == 0 ? Double.NaN : sorted[(int) (sorted.length * 0.99)] / 1e6;
    }
}
