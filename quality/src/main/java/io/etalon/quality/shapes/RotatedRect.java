package io.etalon.quality.shapes;

import java.util.Comparator;
import java.util.List;

/**
 * A turned rectangle in source pixels, kept with the angle in [-pi/2, pi/2): half a turn changes nothing.
 *
 * @param angle of the side called width, in radians, from the image's x axis towards its y axis (clockwise on a screen)
 * @throws IllegalArgumentException when a value is not finite or a side is not positive
 */
public record RotatedRect(double centreX, double centreY, double width, double height, double angle)
        implements BoxShape<RotatedRect> {
    private static final Comparator<RotatedRect> BY_CONTENT = Comparator.comparingDouble(RotatedRect::centreX)
            .thenComparingDouble(RotatedRect::centreY)
            .thenComparingDouble(RotatedRect::width)
            .thenComparingDouble(RotatedRect::height)
            .thenComparingDouble(RotatedRect::angle);

    public RotatedRect {
        requireSides(width, height);
        if (!Double.isFinite(centreX) || !Double.isFinite(centreY) || !Double.isFinite(angle)) {
            throw new IllegalArgumentException(
                    "a turned box needs a finite centre and angle, got (" + centreX + ", " + centreY + ") at " + angle);
        }
        centreX += 0.0;
        centreY += 0.0;
        angle = halfTurn(angle);
    }

    static void requireSides(double width, double height) {
        if (!(width > 0 && height > 0 && width * height > 0) || !Double.isFinite(width * height)) {
            throw new IllegalArgumentException(
                    "a box needs positive sides and a finite area, got " + width + " x " + height);
        }
    }

    private static double halfTurn(double angle) {
        if (angle >= -Math.PI / 2 && angle < Math.PI / 2) {
            return angle + 0.0;
        }
        var turned = angle - Math.PI * Math.floor(angle / Math.PI + 0.5);
        return turned >= Math.PI / 2 || turned < -Math.PI / 2 ? -Math.PI / 2 : turned + 0.0;
    }

    /**
     * The box whose corners go round in this order, such as a line of DOTA's {@code labelTxt}: the first side is the
     * width. Corners that are no exact rectangle give the one with their mean centre and mean sides.
     */
    public static RotatedRect ofCorners(Point a, Point b, Point c, Point d) {
        var acrossX = (b.x() - a.x() + c.x() - d.x()) / 2;
        var acrossY = (b.y() - a.y() + c.y() - d.y()) / 2;
        var width = Math.hypot(acrossX, acrossY);
        var height = Math.hypot((d.x() - a.x() + c.x() - b.x()) / 2, (d.y() - a.y() + c.y() - b.y()) / 2);
        return new RotatedRect(
                (a.x() + b.x() + c.x() + d.x()) / 4,
                (a.y() + b.y() + c.y() + d.y()) / 4,
                width,
                height,
                StrictMath.atan2(acrossY, acrossX));
    }

    @Override
    public Point centre() {
        return new Point(centreX, centreY);
    }

    /** The four corners, going round from the one at (-width/2, -height/2) in the box's own axes. */
    public List<Point> corners() {
        var corners = cornersAround(0, 0);
        return List.of(
                new Point(corners[0], corners[1]),
                new Point(corners[2], corners[3]),
                new Point(corners[4], corners[5]),
                new Point(corners[6], corners[7]));
    }

    private double[] cornersAround(double originX, double originY) {
        var cos = StrictMath.cos(angle);
        var sin = StrictMath.sin(angle);
        double[] signs = {-1, -1, 1, -1, 1, 1, -1, 1};
        var corners = new double[8];
        for (var i = 0; i < 8; i += 2) {
            var along = signs[i] * width / 2;
            var across = signs[i + 1] * height / 2;
            corners[i] = centreX - originX + along * cos - across * sin;
            corners[i + 1] = centreY - originY + along * sin + across * cos;
        }
        return corners;
    }

    @Override
    public RotatedRect reframed(Point centre, double newWidth, double newHeight, double newAngle) {
        return new RotatedRect(centre.x(), centre.y(), newWidth, newHeight, newAngle);
    }

    /** The returned angle is within a quarter of pi of the given one, up to half turns. */
    @Override
    public RotatedRect alignedWith(double direction) {
        return Math.abs(halfTurn(angle - direction)) <= Math.PI / 4
                ? this
                : new RotatedRect(centreX, centreY, height, width, angle + Math.PI / 2);
    }

    /** Angle from another box's to this one's, up to half turns, in [-pi/2, pi/2). */
    static double turn(double from, double to) {
        return halfTurn(to - from);
    }

    /** By clipping one rectangle with the four half-planes of the other (I. Sutherland and G. Hodgman, 1974). */
    @Override
    public double iou(RotatedRect other) {
        var order = compareTo(other);
        if (order == 0) {
            return 1;
        }
        if (order > 0) {
            return other.iou(this);
        }
        var reach = (Math.hypot(width, height) + Math.hypot(other.width, other.height)) / 2;
        if (Math.hypot(centreX - other.centreX, centreY - other.centreY) >= reach) {
            return 0;
        }
        var intersection = intersection(other);
        return Math.clamp(intersection / (area() + other.area() - intersection), 0, 1);
    }

    private double intersection(RotatedRect other) {
        var around = other.cornersAround(centreX, centreY);
        var cos = StrictMath.cos(angle);
        var sin = StrictMath.sin(angle);
        // In this box's own axes the half-planes are x <= width / 2 and the like; no clip adds more than one corner.
        var xs = new double[8];
        var ys = new double[8];
        for (var i = 0; i < 4; i++) {
            xs[i] = around[2 * i] * cos + around[2 * i + 1] * sin;
            ys[i] = around[2 * i + 1] * cos - around[2 * i] * sin;
        }
        var size = 4;
        size = clip(xs, ys, size, 1, width / 2);
        size = clip(xs, ys, size, -1, width / 2);
        size = clip(ys, xs, size, 1, height / 2);
        size = clip(ys, xs, size, -1, height / 2);
        var twice = 0.0;
        for (var i = 0; i < size; i++) {
            var next = (i + 1) % size;
            twice += xs[i] * ys[next] - xs[next] * ys[i];
        }
        return Math.abs(twice) / 2;
    }

    /** Keeps what has {@code sign * across <= limit}, in place; returns the new number of corners. */
    private static int clip(double[] across, double[] along, int size, int sign, double limit) {
        var keptAcross = new double[8];
        var keptAlong = new double[8];
        var kept = 0;
        for (var i = 0; i < size; i++) {
            var previous = (i + size - 1) % size;
            var from = sign * across[previous] - limit;
            var to = sign * across[i] - limit;
            if (from <= 0 != to <= 0) {
                keptAcross[kept] = sign * limit;
                keptAlong[kept++] = along[previous] + (along[i] - along[previous]) * (from / (from - to));
            }
            if (to <= 0) {
                keptAcross[kept] = across[i];
                keptAlong[kept++] = along[i];
            }
        }
        System.arraycopy(keptAcross, 0, across, 0, kept);
        System.arraycopy(keptAlong, 0, along, 0, kept);
        return kept;
    }

    @Override
    public int compareTo(RotatedRect other) {
        return BY_CONTENT.compare(this, other);
    }

    /** Median centre, sides and angle, the sides and angle of each written as those of the one that agrees best. */
    static RotatedRect middle(List<RotatedRect> all) {
        var reference = Medoid.of(all, RotatedRect::iou);
        var aligned = all.stream().map(box -> box.alignedWith(reference.angle)).toList();
        return new RotatedRect(
                Sums.median(all.stream().mapToDouble(RotatedRect::centreX).toArray()),
                Sums.median(all.stream().mapToDouble(RotatedRect::centreY).toArray()),
                Sums.median(aligned.stream().mapToDouble(RotatedRect::width).toArray()),
                Sums.median(aligned.stream().mapToDouble(RotatedRect::height).toArray()),
                reference.angle
                        + Sums.median(aligned.stream()
                                .mapToDouble(box -> turn(reference.angle, box.angle))
                                .toArray()));
    }
}
