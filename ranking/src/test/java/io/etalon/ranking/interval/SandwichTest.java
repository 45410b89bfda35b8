package io.etalon.ranking.interval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.etalon.ranking.EvaluationData;
import io.etalon.ranking.algebra.Parallelism;
import io.etalon.ranking.model.BradleyTerry;
import io.etalon.ranking.model.Fit;
import io.etalon.ranking.model.FitOptions;
import io.etalon.ranking.model.Ties;
import java.util.List;
import java.util.stream.IntStream;
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

    @Test
    void takesWhatPromptAndVoterShareOnceWhenVotesAreClusteredByBoth() {
        var votes = EvaluationData.mtBenchVotes();
        var fit = (Fit) BradleyTerry.fit(votes, FitOptions.standard());
        // Votes that share both, under the name of a prompt.
        var shared = IntStream.range(0, votes.size())
                .map(i -> votes.prompt(i) * votes.voters() + votes.voter(i))
                .toArray();
        var twoWay = Sandwich.of(fit, votes, Clustering.TWO_WAY, Parallelism.ONE_THREAD);
        var byPrompt = Sandwich.of(fit, votes, Clustering.PROMPT, Parallelism.ONE_THREAD);
        var byVoter = Sandwich.of(fit, votes, Clustering.VOTER, Parallelism.ONE_THREAD);
        var byBoth = Sandwich.of(fit, votes.withPrompts(shared), Clustering.PROMPT, Parallelism.ONE_THREAD);
        for (var i = 0; i < fit.parameters(); i++) {
            var expected = square(byPrompt, i) + square(byVoter, i) - square(byBoth, i);
            assertThat(square(twoWay, i)).as("coordinate %d", i).isCloseTo(expected, withinPercentage(1e-7));
        }
    }

    private static double square(Uncertainty uncertainty, int i) {
        return Math.pow(uncertainty.standardError(i), 2);
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
