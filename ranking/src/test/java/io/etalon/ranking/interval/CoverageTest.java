package io.etalon.ranking.interval;

import static org.assertj.core.api.Assertions.assertThat;

import io.etalon.ranking.ClusteredVotes;
import io.etalon.ranking.algebra.Parallelism;
import io.etalon.ranking.model.BradleyTerry;
import io.etalon.ranking.model.Fit;
import io.etalon.ranking.model.FitOptions;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Two thousand small worlds: how often intervals hold what is true. */
class CoverageTest {
    private static final int ROUNDS = 2000;
    private static final long SEED = 20261122;
    private static final FitOptions OPTIONS = FitOptions.standard().withParallelism(Parallelism.ONE_THREAD);

    @Test
    void coversWhatIsTrueWhenPromptsAndVotersComeBackAndRowWiseErrorsDoNot() {
        var world = new ClusteredVotes(5, 100, 60, 1000, .9, .4);
        var honest = new Count();
        var rows = new Count();
        var random = new SplittableRandom(SEED);
        var truth = world.limit(OPTIONS);
        for (var round = 0; round < ROUNDS; round++) {
            var votes = world.draw(random);
            var fit = (Fit) BradleyTerry.fit(votes, OPTIONS);
            honest.add(fit, truth, Sandwich.of(fit, votes, Clustering.LARGEST, Parallelism.ONE_THREAD));
            rows.add(fit, truth, Sandwich.of(fit, votes, Clustering.ROWS, Parallelism.ONE_THREAD));
        }
        System.out.println("coverage of 95 % intervals (seed " + SEED + "): default " + honest.ratings()
                + " of ratings, " + honest.differences() + " of differences; row-wise " + rows.ratings() + " and "
                + rows.differences());
        assertThat(honest.ratings()).isBetween(.94, .96);
        assertThat(honest.differences()).isBetween(.94, .96);
        // The negative control: the same test fails row by row.
        assertThat(rows.ratings()).isLessThan(.90);
        assertThat(rows.differences()).isLessThan(.90);
    }

    /** How many intervals held the truth. */
    private static final class Count {
        private int ofRatings;
        private int heldRatings;
        private int ofDifferences;
        private int heldDifferences;

        void add(Fit fit, Fit truth, Uncertainty uncertainty) {
            for (var i = 0; i < fit.models().size(); i++) {
                var error = fit.strength(i) - truth.strength(i);
                ofRatings++;
                heldRatings += Math.abs(error) <= uncertainty.halfWidth(i, .95) ? 1 : 0;
                for (var j = i + 1; j < fit.models().size(); j++) {
                    var other = fit.strength(j) - truth.strength(j);
                    ofDifferences++;
                    heldDifferences += Math.abs(error - other) <= uncertainty.halfWidth(i, j, .95) ? 1 : 0;
                }
            }
        }

        double ratings() {
            return (double) heldRatings / ofRatings;
        }

        double differences() {
            return (double) heldDifferences / ofDifferences;
        }
    }
}
