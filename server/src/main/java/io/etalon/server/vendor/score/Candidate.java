package io.etalon.server.vendor.score;

import io.etalon.quality.Estimate;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A workforce as a routing decision sees it.
 *
 * @param name for sentences
 * @param price of one annotation in the contracts' currency; null where no contract says it
 * @param accuracy empty where nothing is known
 * @param closed why it may take nothing now; null when it may
 */
public record Candidate(
        UUID workforce,
        String name,
        @Nullable Double price,
        Optional<Estimate> accuracy,
        @Nullable String closed) {
    /** What one knows before the first answer: half a right and half a wrong one (Jeffreys). */
    private static final double PRIOR = 0.5;

    private static final double Z95 = 1.959963984540054;

    /** An accuracy to reckon with; one half where nothing is known. */
    double expected() {
        var beliefs = beliefs();
        return beliefs[0] / (beliefs[0] + beliefs[1]);
    }

    /** What it costs; nothing where nobody says it. */
    public double cost() {
        return price == null ? 0 : price;
    }

    /**
     * The parameters of a Beta distribution with this accuracy and an interval as wide: as many answers as would tell so much
     * if each were given by another person.
     */
    double[] beliefs() {
        if (accuracy.isEmpty()) {
            return new double[] {PRIOR, PRIOR};
        }
        var interval = accuracy.get().interval();
        var value = Math.clamp(accuracy.get().value(), 1e-3, 1 - 1e-3);
        var error = Math.max(1e-4, (interval.high() - interval.low()) / (2 * Z95));
        var answers = Math.max(0, value * (1 - value) / (error * error) - 1);
        return new double[] {PRIOR + value * answers, PRIOR + (1 - value) * answers};
    }
}
