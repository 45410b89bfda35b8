package io.etalon.quality.shapes;

import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * An axis-parallel rectangle in source pixels; {@code (x, y)} is its top left corner.
 *
 * @throws IllegalArgumentException when a value is not finite or a side is not positive
 */
public record Rect(double x, double y, double width, double height) implements BoxShape<Rect> {
    private static final Comparator<Rect> BY_CONTENT = Comparator.comparingDouble(Rect::x)
            .thenComparingDouble(Rect::y)
            .thenComparingDouble(Rect::width)
            .thenComparingDouble(Rect::height);

    public Rect {
        RotatedRect.requireSides(width, height);
        if (!Double.isFinite(x) || !Double.isFinite(y)) {
            throw new IllegalArgumentException("a box needs finite coordinates, got (" + x + ", " + y + ")");
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

    @Override
    public Point centre() {
        return new Point(x + width / 2, y + height / 2);
    }

    @Override
    public double angle() {
        return 0;
    }

    @Override
    public Rect reframed(Point centre, double newWidth, double newHeight, double angle) {
        return new Rect(centre.x() - newWidth / 2, centre.y() - newHeight / 2, newWidth, newHeight);
    }

    @Override
    public Rect alignedWith(double angle) {
        return this;
    }

    @Override
    public double iou(Rect other) {
        if (equals(other)) {
            return 1;
        }
        var overlapX = Math.min(right(), other.right()) - Math.max(x, other.x);
        var overlapY = Math.min(bottom(), other.bottom()) - Math.max(y, other.y);
        if (overlapX <= 0 || overlapY <= 0) {
            return 0;
        }
        var intersection = overlapX * overlapY;
        return Math.min(1, intersection / (area() + other.area() - intersection));
    }

    @Override
    public int compareTo(Rect other) {
        return BY_CONTENT.compare(this, other);
    }

    /** The mean of one or two, the median of each edge of more, which one careless annotator cannot move far. */
    static Rect middle(List<Rect> all) {
        var left = median(all, Rect::x);
        var top = median(all, Rect::y);
        return new Rect(left, top, median(all, Rect::right) - left, median(all, Rect::bottom) - top);
    }

    private static double median(List<Rect> all, ToDoubleFunction<Rect> edge) {
        return Sums.median(all.stream().mapToDouble(edge).toArray());
    }
}
