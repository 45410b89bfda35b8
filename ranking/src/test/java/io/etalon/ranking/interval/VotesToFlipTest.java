package io.etalon.ranking.interval;

import static org.assertj.core.api.Assertions.assertThat;

import io.etalon.ranking.EvaluationData;
import io.etalon.ranking.PairCounts;
import io.etalon.ranking.algebra.Parallelism;
import io.etalon.ranking.model.BradleyTerry;
import io.etalon.ranking.model.Fit;
import io.etalon.ranking.model.FitOptions;
import io.etalon.ranking.model.Ties;
import java.util.List;
import org.junit.jupiter.api.Test;

class VotesToFlipTest {
    @Test
    void findsTheVotesThatEachPlaceOfTheMtBenchBoardHangsOn() {
        var counts = PairCounts.of(EvaluationData.mtBenchVotes(), Parallelism.ONE_THREAD);
        var fit = (Fit) BradleyTerry.fit(counts, FitOptions.standard().withTies(Ties.HALF));
        var flips = new VotesToFlip(fit, counts);
        var order = List.of("gpt-4", "claude-v1", "gpt-3.5-turbo", "vicuna-13b-v1.2", "alpaca-13b", "llama-13b");
        // An earlier search in the same order needed 110, 13, 363, 323 and 231: these are fewer, and each is refitted.
        var expected = List.of(92, 13, 229, 204, 141);
        for (var i = 0; i < expected.size(); i++) {
            var above = fit.models().indexOf(order.get(i));
            var below = fit.models().indexOf(order.get(i + 1));
            assertThat(flips.between(above, below)).as(order.get(i)).hasValue(expected.get(i));
        }
    }
}
