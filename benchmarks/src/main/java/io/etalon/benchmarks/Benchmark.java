package io.etalon.benchmarks;

import java.util.List;

/** A set of measurements that runs as one command. */
public interface Benchmark {
    /** The word after {@code etalon bench}. */
    String name();

    /** Measures; a peer that cannot be had is said on standard error and its goals do not hold. */
    List<Goal> run(Options options);

    /**
     * How to measure.
     *
     * @param quick smaller inputs, so that the whole ends within three minutes
     */
    record Options(boolean quick) {}
}
