package io.etalon.quality.shapes;

/**
 * A place in source pixels, x to the right and y down. A negative zero becomes zero, so that equal points are equal.
 *
 * @throws IllegalArgumentException when a coordinate is not finite
 */
public record Point(double x, double y) implements Comparable<Point> {
    public Point {
        if (!Double.isFinite(x) || !Double.isFinite(y)) {
            throw new IllegalArgumentException("a point needs finite coordinates, got (" + x + ", " + y + ")");
        }
        x += 0.0;
        y += 0.0;
    }

    /** Euclidean distance in pixels. */
    public double distance(Point other) {
        return Math.hypot(x - other.x, y - other.y);
    }

    /** By x, then by y. */
    @Override
    public int compareTo(Point other) {
        var byX = Double.compare(x, other.x);
        return byX != 0 ? byX : Double.compare(y, other.y);
    }

    double squaredDistance(Point other) {
        return (x - other.x) * (x - other.x) + (y - other.y) * (y - other.y);
    }
}
