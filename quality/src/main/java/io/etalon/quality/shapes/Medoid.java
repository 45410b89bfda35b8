package io.etalon.quality.shapes;

import java.util.List;
import java.util.function.ToDoubleBiFunction;

/** The one of several shapes that the others agree with best. */
final class Medoid {
    private Medoid() {}

    /** The shape with the highest sum of overlaps; among equals the first by content. The list must not be empty. */
    static <S extends Comparable<S>> S of(List<S> all, ToDoubleBiFunction<S, S> overlap) {
        var sorted = all.stream().sorted().toList();
        var best = sorted.getFirst();
        var most = Double.NEGATIVE_INFINITY;
        for (var candidate : sorted) {
            var sum = Sums.sorted(sorted.stream()
                    .mapToDouble(other -> overlap.applyAsDouble(candidate, other))
                    .toArray());
            if (sum > most) {
                most = sum;
                best = candidate;
            }
        }
        return best;
    }
}
