package io.etalon.ranking.interval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.etalon.ranking.EvaluationData;
import io.etalon.ranking.algebra.Parallelism;
import io.etalon.ranking.model.BradleyTerry;
import io.etalon.ranking.model.Fit;
import io.etalon.ranking.model.FitOptions;
import io.etalon.ranking.model.Ties;
import java.util.List;
import org.junit.jupiter.api.Test;

class SandwichTest {
    private static final double POINTS = 400 / Math.log(10);
    private static final List<String> MODELS =
            List.of("gpt-4", "claude-v1", "gpt-3.5-turbo", "vicuna-13b-v1.2", "alpaca-13b", "llama-13b");

    @Test
    void givesTheErrorsOfTheMtBenchVotesUnderEachClustering() {
        assertErrors(Clustering.ROWS, 9.3959, 8.7329, 6.8949, 7.9454, 8.9263, 10.3675);
        assertErrors(Clustering.PROMPT, 15.6653, 17.8164, 11.4271, 11.9286, 16.4489, 17.6994);
        assertErrors(Clustering.VOTER, 10.4387, 10.2891, 6.3653, 8.8961, 9.8753, 10.4554);
    }

    private static void assertErrors(Clustering clustering, double... expected) {
        var votes = EvaluationData.mtBenchVotes();
        var fit = (Fit) BradleyTerry.fit(votes, FitOptions.standard().withTies(Ties.HALF));
        var uncertainty = Sandwich.of(fit, votes, clustering, Parallelism.ALL_CORES);
        for (var i = 0; i < expected.length; i++) {
            var error = POINTS * uncertainty.standardError(fit.models().indexOf(MODELS.get(i)));
            assertThat(error).as(clustering + " " + MODELS.get(i)).isCloseTo(expected[i], within(1e-3));
        }
    }
}
