package io.etalon.annotation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.function.Function;

/**
 * Which shape of one answer is which of another: by id, then by equal place and label, then greedily by intersection
 * over union.
 *
 * <p>Each shape keeps its {@value #CANDIDATES} best partners of the first {@value #PILE} that agree with it by half, so that
 * a hostile pile of 10,000 nearly equal boxes costs neither seconds nor 10^8 pairs; no real picture is so crowded.
 */
final class ShapeMatch {
    /** From here on two shapes mark the same thing. */
    static final double MIN_IOU = 0.5;

    private static final int CANDIDATES = 16;
    private static final int PILE = 256;
    private static final int NONE = -1;
    private static final Comparator<Pair> BEST_FIRST = Comparator.comparingDouble(Pair::iou)
            .reversed()
            .thenComparingInt(Pair::earlier)
            .thenComparingInt(Pair::later);

    private record Pair(int earlier, int later, double iou) {}

    private final int[] laterOf;
    private final int[] earlierOf;

    private ShapeMatch(int earlier, int later) {
        laterOf = new int[earlier];
        earlierOf = new int[later];
        Arrays.fill(laterOf, NONE);
        Arrays.fill(earlierOf, NONE);
    }

    static ShapeMatch of(List<Shape> earlier, List<Shape> later) {
        var match = new ShapeMatch(earlier.size(), later.size());
        match.byKey(earlier, later, Shape::id);
        match.byKey(earlier, later, shape -> List.of(shape.label(), shape.geometry()));
        match.byPlace(earlier, later);
        return match;
    }

    /** Index of the later partner, negative when there is none. */
    int laterOf(int earlier) {
        return laterOf[earlier];
    }

    boolean hasEarlier(int later) {
        return earlierOf[later] != NONE;
    }

    static double iou(Geometry a, Geometry b) {
        return switch (a) {
            case Box box ->
                switch (b) {
                    case Box other -> box.iou(other);
                };
        };
    }

    private void byKey(List<Shape> earlier, List<Shape> later, Function<Shape, Object> key) {
        var free = new HashMap<Object, ArrayDeque<Integer>>();
        for (var j = 0; j < later.size(); j++) {
            if (earlierOf[j] == NONE) {
                free.computeIfAbsent(key.apply(later.get(j)), k -> new ArrayDeque<>())
                        .add(j);
            }
        }
        for (var i = 0; i < earlier.size(); i++) {
            var partners = laterOf[i] == NONE ? free.get(key.apply(earlier.get(i))) : null;
            var partner = partners == null ? null : partners.poll();
            if (partner != null) {
                join(i, partner);
            }
        }
    }

    private void byPlace(List<Shape> earlier, List<Shape> later) {
        var free = new ArrayList<Integer>();
        for (var j = 0; j < later.size(); j++) {
            if (earlierOf[j] == NONE) {
                free.add(j);
            }
        }
        var pairs = new ArrayList<Pair>();
        for (var i = 0; i < earlier.size(); i++) {
            if (laterOf[i] == NONE) {
                pairs.addAll(candidates(earlier.get(i), i, later, free));
            }
        }
        pairs.sort(BEST_FIRST);
        for (var pair : pairs) {
            if (laterOf[pair.earlier] == NONE && earlierOf[pair.later] == NONE) {
                join(pair.earlier, pair.later);
            }
        }
    }

    private static List<Pair> candidates(Shape shape, int index, List<Shape> later, List<Integer> free) {
        var best = new ArrayList<Pair>();
        var seen = 0;
        for (var j : free) {
            var iou = iou(shape.geometry(), later.get(j).geometry());
            if (iou < MIN_IOU) {
                continue;
            }
            if (++seen > PILE) {
                break;
            }
            if (best.size() == CANDIDATES && iou <= best.getLast().iou) {
                continue;
            }
            var place = best.size();
            while (place > 0 && best.get(place - 1).iou < iou) {
                place--;
            }
            best.add(place, new Pair(index, j, iou));
            if (best.size() > CANDIDATES) {
                best.removeLast();
            }
        }
        return best;
    }

    private void join(int earlier, int later) {
        laterOf[earlier] = later;
        earlierOf[later] = earlier;
    }
}
