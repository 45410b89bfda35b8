package io.etalon.quality.shapes;

import io.etalon.quality.IdOrder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * How one annotator's shapes compare with the fused ones over several assets.
 *
 * @param annotator annotator id
 * @param assets assets the annotator looked at
 * @param hits objects they drew that were kept
 * @param misses kept objects that they did not draw, on assets they looked at
 * @param falseAlarms shapes they drew that belong to no kept object, repeated ones included
 * @param overlapSum sum of the overlaps of their hits with the fused boxes
 */
public record ShapeSkill(String annotator, int assets, int hits, int misses, int falseAlarms, double overlapSum) {
    /** Mean overlap of the hits with the fused shapes: 1 is no jitter; empty without a hit. */
    public OptionalDouble meanOverlap() {
        return hits == 0 ? OptionalDouble.empty() : OptionalDouble.of(overlapSum / hits);
    }

    /** Share of the kept objects that the annotator drew; empty when there was none to draw. */
    public OptionalDouble recall() {
        return hits + misses == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) hits / (hits + misses));
    }

    /** Share of the annotator's shapes that belong to a kept object; empty when they drew none. */
    public OptionalDouble precision() {
        return hits + falseAlarms == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of((double) hits / (hits + falseAlarms));
    }

    /** Skill of every annotator over assets, each given as shapes by annotator, in the order of annotator ids. */
    public static <S extends Comparable<S>> List<ShapeSkill> of(
            ShapeFusion<S> fusion, Collection<? extends Map<String, ? extends Collection<Labelled<S>>>> assets) {
        var tallies = new TreeMap<String, List<ShapeSkill>>(IdOrder.INSTANCE);
        for (var asset : assets) {
            var kept = fusion.fuse(asset).kept();
            asset.forEach((annotator, shapes) -> tallies.computeIfAbsent(annotator, key -> new ArrayList<>())
                    .add(onOneAsset(fusion.kind(), annotator, shapes.size(), kept)));
        }
        return tallies.entrySet().stream()
                .map(entry -> total(entry.getKey(), entry.getValue()))
                .toList();
    }

    /**
     * The shapes on one asset that are taken for the truth, and what annotators drew there.
     *
     * @param drawn shapes by annotator id
     */
    public record Judged<S extends Comparable<S>>(
            Collection<Labelled<S>> truth, Map<String, ? extends Collection<Labelled<S>>> drawn) {}

    /**
     * Skill of every annotator against a truth that came from elsewhere, such as answers that a reviewer corrected. Shapes
     * are matched class by class with the Hungarian method on 1 - overlap; pairs below overlap 0.5 do not count.
     */
    public static <S extends Comparable<S>> List<ShapeSkill> against(ShapeKind<S> kind, Collection<Judged<S>> assets) {
        var tallies = new TreeMap<String, List<ShapeSkill>>(IdOrder.INSTANCE);
        for (var asset : assets) {
            asset.drawn().forEach((annotator, shapes) -> {
                var overlaps = ShapeAgreement.match(kind, shapes, asset.truth(), ShapeAgreement.THRESHOLD).stream()
                        .mapToDouble(Match::overlap)
                        .toArray();
                tallies.computeIfAbsent(annotator, key -> new ArrayList<>())
                        .add(new ShapeSkill(
                                annotator,
                                1,
                                overlaps.length,
                                asset.truth().size() - overlaps.length,
                                shapes.size() - overlaps.length,
                                Sums.sorted(overlaps)));
            });
        }
        return tallies.entrySet().stream()
                .map(entry -> total(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static <S extends Comparable<S>> ShapeSkill onOneAsset(
            ShapeKind<S> kind, String annotator, int drawn, List<Fused<S>> kept) {
        var hits = 0;
        var overlapSum = 0.0;
        for (var fused : kept) {
            var own = fused.members().get(annotator);
            if (own != null) {
                hits++;
                overlapSum += kind.overlap(own, fused.shape());
            }
        }
        return new ShapeSkill(annotator, 1, hits, kept.size() - hits, drawn - hits, overlapSum);
    }

    private static ShapeSkill total(String annotator, List<ShapeSkill> tallies) {
        // Sorted, so that the order of assets leaves no trace in the last bit.
        var overlapSum =
                Sums.sorted(tallies.stream().mapToDouble(ShapeSkill::overlapSum).toArray());
        return new ShapeSkill(
                annotator,
                tallies.size(),
                tallies.stream().mapToInt(ShapeSkill::hits).sum(),
                tallies.stream().mapToInt(ShapeSkill::misses).sum(),
                tallies.stream().mapToInt(ShapeSkill::falseAlarms).sum(),
                overlapSum);
    }
}
