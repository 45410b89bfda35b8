package io.etalon.quality.shapes;

import io.etalon.quality.Bootstrap;
import io.etalon.quality.Estimate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;

/**
 * How far annotators agree on shapes, with bootstrap intervals over assets. Shapes of two annotators on one asset are
 * matched class by class with the Hungarian method on 1 - overlap (intersection over union for regions, object keypoint
 * similarity for keypoints); pairs below the threshold do not count as matched.
 *
 * @param f1 mean over all pairs of annotators on all assets of 2 matches / (shapes of one + shapes of the other); two who
 *     both drew nothing agree (1); empty when no asset has two annotators
 * @param meanOverlap mean overlap of the matched pairs of shapes; empty when nothing matched
 * @param meanDice mean Dice coefficient of the same pairs; empty for kinds that have no area too
 */
public record ShapeAgreement(Optional<Estimate> f1, Optional<Estimate> meanOverlap, Optional<Estimate> meanDice) {
    /** Two shapes that overlap by half are the same object to most evaluations. */
    static final double THRESHOLD = 0.5;

    /** Agreement at overlap 0.5 over assets, each given as shapes by annotator. */
    public static <S extends Comparable<S>> ShapeAgreement of(
            ShapeKind<S> kind,
            List<? extends Map<String, ? extends Collection<Labelled<S>>>> assets,
            Bootstrap bootstrap) {
        return of(kind, assets, THRESHOLD, bootstrap);
    }

    /**
     * Agreement over assets, each given as shapes by annotator.
     *
     * @param threshold least overlap of a matched pair, in (0, 1]
     */
    public static <S extends Comparable<S>> ShapeAgreement of(
            ShapeKind<S> kind,
            List<? extends Map<String, ? extends Collection<Labelled<S>>>> assets,
            double threshold,
            Bootstrap bootstrap) {
        if (!(threshold > 0 && threshold <= 1)) {
            throw new IllegalArgumentException("overlap threshold must be in (0, 1], got " + threshold);
        }
        var tallies = assets.stream()
                .filter(asset -> asset.size() > 1)
                .map(asset -> tally(kind, asset, threshold))
                .toList();
        var dice =
                kind.region() ? ratio(tallies, bootstrap, Tally::diceSum, Tally::matches) : Optional.<Estimate>empty();
        return new ShapeAgreement(
                ratio(tallies, bootstrap, Tally::f1Sum, Tally::pairs),
                ratio(tallies, bootstrap, Tally::overlapSum, Tally::matches),
                dice);
    }

    private static Optional<Estimate> ratio(
            List<Tally> tallies, Bootstrap bootstrap, ToDoubleFunction<Tally> above, ToDoubleFunction<Tally> below) {
        return bootstrap.estimate(tallies.size(), drawn -> {
            var sum = 0.0;
            var count = 0.0;
            for (var i = 0; i < drawn.length; i++) {
                sum += drawn[i] * above.applyAsDouble(tallies.get(i));
                count += drawn[i] * below.applyAsDouble(tallies.get(i));
            }
            return count == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / count);
        });
    }

    /** Sums over the pairs of annotators of one asset. */
    private record Tally(int pairs, double f1Sum, int matches, double overlapSum, double diceSum) {}

    private static <S extends Comparable<S>> Tally tally(
            ShapeKind<S> kind, Map<String, ? extends Collection<Labelled<S>>> asset, double threshold) {
        var drawn = new ArrayList<Collection<Labelled<S>>>(new TreeMap<>(asset).values());
        var f1s = new ArrayList<Double>();
        var overlaps = new ArrayList<Double>();
        for (var i = 0; i < drawn.size(); i++) {
            for (var j = i + 1; j < drawn.size(); j++) {
                var matched = match(kind, drawn.get(i), drawn.get(j), threshold);
                var shapes = drawn.get(i).size() + drawn.get(j).size();
                f1s.add(shapes == 0 ? 1 : 2.0 * matched.size() / shapes);
                matched.forEach(match -> overlaps.add(match.overlap()));
            }
        }
        // Sorted sums, so that neither the names nor the order of annotators shows in the last bit.
        return new Tally(
                f1s.size(),
                Sums.sorted(doubles(f1s)),
                overlaps.size(),
                Sums.sorted(doubles(overlaps)),
                Sums.sorted(overlaps.stream()
                        .mapToDouble(iou -> 2 * iou / (1 + iou))
                        .toArray()));
    }

    private static double[] doubles(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    static <S extends Comparable<S>> List<Match> match(
            ShapeKind<S> kind, Collection<Labelled<S>> left, Collection<Labelled<S>> right, double threshold) {
        var classes = new TreeSet<String>();
        left.forEach(shape -> classes.add(shape.label()));
        var matches = new ArrayList<Match>();
        for (var label : classes) {
            matches.addAll(Match.best(kind, ofClass(left, label), ofClass(right, label), threshold));
        }
        return matches;
    }

    private static <S extends Comparable<S>> List<S> ofClass(Collection<Labelled<S>> shapes, String label) {
        return shapes.stream()
                .filter(shape -> shape.label().equals(label))
                .map(Labelled::shape)
                .sorted()
                .toList();
    }
}
