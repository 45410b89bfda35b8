package io.etalon.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.etalon.ranking.algebra.Parallelism;
import io.etalon.ranking.model.BradleyTerry;
import io.etalon.ranking.model.Fit;
import io.etalon.ranking.model.FitOptions;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SlicesTest {
    @Test
    void addUpToTheWholeAndToAnyUnion() {
        var votes = EvaluationData.mtBenchVotes();
        var slices = Slices.of(votes, i -> "question " + votes.prompt(i) % 8, Parallelism.ONE_THREAD);
        assertThat(slices.counts()).hasSize(8);
        assertSame(slices.union(slices.counts().keySet()), PairCounts.of(votes, Parallelism.ONE_THREAD));
        var rows = IntStream.range(0, votes.size())
                .filter(i -> votes.prompt(i) % 8 == 2 || votes.prompt(i) % 8 == 5)
                .toArray();
        var union = slices.union(List.of("question 2", "question 5"));
        assertSame(union, PairCounts.of(votes.select(rows), Parallelism.ONE_THREAD));
        var fromSlices = (Fit) BradleyTerry.fit(union, FitOptions.standard());
        var fromVotes = (Fit) BradleyTerry.fit(votes.select(rows), FitOptions.standard());
        assertThat(fromSlices.strengths()).containsExactly(fromVotes.strengths(), within(1e-12));
    }

    @Test
    void addPairsThatOnlyOneOfThemHas() {
        var votes = Votes.builder()
                .add(Vote.of("a", "b", Outcome.A))
                .add(Vote.of("c", "b", Outcome.TIE))
                .add(Vote.of("b", "a", Outcome.BOTH_BAD))
                .add(Vote.of("a", "c", Outcome.B))
                .build();
        var slices = Slices.of(votes, i -> i < 2 ? "en" : "de", Parallelism.ONE_THREAD);
        var both = slices.counts().get("en").plus(slices.counts().get("de"));
        assertThat(both.pairs()).isEqualTo(3);
        assertSame(both, PairCounts.of(votes, Parallelism.ONE_THREAD));
        assertThatThrownBy(() -> slices.union(List.of("fr"))).hasMessageContaining("no slice \"fr\"; there are de, en");
        assertThatThrownBy(() -> slices.union(List.of())).isInstanceOf(IllegalArgumentException.class);
        var others = Votes.builder().add(Vote.of("a", "z", Outcome.A)).build();
        assertThatThrownBy(() -> both.plus(PairCounts.of(others, Parallelism.ONE_THREAD)))
                .hasMessageContaining("do not add up");
    }

    private static void assertSame(PairCounts left, PairCounts right) {
        assertThat(left.pairs()).isEqualTo(right.pairs());
        for (var pair = 0; pair < left.pairs(); pair++) {
            assertThat(List.of(left.first(pair), left.second(pair)))
                    .isEqualTo(List.of(right.first(pair), right.second(pair)));
            assertThat(List.of(left.winsFirst(pair), left.winsSecond(pair), left.ties(pair), left.bothBad(pair)))
                    .isEqualTo(List.of(
                            right.winsFirst(pair), right.winsSecond(pair), right.ties(pair), right.bothBad(pair)));
        }
    }
}
