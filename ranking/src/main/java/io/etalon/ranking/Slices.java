package io.etalon.ranking;

import io.etalon.ranking.algebra.Parallelism;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntFunction;

/**
 * Counts of the votes cut by a column (category, language, voter group), on the same models: any union of slices is a sum of
 * counts, and a board of it needs no vote read again. Immutable.
 *
 * @param counts what each slice counts, by its name
 */
public record Slices(SortedMap<String, PairCounts> counts) {
    public Slices {
        counts = Collections.unmodifiableSortedMap(new TreeMap<>(counts));
    }

    /**
     * Cuts the votes by the slice that each is in, in O(votes + slices models^2).
     *
     * @param sliceOf the name of a vote's slice
     */
    public static Slices of(Votes votes, IntFunction<String> sliceOf, Parallelism parallelism) {
        var numbers = new TreeMap<String, Integer>();
        var slice = new int[votes.size()];
        for (var i = 0; i < slice.length; i++) {
            slice[i] = numbers.computeIfAbsent(sliceOf.apply(i), unused -> numbers.size());
        }
        var sizes = new int[numbers.size()];
        for (var number : slice) {
            sizes[number]++;
        }
        var rows = new int[sizes.length][];
        for (var number = 0; number < rows.length; number++) {
            rows[number] = new int[sizes[number]];
        }
        for (var i = slice.length - 1; i >= 0; i--) {
            rows[slice[i]][--sizes[slice[i]]] = i;
        }
        var counts = new TreeMap<String, PairCounts>();
        for (Map.Entry<String, Integer> entry : numbers.entrySet()) {
            counts.put(entry.getKey(), PairCounts.of(votes.select(rows[entry.getValue()]), parallelism));
        }
        return new Slices(counts);
    }

    /**
     * The votes of these slices together.
     *
     * @throws IllegalArgumentException when no slice is named, or one that there is not
     */
    public PairCounts union(Collection<String> names) {
        return names.stream()
                .distinct()
                .map(name -> {
                    var found = counts.get(name);
                    if (found == null) {
                        throw new IllegalArgumentException(
                                "no slice \"" + name + "\"; there are " + String.join(", ", counts.keySet()));
                    }
                    return found;
                })
                .reduce(PairCounts::plus)
                .orElseThrow(() -> new IllegalArgumentException("a union of no slices"));
    }
}
