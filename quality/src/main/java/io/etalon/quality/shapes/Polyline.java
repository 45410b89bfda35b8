package io.etalon.quality.shapes;

import java.util.ArrayList;
import java.util.List;

/**
 * An open line of two points or more in source pixels. Its direction means nothing to distances. Immutable; the natural
 * order is one by content, without further meaning.
 *
 * @throws IllegalArgumentException when there are fewer than two points or the line has no length
 */
public record Polyline(List<Point> points) implements Comparable<Polyline> {
    /** Steps in which a line is walked when lines are compared or fused. */
    private static final int STEPS = 128;

    public Polyline {
        points = List.copyOf(points);
        if (points.size() < 2 || !(length(points) > 0)) {
            throw new IllegalArgumentException("a line needs two different points or more, got " + points);
        }
    }

    /** Length in pixels. */
    public double length() {
        return length(points);
    }

    private static double length(List<Point> points) {
        var length = 0.0;
        for (var i = 1; i < points.size(); i++) {
            length += points.get(i - 1).distance(points.get(i));
        }
        return length;
    }

    /** So many points at equal steps along the line, both ends among them. */
    public List<Point> resampled(int count) {
        if (count < 2) {
            throw new IllegalArgumentException("a line needs two points or more, got " + count);
        }
        var step = length() / (count - 1);
        var result = new ArrayList<Point>();
        result.add(points.getFirst());
        var walked = 0.0;
        var segment = 1;
        while (result.size() < count - 1) {
            var from = points.get(segment - 1);
            var to = points.get(segment);
            var length = from.distance(to);
            var wanted = result.size() * step;
            if (walked + length < wanted && segment + 1 < points.size()) {
                walked += length;
                segment++;
            } else {
                var share = length == 0 ? 0 : Math.min(1, (wanted - walked) / length);
                result.add(new Point(from.x() + share * (to.x() - from.x()), from.y() + share * (to.y() - from.y())));
            }
        }
        result.add(points.getLast());
        return List.copyOf(result);
    }

    /** Mean distance in pixels from the points of either line to the other line; symmetric to the last bit. */
    public double distance(Polyline other) {
        var there = 0.0;
        var back = 0.0;
        var mine = resampled(STEPS);
        var its = other.resampled(STEPS);
        for (var i = 0; i < STEPS; i++) {
            there += other.distance(mine.get(i));
            back += distance(its.get(i));
        }
        return (there + back) / (2 * STEPS);
    }

    /**
     * How much two lines agree within a tolerance: the harmonic mean of the share of the one that runs along the other
     * and the reverse (completeness and correctness by the buffer method of C. Heipke and others, 1997).
     */
    double agreement(Polyline other, double tolerance) {
        var mine = share(other, tolerance);
        var its = other.share(this, tolerance);
        return mine + its == 0 ? 0 : 2 * mine * its / (mine + its);
    }

    private double share(Polyline other, double tolerance) {
        return (double) resampled(STEPS).stream()
                        .filter(point -> other.distance(point) <= tolerance)
                        .count()
                / STEPS;
    }

    private double distance(Point place) {
        var nearest = Double.POSITIVE_INFINITY;
        for (var i = 1; i < points.size(); i++) {
            nearest = Math.min(nearest, distance(place, points.get(i - 1), points.get(i)));
        }
        return nearest;
    }

    /** Distance of a place from a segment. */
    static double distance(Point place, Point from, Point to) {
        var dx = to.x() - from.x();
        var dy = to.y() - from.y();
        var squared = dx * dx + dy * dy;
        var along = squared == 0
                ? 0
                : Math.clamp(((place.x() - from.x()) * dx + (place.y() - from.y()) * dy) / squared, 0, 1);
        return Math.hypot(place.x() - from.x() - along * dx, place.y() - from.y() - along * dy);
    }

    /** The mean at equal steps, each line walked in the direction of the one that agrees best with the others. */
    static Polyline middle(List<Polyline> all) {
        if (all.size() == 1) {
            return all.getFirst();
        }
        var reference = Medoid.of(all, (one, other) -> -one.distance(other));
        var walked = all.stream()
                .map(line -> line.towards(reference).resampled(STEPS))
                .toList();
        var points = new ArrayList<Point>();
        for (var i = 0; i < STEPS; i++) {
            var step = i;
            points.add(new Point(
                    Sums.sorted(walked.stream()
                                    .mapToDouble(w -> w.get(step).x())
                                    .toArray())
                            / all.size(),
                    Sums.sorted(walked.stream()
                                    .mapToDouble(w -> w.get(step).y())
                                    .toArray())
                            / all.size()));
        }
        return new Polyline(points);
    }

    private Polyline towards(Polyline reference) {
        var start = reference.points.getFirst();
        var end = reference.points.getLast();
        var same = points.getFirst().distance(start) + points.getLast().distance(end);
        var turned = points.getFirst().distance(end) + points.getLast().distance(start);
        return same <= turned ? this : new Polyline(points.reversed());
    }

    @Override
    public int compareTo(Polyline other) {
        return Polygon.compare(points, other.points);
    }
}
