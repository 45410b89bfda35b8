package io.etalon.quality.shapes;

import io.etalon.annotation.Box;
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
import java.util.stream.DoubleStream;

/**
 * How far annotators agree on boxes, with bootstrap intervals over assets. Boxes of two annotators on one asset are
 * matched class by class with the Hungarian method on 1 - IoU; pairs below IoU 0.5 do not count.
 *
 * @param f1 mean over all pairs of annotators on all assets of 2 matches / (boxes of one + boxes of the other); two who
 *     both drew nothing agree (1); empty when no asset has two annotators
 * @param meanIou mean IoU of the matched pairs of boxes; empty when nothing matched
 */
public record BoxAgreement(Optional<Estimate> f1, Optional<Estimate> meanIou) {
    private static final double THRESHOLD = 0.5;

    /** Agreement over assets, each given as boxes by annotator. */
    public static BoxAgreement of(
            List<? extends Map<String, ? extends Collection<LabelledBox>>> assets, Bootstrap bootstrap) {
        var tallies = assets.stream()
                .filter(asset -> asset.size() > 1)
                .map(BoxAgreement::tally)
                .toList();
        return new BoxAgreement(
                bootstrap.estimate(tallies.size(), drawn -> {
                    var pairs = 0;
                    var sum = 0.0;
                    for (var i = 0; i < drawn.length; i++) {
                        pairs += drawn[i] * tallies.get(i).pairs;
                        sum += drawn[i] * tallies.get(i).f1Sum;
                    }
                    return pairs == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / pairs);
                }),
                bootstrap.estimate(tallies.size(), drawn -> {
                    var matches = 0;
                    var sum = 0.0;
                    for (var i = 0; i < drawn.length; i++) {
                        matches += drawn[i] * tallies.get(i).matches;
                        sum += drawn[i] * tallies.get(i).iouSum;
                    }
                    return matches == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / matches);
                }));
    }

    /** Sums over the pairs of annotators of one asset. */
    private record Tally(int pairs, double f1Sum, int matches, double iouSum) {}

    private static Tally tally(Map<String, ? extends Collection<LabelledBox>> asset) {
        var drawn = new ArrayList<Collection<LabelledBox>>(new TreeMap<>(asset).values());
        var f1s = DoubleStream.builder();
        var ious = new ArrayList<Double>();
        var pairs = 0;
        for (var i = 0; i < drawn.size(); i++) {
            for (var j = i + 1; j < drawn.size(); j++) {
                var matched = match(drawn.get(i), drawn.get(j));
                var boxes = drawn.get(i).size() + drawn.get(j).size();
                pairs++;
                f1s.add(boxes == 0 ? 1 : 2.0 * matched.size() / boxes);
                matched.forEach(match -> ious.add(match.iou()));
            }
        }
        return new Tally(pairs, sum(f1s.build()), ious.size(), sum(ious.stream().mapToDouble(Double::doubleValue)));
    }

    /** Sorted first, so that neither the names nor the order of annotators shows in the last bit. */
    private static double sum(DoubleStream values) {
        return values.sorted().reduce(0, Double::sum);
    }

    static List<BoxMatch> match(Collection<LabelledBox> left, Collection<LabelledBox> right) {
        var classes = new TreeSet<String>();
        left.forEach(box -> classes.add(box.label()));
        var matches = new ArrayList<BoxMatch>();
        for (var label : classes) {
            matches.addAll(BoxMatch.best(ofClass(left, label), ofClass(right, label), THRESHOLD));
        }
        return matches;
    }

    private static List<Box> ofClass(Collection<LabelledBox> boxes, String label) {
        return boxes.stream()
                .filter(box -> box.label().equals(label))
                .sorted(LabelledBox.BY_CONTENT)
                .map(LabelledBox::box)
                .toList();
    }
}
