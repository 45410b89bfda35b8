package io.etalon.quality.shapes;

/**
 * A rectangle, axis-parallel or turned: a centre, two sides and an angle. The natural order is one by content, without
 * further meaning.
 *
 * @param <S> the kind itself
 */
public sealed interface BoxShape<S extends BoxShape<S>> extends Comparable<S> permits Rect, RotatedRect {
    Point centre();

    /** Side along the box's own x axis in pixels, positive. */
    double width();

    /** Side along the box's own y axis in pixels, positive. */
    double height();

    /** Angle of the box's own x axis in radians, from the image's x axis towards its y axis; 0 when axis-parallel. */
    double angle();

    /** A box of this kind from its parts; an axis-parallel one leaves the angle aside. */
    S reframed(Point centre, double width, double height, double angle);

    /**
     * Intersection over union: 1 for equal boxes, 0 for disjoint ones, symmetric to the last bit.
     */
    double iou(S other);

    /** Area in square pixels. */
    default double area() {
        return width() * height();
    }

    /** The same region written with the angle nearest to a given one: a box turned by a quarter swaps its sides. */
    S alignedWith(double angle);
}
