package io.etalon.quality.shapes;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Fuses the shapes that several annotators drew on one asset, every annotator counting alike; {@link BoxModel} weighs them.
 *
 * <p>Each class by itself. Shapes of different annotators are clustered from the highest overlap down, no cluster holding
 * two shapes of one annotator; then, until nothing changes, each annotator's shapes are matched anew to the fused shapes
 * by the Hungarian method on 1 - overlap, and the fused shape is taken anew as the kind's middle of the members. A fused
 * shape is kept when more than {@code majority} of the annotators who looked at the asset support it.
 *
 * <p>The result is a function of the content: the order of shapes and the names and order of annotators have no
 * influence. A shape that an annotator drew twice exactly alike is one object to fusion.
 *
 * @param kind of the shapes
 * @param threshold least overlap at which two shapes may be the same object, in (0, 1]
 * @param majority share of the annotators that a kept shape must exceed, in [0, 1)
 */
public record ShapeFusion<S extends Comparable<S>>(ShapeKind<S> kind, double threshold, double majority) {
    public ShapeFusion {
        if (!(threshold > 0 && threshold <= 1)) {
            throw new IllegalArgumentException("overlap threshold must be in (0, 1], got " + threshold);
        }
        if (!(majority >= 0 && majority < 1)) {
            throw new IllegalArgumentException("majority must be in [0, 1), got " + majority);
        }
    }

    /** Overlap 0.5, more than half of the annotators. */
    public static <S extends Comparable<S>> ShapeFusion<S> of(ShapeKind<S> kind) {
        return new ShapeFusion<>(kind, 0.5, 0.5);
    }

    /**
     * Fused shapes of one asset.
     *
     * @param kept shapes with the required support, ordered by label and content
     * @param rejected shapes without it, in the same order
     */
    public record Result<S extends Comparable<S>>(List<Fused<S>> kept, List<Fused<S>> rejected) {
        public Result {
            kept = List.copyOf(kept);
            rejected = List.copyOf(rejected);
        }
    }

    /**
     * Fuses one asset.
     *
     * @param drawn shapes by annotator id; one who looked and drew nothing has an empty list
     */
    public Result<S> fuse(Map<String, ? extends Collection<Labelled<S>>> drawn) {
        var classes = new TreeSet<String>();
        drawn.values().forEach(shapes -> shapes.forEach(shape -> classes.add(shape.label())));
        var fused = new ArrayList<Fused<S>>();
        for (var label : classes) {
            var ofClass = new TreeMap<String, List<Labelled<S>>>();
            drawn.forEach((annotator, all) -> ofClass.put(
                    annotator,
                    all.stream().filter(shape -> shape.label().equals(label)).toList()));
            for (var members : Clusters.of(kind, ofClass, threshold)) {
                var shapes = new TreeMap<String, S>();
                members.forEach((annotator, member) -> shapes.put(annotator, member.shape()));
                fused.add(fused(label, shapes, drawn.size()));
            }
        }
        fused.sort(Comparator.comparing((Fused<S> shape) -> new Labelled<>(shape.label(), shape.shape()))
                .thenComparing(Fused::support, Comparator.reverseOrder()));
        var kept = new ArrayList<Fused<S>>();
        var rejected = new ArrayList<Fused<S>>();
        for (var shape : fused) {
            (shape.support() > majority * drawn.size() ? kept : rejected).add(shape);
        }
        return new Result<>(kept, rejected);
    }

    private Fused<S> fused(String label, TreeMap<String, S> members, int annotators) {
        var middle = kind.middle(List.copyOf(members.values()));
        var overlaps = members.values().stream()
                .mapToDouble(member -> kind.overlap(member, middle))
                .toArray();
        return new Fused<>(label, middle, members, annotators, Sums.sorted(overlaps) / overlaps.length);
    }
}
