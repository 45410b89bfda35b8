package io.etalon.quality.shapes;

import io.etalon.quality.IdOrder;
import io.etalon.quality.shapes.Keypoints.Keypoint;
import io.etalon.quality.shapes.Keypoints.Visibility;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The keypoints of objects from several annotators' keypoints, and how far each annotator strays.
 *
 * <p>A point is labelled when more than half of the annotators labelled it, and visible when at least half of these saw
 * it. Its place is the mean with weights by precision: an annotator's deviation is a number of the skeleton's sigmas
 * ({@link Oks}), the same for all points, learnt by expectation-maximisation under normal errors; 1 is as careful as the
 * sigmas say. The area is the median. Names and order of annotators have no influence. O(objects x points x annotators)
 * an iteration.
 *
 * @param oks the skeleton's sigmas
 */
public record KeypointModel(Oks oks) {
    /**
     * Fused keypoints.
     *
     * @param objects in the order given
     * @param deviations by annotator id, in units of the skeleton's sigmas; empty when no point was labelled twice, since
     *     nothing is known of anybody's deviation then
     */
    public record Fit(List<Keypoints> objects, NavigableMap<String, Double> deviations) {
        public Fit {
            objects = List.copyOf(objects);
            deviations = Collections.unmodifiableNavigableMap(deviations);
        }
    }

    private record Place(int object, int point) {}

    /**
     * Fuses objects, each given as keypoints by annotator: match the instances of a picture first.
     *
     * @throws IllegalArgumentException when an object has nobody's keypoints, or some with another number of points
     */
    public Fit fit(List<? extends Map<String, Keypoints>> objects) {
        var ids = new TreeSet<>(IdOrder.INSTANCE);
        objects.forEach(object -> ids.addAll(object.keySet()));
        var annotators = List.copyOf(ids);
        var things = new ArrayList<Jitter.Thing>();
        var numberOf = new TreeMap<Place, Integer>(
                Comparator.comparingInt(Place::object).thenComparingInt(Place::point));
        for (var o = 0; o < objects.size(); o++) {
            var object = objects.get(o);
            if (object.isEmpty()) {
                throw new IllegalArgumentException("nobody drew object " + o);
            }
            object.values().forEach(oks::require);
            for (var point = 0; point < oks.sigmas().size(); point++) {
                if (mostLabelled(object, point)) {
                    numberOf.put(new Place(o, point), things.size());
                    things.add(thing(object, point, annotators));
                }
            }
        }
        var jitter = Jitter.fit(things, annotators.size());
        var fused = new ArrayList<Keypoints>();
        for (var o = 0; o < objects.size(); o++) {
            var points = new ArrayList<Keypoint>();
            for (var point = 0; point < oks.sigmas().size(); point++) {
                var number = numberOf.get(new Place(o, point));
                points.add(number == null ? Keypoint.ABSENT : placed(objects.get(o), point, jitter.middle(number)));
            }
            fused.add(new Keypoints(points, area(objects.get(o))));
        }
        var deviations = new TreeMap<String, Double>(IdOrder.INSTANCE);
        if (jitter.observed()) {
            for (var j = 0; j < annotators.size(); j++) {
                deviations.put(annotators.get(j), jitter.sigma(j));
            }
        }
        return new Fit(fused, deviations);
    }

    private static boolean mostLabelled(Map<String, Keypoints> object, int point) {
        var labelled = object.values().stream()
                .filter(drawn -> drawn.points().get(point).labelled())
                .count();
        return 2 * labelled > object.size();
    }

    private Jitter.Thing thing(Map<String, Keypoints> object, int point, List<String> annotators) {
        var unit = oks.sigmas().get(point) * Math.sqrt(area(object));
        var labelled = object.entrySet().stream()
                .filter(entry -> entry.getValue().points().get(point).labelled())
                .sorted(Map.Entry.comparingByValue())
                .toList();
        return new Jitter.Thing(
                labelled.stream()
                        .mapToInt(entry -> Collections.binarySearch(annotators, entry.getKey(), IdOrder.INSTANCE))
                        .toArray(),
                labelled.stream()
                        .map(entry -> entry.getValue().points().get(point))
                        .map(at -> new double[] {at.x() / unit, at.y() / unit})
                        .toArray(double[][]::new),
                1);
    }

    private Keypoint placed(Map<String, Keypoints> object, int point, double[] middle) {
        var unit = oks.sigmas().get(point) * Math.sqrt(area(object));
        return new Keypoint(
                middle[0] * unit,
                middle[1] * unit,
                visibility(object.values().stream()
                        .map(drawn -> drawn.points().get(point))
                        .toList()));
    }

    private static Visibility visibility(List<Keypoint> drawn) {
        var labelled = drawn.stream().filter(Keypoint::labelled).count();
        var seen = drawn.stream()
                .filter(point -> point.visibility() == Visibility.VISIBLE)
                .count();
        return 2 * labelled <= drawn.size()
                ? Visibility.ABSENT
                : 2 * seen >= labelled ? Visibility.VISIBLE : Visibility.OCCLUDED;
    }

    private static double area(Map<String, Keypoints> object) {
        return Sums.median(object.values().stream().mapToDouble(Keypoints::area).toArray());
    }

    /** Votes and medians, with no model: where instances are still being matched. */
    static Keypoints middle(List<Keypoints> all) {
        var points = new ArrayList<Keypoint>();
        for (var i = 0; i < all.getFirst().points().size(); i++) {
            var point = i;
            var drawn = all.stream().map(one -> one.points().get(point)).toList();
            var labelled = drawn.stream().filter(Keypoint::labelled).toList();
            points.add(
                    2 * labelled.size() <= drawn.size()
                            ? Keypoint.ABSENT
                            : new Keypoint(
                                    Sums.median(labelled.stream()
                                            .mapToDouble(Keypoint::x)
                                            .toArray()),
                                    Sums.median(labelled.stream()
                                            .mapToDouble(Keypoint::y)
                                            .toArray()),
                                    visibility(drawn)));
        }
        return new Keypoints(
                points, Sums.median(all.stream().mapToDouble(Keypoints::area).toArray()));
    }
}
