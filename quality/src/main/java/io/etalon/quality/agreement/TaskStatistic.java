package io.etalon.quality.agreement;

import io.etalon.quality.Bootstrap;
import io.etalon.quality.Estimate;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;

/** A figure of a sample of tasks that can be resampled. */
interface TaskStatistic extends Bootstrap.Statistic {
    /** Chance agreement nearer to 1 than this leaves nothing to agree on. */
    double CERTAIN = 1e-12;

    /** Number of tasks that can be drawn. */
    int tasks();

    /** The figure and its interval. */
    default Optional<Estimate> estimate(Bootstrap bootstrap) {
        return tasks() == 0 ? Optional.empty() : bootstrap.estimate(tasks(), this);
    }

    /** The figure of the sample as it is. */
    default OptionalDouble value() {
        var once = new int[tasks()];
        Arrays.fill(once, 1);
        return tasks() == 0 ? OptionalDouble.empty() : of(once);
    }

    /** Share of the agreement that chance leaves possible; empty when chance leaves nothing. */
    static OptionalDouble beyondChance(double observed, double chance) {
        return chance < 1 - CERTAIN ? OptionalDouble.of((observed - chance) / (1 - chance)) : OptionalDouble.empty();
    }
}
