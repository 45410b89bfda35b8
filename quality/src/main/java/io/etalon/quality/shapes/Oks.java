package io.etalon.quality.shapes;

import java.util.Collections;
import java.util.List;

/**
 * Object keypoint similarity as COCO's evaluation defines it: a point at distance d counts
 * {@code exp(-d^2 / (2 area (2 sigma)^2))}, with a sigma for each point of the skeleton (1 = as large as the object).
 *
 * @param sigmas standard deviation of careful annotators by point, as a share of the square root of the object's area
 */
public record Oks(List<Double> sigmas) {
    /** COCO's 17 points of a person, nose to ankles. */
    public static final Oks COCO_PERSON = new Oks(List.of(
            .026, .025, .025, .035, .035, .079, .079, .072, .072, .062, .062, .107, .107, .087, .087, .089, .089));

    public Oks {
        sigmas = List.copyOf(sigmas);
        if (sigmas.isEmpty() || !sigmas.stream().allMatch(sigma -> sigma > 0 && Double.isFinite(sigma))) {
            throw new IllegalArgumentException("each point needs a positive sigma, got " + sigmas);
        }
    }

    /** One sigma for all points of a skeleton. */
    public static Oks uniform(int points, double sigma) {
        return new Oks(Collections.nCopies(points, sigma));
    }

    /**
     * Similarity of what was drawn to the truth: the mean over the points that the truth labels, one that was not drawn
     * counting 0. A truth without a labelled point agrees with drawn keypoints without one (1) and with no others (0).
     *
     * @throws IllegalArgumentException when either has another number of points
     */
    public double similarity(Keypoints truth, Keypoints drawn) {
        return mean(truth, drawn, truth.area(), false);
    }

    /**
     * Similarity of two annotators' keypoints, symmetric to the last bit: the mean over the points that either labels, one
     * labelled by one only counting 0, with the mean of both areas.
     *
     * @throws IllegalArgumentException when either has another number of points
     */
    public double between(Keypoints one, Keypoints other) {
        return mean(one, other, (one.area() + other.area()) / 2, true);
    }

    private double mean(Keypoints one, Keypoints other, double area, boolean either) {
        require(one);
        require(other);
        var counted = 0;
        var extra = false;
        var sum = 0.0;
        for (var i = 0; i < sigmas.size(); i++) {
            var a = one.points().get(i);
            var b = other.points().get(i);
            extra |= b.labelled();
            if (a.labelled() || either && b.labelled()) {
                counted++;
                if (a.labelled() && b.labelled()) {
                    var scale = 2 * sigmas.get(i);
                    sum += StrictMath.exp(-a.squaredDistance(b) / (2 * area * scale * scale));
                }
            }
        }
        return counted > 0 ? sum / counted : extra ? 0 : 1;
    }

    void require(Keypoints keypoints) {
        if (keypoints.points().size() != sigmas.size()) {
            throw new IllegalArgumentException("the skeleton has " + sigmas.size() + " points, got "
                    + keypoints.points().size());
        }
    }
}
