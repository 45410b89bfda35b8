package io.etalon.quality.shapes;

import java.util.Comparator;
import java.util.List;

/**
 * The named points of one object in a fixed order, such as a person's joints. Immutable; the natural order is one by
 * content, without further meaning.
 *
 * @param points in the order of the skeleton
 * @param area of the object in square pixels, which says what distance is near
 * @throws IllegalArgumentException when there is no point or the area is not positive and finite
 */
public record Keypoints(List<Keypoint> points, double area) implements Comparable<Keypoints> {
    /** What an annotator said of a point; the numbers of COCO are their ordinals. */
    public enum Visibility {
        ABSENT,
        OCCLUDED,
        VISIBLE
    }

    /**
     * One point in source pixels.
     *
     * @throws IllegalArgumentException when a coordinate is not finite
     */
    public record Keypoint(double x, double y, Visibility visibility) implements Comparable<Keypoint> {
        /** A point that was not labelled. */
        public static final Keypoint ABSENT = new Keypoint(0, 0, Visibility.ABSENT);

        private static final Comparator<Keypoint> BY_CONTENT = Comparator.comparingDouble(Keypoint::x)
                .thenComparingDouble(Keypoint::y)
                .thenComparing(Keypoint::visibility);

        public Keypoint {
            if (!Double.isFinite(x) || !Double.isFinite(y)) {
                throw new IllegalArgumentException("a keypoint needs finite coordinates, got (" + x + ", " + y + ")");
            }
            x = visibility == Visibility.ABSENT ? 0 : x + 0.0;
            y = visibility == Visibility.ABSENT ? 0 : y + 0.0;
        }

        /** Whether the point has a place, seen or not. */
        public boolean labelled() {
            return visibility != Visibility.ABSENT;
        }

        double squaredDistance(Keypoint other) {
            return (x - other.x) * (x - other.x) + (y - other.y) * (y - other.y);
        }

        @Override
        public int compareTo(Keypoint other) {
            return BY_CONTENT.compare(this, other);
        }
    }

    public Keypoints {
        points = List.copyOf(points);
        if (points.isEmpty()) {
            throw new IllegalArgumentException("keypoints need a point");
        }
        if (!(area > 0) || !Double.isFinite(area)) {
            throw new IllegalArgumentException("keypoints need a positive area of their object, got " + area);
        }
    }

    @Override
    public int compareTo(Keypoints other) {
        var order = Integer.compare(points.size(), other.points.size());
        for (var i = 0; order == 0 && i < points.size(); i++) {
            order = points.get(i).compareTo(other.points.get(i));
        }
        return order != 0 ? order : Double.compare(area, other.area);
    }
}
