package io.etalon.annotation;

/**
 * An axis-parallel rectangle in source pixels; {@code (x, y)} is its top left corner. A negative zero becomes zero, so
 * that equal boxes have equal canonical bytes.
 *
 * @throws IllegalArgumentException when a value is not finite or a side is not positive
 */
public record Box(double x, double y, double width, double height) implements Geometry {
    public Box {
        if (!Double.isFinite(x) || !Double.isFinite(y) || !Double.isFinite(width) || !Double.isFinite(height)) {
            throw new IllegalArgumentException("box has a coordinate that is not a finite number");
        }
        if (width <= 0 || height <= 0) {
            throw new IllegalArgumentException("box has a side that is not positive: " + width + " x " + height);
        }
        x += 0.0;
        y += 0.0;
    }

    public double right() {
        return x + width;
    }

    public double bottom() {
        return y + height;
    }

    /** Area in square pixels. */
    public double area() {
        return width * height;
    }

    /** Intersection over union with another box: 1 for equal boxes, 0 for disjoint ones; symmetric to the last bit. */
    public double iou(Box other) {
        var overlapX = Math.min(right(), other.right()) - Math.max(x, other.x);
        var overlapY = Math.min(bottom(), other.bottom()) - Math.max(y, other.y);
        if (overlapX <= 0 || overlapY <= 0) {
            return 0;
        }
        var intersection = overlapX * overlapY;
        return intersection / (area() + other.area() - intersection);
    }
}
