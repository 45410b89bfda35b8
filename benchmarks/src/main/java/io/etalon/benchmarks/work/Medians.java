package io.etalon.benchmarks.work;

import java.util.List;
import java.util.function.ToDoubleFunction;

/** The middle of repeated measurements: one that something else on the machine disturbed counts as one. */
final class Medians {
    private Medians() {}

    /** @param samples at least one */
    static <T> double of(List<T> samples, ToDoubleFunction<T> figure) {
        var sorted = samples.stream().mapToDouble(figure).sorted().toArray();
        var half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }
}
