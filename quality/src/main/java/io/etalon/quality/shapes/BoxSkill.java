package io.etalon.quality.shapes;

import io.etalon.quality.IdOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * How one annotator's boxes compare with the fused ones over several assets.
 *
 * @param annotator annotator id
 * @param assets assets the annotator looked at
 * @param hits objects they drew that were kept
 * @param misses kept objects that they did not draw, on assets they looked at
 * @param falseAlarms boxes they drew that belong to no kept object, repeated boxes included
 * @param iouSum sum of the IoU of their hits with the fused boxes
 */
public record BoxSkill(String annotator, int assets, int hits, int misses, int falseAlarms, double iouSum) {
    /** Mean IoU of the hits with the fused boxes: 1 is no jitter; empty without a hit. */
    public OptionalDouble meanIou() {
        return hits == 0 ? OptionalDouble.empty() : OptionalDouble.of(iouSum / hits);
    }

    /** Share of the kept objects that the annotator drew; empty when there was none to draw. */
    public OptionalDouble recall() {
        return hits + misses == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) hits / (hits + misses));
    }

    /** Share of the annotator's boxes that belong to a kept object; empty when they drew none. */
    public OptionalDouble precision() {
        return hits + falseAlarms == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of((double) hits / (hits + falseAlarms));
    }

    /** Skill of every annotator over assets, each given as boxes by annotator, in the order of annotator ids. */
    public static List<BoxSkill> of(
            BoxFusion fusion, Collection<? extends Map<String, ? extends Collection<LabelledBox>>> assets) {
        var tallies = new TreeMap<String, List<BoxSkill>>(IdOrder.INSTANCE);
        for (var asset : assets) {
            var kept = fusion.fuse(asset).kept();
            asset.forEach((annotator, boxes) -> tallies.computeIfAbsent(annotator, key -> new ArrayList<>())
                    .add(onOneAsset(annotator, boxes.size(), kept)));
        }
        return tallies.entrySet().stream()
                .map(entry -> total(entry.getKey(), entry.getValue()))
                .toList();
    }

    /**
     * The boxes on one asset that are taken for the truth, and what annotators drew there.
     *
     * @param drawn boxes by annotator id
     */
    public record Judged(Collection<LabelledBox> truth, Map<String, ? extends Collection<LabelledBox>> drawn) {}

    /**
     * Skill of every annotator against a truth that came from elsewhere, such as answers that a reviewer corrected. Boxes
     * are matched class by class with the Hungarian method on 1 - IoU; pairs below IoU 0.5 do not count.
     */
    public static List<BoxSkill> against(Collection<Judged> assets) {
        var tallies = new TreeMap<String, List<BoxSkill>>(IdOrder.INSTANCE);
        for (var asset : assets) {
            asset.drawn().forEach((annotator, boxes) -> {
                var ious = BoxAgreement.match(boxes, asset.truth()).stream()
                        .mapToDouble(BoxMatch::iou)
                        .sorted()
                        .toArray();
                tallies.computeIfAbsent(annotator, key -> new ArrayList<>())
                        .add(new BoxSkill(
                                annotator,
                                1,
                                ious.length,
                                asset.truth().size() - ious.length,
                                boxes.size() - ious.length,
                                Arrays.stream(ious).sum()));
            });
        }
        return tallies.entrySet().stream()
                .map(entry -> total(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static BoxSkill onOneAsset(String annotator, int drawn, List<FusedBox> kept) {
        var hits = 0;
        var iouSum = 0.0;
        for (var fused : kept) {
            var own = fused.members().get(annotator);
            if (own != null) {
                hits++;
                iouSum += own.iou(fused.box());
            }
        }
        return new BoxSkill(annotator, 1, hits, kept.size() - hits, drawn - hits, iouSum);
    }

    private static BoxSkill total(String annotator, List<BoxSkill> tallies) {
        // Sorted, so that the order of assets leaves no trace in the last bit.
        var iouSum = tallies.stream().mapToDouble(BoxSkill::iouSum).sorted().reduce(0, Double::sum);
        return new BoxSkill(
                annotator,
                tallies.size(),
                tallies.stream().mapToInt(BoxSkill::hits).sum(),
                tallies.stream().mapToInt(BoxSkill::misses).sum(),
                tallies.stream().mapToInt(BoxSkill::falseAlarms).sum(),
                iouSum);
    }
}
