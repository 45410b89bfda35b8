package io.etalon.quality.shapes;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * A region between closed rings in source pixels: a place belongs to it when a ray from it crosses the rings an odd number
 * of times. So a ring in a ring is a hole, separate rings are parts of one region, and a ring that crosses itself
 * encloses what the rule says: the two loops of a bow tie, but not the doubly wound middle of a star.
 *
 * <p>Immutable. The natural order is one by content, without further meaning.
 */
public final class Polygon implements Comparable<Polygon> {
    private final List<List<Point>> rings;
    private final double area;
    private final Rect bounds;

    /**
     * A polygon of rings, each closed by itself: a last point that repeats the first is dropped. O(points^2) at worst.
     *
     * @throws IllegalArgumentException when a ring has fewer than three points or the whole encloses no area
     */
    public Polygon(List<List<Point>> rings) {
        if (rings.isEmpty()) {
            throw new IllegalArgumentException("a polygon needs a ring");
        }
        this.rings = rings.stream().map(Polygon::open).toList();
        var points = this.rings.stream().flatMap(List::stream).toList();
        var left = points.stream().mapToDouble(Point::x).min().orElseThrow();
        var top = points.stream().mapToDouble(Point::y).min().orElseThrow();
        var width = points.stream().mapToDouble(Point::x).max().orElseThrow() - left;
        var height = points.stream().mapToDouble(Point::y).max().orElseThrow() - top;
        this.area = Scanline.area(List.of(this.rings), 1);
        // Rounding gives points on one line some area; it is that of a hair.
        if (!(area > 1e-12 * (width * width + height * height)) || !Double.isFinite(area)) {
            throw new IllegalArgumentException("the polygon encloses no area: " + rings);
        }
        this.bounds = new Rect(left, top, width, height);
    }

    /** A polygon of one ring from x and y in turns, as COCO writes it. */
    public static Polygon of(double... coordinates) {
        if (coordinates.length % 2 != 0) {
            throw new IllegalArgumentException("x and y come in pairs, got " + coordinates.length + " numbers");
        }
        var ring = new ArrayList<Point>();
        for (var i = 0; i < coordinates.length; i += 2) {
            ring.add(new Point(coordinates[i], coordinates[i + 1]));
        }
        return new Polygon(List.of(ring));
    }

    private static List<Point> open(List<Point> ring) {
        var closed = ring.size() > 1 && ring.getFirst().equals(ring.getLast());
        var open = List.copyOf(closed ? ring.subList(0, ring.size() - 1) : ring);
        if (open.size() < 3) {
            throw new IllegalArgumentException("a ring needs three points or more, got " + ring);
        }
        return open;
    }

    /** The rings, unmodifiable, none repeating its first point. */
    public List<List<Point>> rings() {
        return rings;
    }

    /** Area in square pixels; known from the start. */
    public double area() {
        return area;
    }

    /** The least axis-parallel rectangle around all points. */
    public Rect bounds() {
        return bounds;
    }

    /** Area shared with another polygon, exact up to rounding; O((points of both)^2) at worst. */
    public double intersection(Polygon other) {
        return bounds.iou(other.bounds) == 0 ? 0 : Scanline.area(List.of(rings, other.rings), 2);
    }

    /** Intersection over union: 1 for equal polygons, 0 for disjoint ones, symmetric to the last bit. */
    public double iou(Polygon other) {
        var order = compareTo(other);
        if (order == 0) {
            return 1;
        }
        if (order > 0) {
            return other.iou(this);
        }
        var shared = intersection(other);
        return Math.clamp(shared / (area + other.area - shared), 0, 1);
    }

    /** Whether a place belongs to the region; of places on an edge, those on left and upper edges do. */
    public boolean contains(double x, double y) {
        return Arrays.stream(crossings(y)).filter(at -> at <= x).count() % 2 == 1;
    }

    /** Where the horizontal line at a height crosses the rings, ascending; an even number of places. O(points). */
    public double[] crossings(double y) {
        var at = new double[16];
        var size = 0;
        for (var ring : rings) {
            for (var i = 0; i < ring.size(); i++) {
                var from = ring.get(i);
                var to = ring.get(i + 1 == ring.size() ? 0 : i + 1);
                if (from.y() <= y != to.y() <= y) {
                    at = size == at.length ? Arrays.copyOf(at, 2 * size) : at;
                    at[size++] = from.x() + (to.x() - from.x()) * ((y - from.y()) / (to.y() - from.y()));
                }
            }
        }
        Arrays.sort(at, 0, size);
        return Arrays.copyOf(at, size);
    }

    /** Distance of a place from the nearest edge, positive inside and negative outside. */
    double signedDistance(Point place) {
        var nearest = Double.POSITIVE_INFINITY;
        for (var ring : rings) {
            for (var i = 0; i < ring.size(); i++) {
                nearest = Math.min(nearest, Polyline.distance(place, ring.get(i), ring.get((i + 1) % ring.size())));
            }
        }
        return contains(place.x(), place.y()) ? nearest : -nearest;
    }

    @Override
    public int compareTo(Polygon other) {
        var byRings = Integer.compare(rings.size(), other.rings.size());
        for (var i = 0; byRings == 0 && i < rings.size(); i++) {
            var byPoints = compare(rings.get(i), other.rings.get(i));
            if (byPoints != 0) {
                return byPoints;
            }
        }
        return byRings;
    }

    /** By number of points, then point by point. */
    static int compare(List<Point> one, List<Point> other) {
        var order = Integer.compare(one.size(), other.size());
        for (var i = 0; order == 0 && i < one.size(); i++) {
            order = one.get(i).compareTo(other.get(i));
        }
        return order;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Polygon polygon && rings.equals(polygon.rings);
    }

    @Override
    public int hashCode() {
        return Objects.hash(rings);
    }

    @Override
    public String toString() {
        return "Polygon" + rings;
    }
}
