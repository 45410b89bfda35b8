package io.etalon.quality.shapes;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Shapes on one asset grouped into objects, no object holding two of one annotator; see {@link ShapeFusion} for the rules.
 * Labels take no part but that they decide among equals: whoever wants classes apart gives them apart.
 */
final class Clusters<S extends Comparable<S>> {
    /** Refinement settles in two or three rounds; the limit is against a cycle. */
    private static final int MOST_ROUNDS = 50;

    private final ShapeKind<S> kind;
    private final NavigableMap<String, List<Labelled<S>>> drawn;
    private final double threshold;

    private Clusters(ShapeKind<S> kind, NavigableMap<String, List<Labelled<S>>> drawn, double threshold) {
        this.kind = kind;
        this.drawn = drawn;
        this.threshold = threshold;
    }

    /** Members of each object by annotator, the objects in an order by content. */
    static <S extends Comparable<S>> List<NavigableMap<String, Labelled<S>>> of(
            ShapeKind<S> kind, Map<String, ? extends Collection<Labelled<S>>> drawn, double threshold) {
        var distinct = new TreeMap<String, List<Labelled<S>>>();
        drawn.forEach((annotator, shapes) -> distinct.put(annotator, List.copyOf(new TreeSet<>(shapes))));
        return new Clusters<>(kind, distinct, threshold).settled();
    }

    private List<NavigableMap<String, Labelled<S>>> settled() {
        var clusters = agglomerate(drawn);
        for (var round = 0; round < MOST_ROUNDS; round++) {
            var refined = refine(clusters);
            if (refined.equals(clusters)) {
                break;
            }
            clusters = refined;
        }
        return clusters;
    }

    /** A pair of distinct contents that overlap enough. */
    private record Link<S extends Comparable<S>>(double overlap, Labelled<S> first, Labelled<S> second)
            implements Comparable<Link<S>> {
        /** The strongest first. */
        @Override
        public int compareTo(Link<S> other) {
            var byOverlap = Double.compare(other.overlap, overlap);
            var byFirst = byOverlap != 0 ? byOverlap : first.compareTo(other.first);
            return byFirst != 0 ? byFirst : second.compareTo(other.second);
        }
    }

    /**
     * Joins clusters along links from the strongest down unless an annotator stands in both. Equal shapes of different
     * annotators are one cluster from the start, so that links join distinct contents and their order is one by content.
     */
    private List<NavigableMap<String, Labelled<S>>> agglomerate(NavigableMap<String, List<Labelled<S>>> shapes) {
        var clusterOf = new TreeMap<Labelled<S>, NavigableMap<String, Labelled<S>>>();
        shapes.forEach((annotator, own) -> own.forEach(shape ->
                clusterOf.computeIfAbsent(shape, key -> new TreeMap<>()).put(annotator, shape)));
        var contents = List.copyOf(clusterOf.keySet());
        var links = new ArrayList<Link<S>>();
        for (var i = 0; i < contents.size(); i++) {
            for (var j = i + 1; j < contents.size(); j++) {
                var overlap =
                        kind.overlap(contents.get(i).shape(), contents.get(j).shape());
                if (overlap >= threshold) {
                    links.add(new Link<>(overlap, contents.get(i), contents.get(j)));
                }
            }
        }
        Collections.sort(links);
        for (var link : links) {
            var first = clusterOf.getOrDefault(link.first, new TreeMap<>());
            var second = clusterOf.getOrDefault(link.second, new TreeMap<>());
            if (Collections.disjoint(first.keySet(), second.keySet())) {
                first.putAll(second);
                // An annotator's shape stands in one cluster only, so equal means the same.
                clusterOf.replaceAll((shape, cluster) -> cluster.equals(second) ? first : cluster);
            }
        }
        return sorted(List.copyOf(new LinkedHashSet<>(clusterOf.values())));
    }

    /**
     * Matches every annotator's shapes to those fused from two members or more; what matches none is clustered among
     * itself. A shape alone is no centre: it would attract itself with overlap 1 and never join anything.
     */
    private List<NavigableMap<String, Labelled<S>>> refine(List<NavigableMap<String, Labelled<S>>> clusters) {
        var centres = clusters.stream()
                .filter(members -> members.size() > 1)
                .map(this::centre)
                .toList();
        var refined = new ArrayList<NavigableMap<String, Labelled<S>>>();
        centres.forEach(centre -> refined.add(new TreeMap<>()));
        var left = new TreeMap<String, List<Labelled<S>>>();
        drawn.forEach((annotator, own) -> {
            var rest = new ArrayList<>(own);
            var shapes = own.stream().map(Labelled::shape).toList();
            for (var match : Match.best(kind, shapes, centres, threshold)) {
                refined.get(match.right()).put(annotator, own.get(match.left()));
                rest.remove(own.get(match.left()));
            }
            left.put(annotator, rest);
        });
        refined.removeIf(NavigableMap::isEmpty);
        refined.addAll(agglomerate(left));
        return sorted(refined);
    }

    /** By centre, then by the members' contents, so that the names of annotators decide nothing. */
    private List<NavigableMap<String, Labelled<S>>> sorted(List<NavigableMap<String, Labelled<S>>> clusters) {
        record Keyed<S extends Comparable<S>>(
                S centre, List<Labelled<S>> contents, NavigableMap<String, Labelled<S>> members) {}
        return clusters.stream()
                .map(members -> new Keyed<>(
                        centre(members), members.values().stream().sorted().toList(), members))
                .sorted(Comparator.comparing((Keyed<S> keyed) -> keyed.centre)
                        .thenComparing(keyed -> keyed.contents, Clusters::compare))
                .map(Keyed::members)
                .toList();
    }

    /** The larger first, then content by content. */
    private static <T extends Comparable<T>> int compare(List<T> one, List<T> other) {
        var order = Integer.compare(other.size(), one.size());
        for (var i = 0; order == 0 && i < one.size(); i++) {
            order = one.get(i).compareTo(other.get(i));
        }
        return order;
    }

    private S centre(NavigableMap<String, Labelled<S>> members) {
        return kind.middle(members.values().stream().map(Labelled::shape).toList());
    }
}
