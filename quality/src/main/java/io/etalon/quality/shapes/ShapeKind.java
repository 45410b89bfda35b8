package io.etalon.quality.shapes;

import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleBiFunction;

/**
 * What matching, fusion and agreement need to know of a kind of shape.
 *
 * @param <S> the kind; its natural order is one by content, which decides among equals
 * @param overlap how much two shapes agree, 0 to 1, symmetric: intersection over union for regions
 * @param middle one shape for several, which are never none; a function of their content alone, not of their order
 * @param region whether the overlap is an intersection over union, so that Dice follows from it
 */
public record ShapeKind<S extends Comparable<S>>(
        ToDoubleBiFunction<S, S> overlap, Function<List<S>, S> middle, boolean region) {
    /** Axis-parallel boxes; the middle takes the mean of two and the median of each edge of more. */
    public static final ShapeKind<Rect> RECTS = new ShapeKind<>(Rect::iou, Rect::middle, true);

    /** Turned boxes; the middle takes the median of centre, sides and angle, sides swapped where that agrees better. */
    public static final ShapeKind<RotatedRect> ROTATED_RECTS =
            new ShapeKind<>(RotatedRect::iou, RotatedRect::middle, true);

    /** Polygons; the middle is {@link PolygonFusion#STANDARD}'s. */
    public static final ShapeKind<Polygon> POLYGONS =
            new ShapeKind<>(Polygon::iou, PolygonFusion.STANDARD::middle, true);

    /** Keypoints of one skeleton; overlap is the similarity of two annotators, the middle takes medians and votes. */
    public static ShapeKind<Keypoints> keypoints(Oks oks) {
        return new ShapeKind<>(oks::between, KeypointModel::middle, false);
    }

    /**
     * Lines; overlap is the harmonic mean of the shares of either that run within the tolerance of the other (in pixels,
     * at steps of 1/127 of the length), the middle the mean at equal steps.
     *
     * @throws IllegalArgumentException when the tolerance is not positive and finite
     */
    public static ShapeKind<Polyline> polylines(double tolerance) {
        if (!(tolerance > 0) || !Double.isFinite(tolerance)) {
            throw new IllegalArgumentException("the tolerance of lines must be positive, got " + tolerance);
        }
        return new ShapeKind<>((one, other) -> one.agreement(other, tolerance), Polyline::middle, false);
    }

    double overlap(S one, S other) {
        return overlap.applyAsDouble(one, other);
    }

    S middle(List<S> shapes) {
        return middle.apply(shapes);
    }
}
