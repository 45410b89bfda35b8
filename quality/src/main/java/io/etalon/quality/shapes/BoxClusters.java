package io.etalon.quality.shapes;

import io.etalon.annotation.Box;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/** Boxes of one class on one asset, grouped into objects; see {@link BoxFusion} for the rules. */
final class BoxClusters {
    /** Refinement settles in two or three rounds; the limit is against a cycle. */
    private static final int MOST_ROUNDS = 50;

    private final String label;
    private final NavigableMap<String, List<LabelledBox>> drawn;
    private final double threshold;

    /** Takes the distinct boxes of every annotator in order of content. */
    BoxClusters(String label, NavigableMap<String, List<LabelledBox>> drawn, double threshold) {
        this.label = label;
        this.drawn = drawn;
        this.threshold = threshold;
    }

    List<FusedBox> fuse(int annotators) {
        var clusters = agglomerate(drawn);
        for (var round = 0; round < MOST_ROUNDS; round++) {
            var refined = refine(clusters);
            if (refined.equals(clusters)) {
                break;
            }
            clusters = refined;
        }
        return clusters.stream().map(members -> fused(members, annotators)).toList();
    }

    /** A pair of distinct contents that overlap enough, and who drew them. */
    private record Link(double iou, LabelledBox first, LabelledBox second) {
        static final Comparator<Link> STRONGEST_FIRST = Comparator.comparingDouble(Link::iou)
                .reversed()
                .thenComparing(Link::first, LabelledBox.BY_CONTENT)
                .thenComparing(Link::second, LabelledBox.BY_CONTENT);
    }

    /**
     * Joins clusters along links from the strongest down unless an annotator stands in both. Equal boxes of different
     * annotators are one cluster from the start, so that links join distinct contents and their order is one by content.
     */
    private List<NavigableMap<String, Box>> agglomerate(NavigableMap<String, List<LabelledBox>> boxes) {
        var clusterOf = new TreeMap<LabelledBox, NavigableMap<String, Box>>(LabelledBox.BY_CONTENT);
        boxes.forEach((annotator, own) -> own.forEach(
                box -> clusterOf.computeIfAbsent(box, key -> new TreeMap<>()).put(annotator, box.box())));
        var contents = List.copyOf(clusterOf.keySet());
        var links = new ArrayList<Link>();
        for (var i = 0; i < contents.size(); i++) {
            for (var j = i + 1; j < contents.size(); j++) {
                var iou = contents.get(i).box().iou(contents.get(j).box());
                if (iou >= threshold) {
                    links.add(new Link(iou, contents.get(i), contents.get(j)));
                }
            }
        }
        links.sort(Link.STRONGEST_FIRST);
        for (var link : links) {
            var first = clusterOf.getOrDefault(link.first, new TreeMap<>());
            var second = clusterOf.getOrDefault(link.second, new TreeMap<>());
            if (Collections.disjoint(first.keySet(), second.keySet())) {
                first.putAll(second);
                // An annotator's box stands in one cluster only, so equal means the same.
                clusterOf.replaceAll((box, cluster) -> cluster.equals(second) ? first : cluster);
            }
        }
        return sorted(List.copyOf(new LinkedHashSet<>(clusterOf.values())));
    }

    /**
     * Matches every annotator's boxes to the boxes fused from two members or more; what matches none is clustered among
     * itself. A box alone is no centre: it would attract itself with IoU 1 and never join anything.
     */
    private List<NavigableMap<String, Box>> refine(List<NavigableMap<String, Box>> clusters) {
        var centres = clusters.stream()
                .filter(members -> members.size() > 1)
                .map(BoxClusters::centre)
                .toList();
        var refined = new ArrayList<NavigableMap<String, Box>>();
        centres.forEach(centre -> refined.add(new TreeMap<>()));
        var left = new TreeMap<String, List<LabelledBox>>();
        drawn.forEach((annotator, own) -> {
            var rest = new ArrayList<>(own);
            for (var match : BoxMatch.best(own.stream().map(LabelledBox::box).toList(), centres, threshold)) {
                refined.get(match.right()).put(annotator, own.get(match.left()).box());
                rest.remove(own.get(match.left()));
            }
            left.put(annotator, rest);
        });
        refined.removeIf(NavigableMap::isEmpty);
        refined.addAll(agglomerate(left));
        return sorted(refined);
    }

    /** Clusters by content: by centre, then by their members' boxes. */
    private static List<NavigableMap<String, Box>> sorted(List<NavigableMap<String, Box>> clusters) {
        return clusters.stream()
                .sorted(Comparator.comparing(
                                (NavigableMap<String, Box> cluster) -> new LabelledBox("", centre(cluster)),
                                LabelledBox.BY_CONTENT)
                        .thenComparing(NavigableMap::size, Comparator.reverseOrder()))
                .toList();
    }

    private FusedBox fused(NavigableMap<String, Box> members, int annotators) {
        var box = centre(members);
        var overlaps = members.values().stream().mapToDouble(box::iou).sorted().toArray();
        var meanIou = sum(overlaps) / overlaps.length;
        return new FusedBox(label, box, Collections.unmodifiableNavigableMap(members), annotators, meanIou);
    }

    private static Box centre(NavigableMap<String, Box> members) {
        var left = middle(members, Box::x);
        var top = middle(members, Box::y);
        return new Box(left, top, middle(members, Box::right) - left, middle(members, Box::bottom) - top);
    }

    /** Mean of one or two values, median of more; values are sorted first, so that no order of annotators shows. */
    private static double middle(NavigableMap<String, Box> members, ToDoubleFunction<Box> edge) {
        var values = members.values().stream().mapToDouble(edge).sorted().toArray();
        var size = values.length;
        return size < 3 ? sum(values) / size : (values[(size - 1) / 2] + values[size / 2]) / 2;
    }

    private static double sum(double[] sorted) {
        return Arrays.stream(sorted).reduce(0, Double::sum);
    }
}
