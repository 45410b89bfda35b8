package io.etalon.quality.shapes;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Fuses the boxes that several annotators drew on one asset.
 *
 * <p>Each class by itself. Boxes of different annotators are clustered from the highest IoU down, no cluster holding
 * two boxes of one annotator; then, until nothing changes, each annotator's boxes are matched anew to the fused boxes
 * by the Hungarian method on 1 - IoU, and the fused coordinates are taken anew from the members: the mean of two, the
 * median of each edge for three or more, which one careless annotator cannot move far. A fused box is kept when more
 * than {@code majority} of the annotators who looked at the asset support it.
 *
 * <p>The result is a function of the content: the order of boxes and the names and order of annotators have no
 * influence. A box that an annotator drew twice exactly alike is one object to fusion.
 *
 * @param threshold least IoU at which two boxes may be the same object, in (0, 1]
 * @param majority share of the annotators that a kept box must exceed, in [0, 1)
 */
public record BoxFusion(double threshold, double majority) {
    /** IoU 0.5, more than half of the annotators. */
    public static final BoxFusion STANDARD = new BoxFusion(0.5, 0.5);

    private static final Comparator<FusedBox> BY_CONTENT = Comparator.comparing(
                    (FusedBox fused) -> new LabelledBox(fused.label(), fused.box()), LabelledBox.BY_CONTENT)
            .thenComparing(FusedBox::support, Comparator.reverseOrder());

    public BoxFusion {
        if (!(threshold > 0 && threshold <= 1)) {
            throw new IllegalArgumentException("IoU threshold must be in (0, 1], got " + threshold);
        }
        if (!(majority >= 0 && majority < 1)) {
            throw new IllegalArgumentException("majority must be in [0, 1), got " + majority);
        }
    }

    /**
     * Fused boxes of one asset.
     *
     * @param kept boxes with the required support, ordered by label and coordinates
     * @param rejected boxes without it, in the same order
     */
    public record Result(List<FusedBox> kept, List<FusedBox> rejected) {
        public Result {
            kept = List.copyOf(kept);
            rejected = List.copyOf(rejected);
        }
    }

    /**
     * Fuses one asset.
     *
     * @param drawn boxes by annotator id; one who looked and drew nothing has an empty list
     */
    public Result fuse(Map<String, ? extends Collection<LabelledBox>> drawn) {
        var classes = new TreeSet<String>();
        drawn.values().forEach(boxes -> boxes.forEach(box -> classes.add(box.label())));
        var fused = new ArrayList<FusedBox>();
        for (var label : classes) {
            var boxes = new TreeMap<String, List<LabelledBox>>();
            drawn.forEach((annotator, all) -> boxes.put(annotator, distinct(all, label)));
            fused.addAll(new BoxClusters(label, boxes, threshold).fuse(drawn.size()));
        }
        Collections.sort(fused, BY_CONTENT);
        var kept = new ArrayList<FusedBox>();
        var rejected = new ArrayList<FusedBox>();
        for (var box : fused) {
            (box.support() > majority * drawn.size() ? kept : rejected).add(box);
        }
        return new Result(kept, rejected);
    }

    /** The boxes of one class, each once, by content. */
    private static List<LabelledBox> distinct(Collection<LabelledBox> boxes, String label) {
        var set = new TreeSet<>(LabelledBox.BY_CONTENT);
        boxes.stream().filter(box -> box.label().equals(label)).forEach(set::add);
        return List.copyOf(set);
    }
}
