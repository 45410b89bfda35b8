package io.etalon.ranking.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.etalon.ranking.EvaluationData;
import io.etalon.ranking.Outcome;
import io.etalon.ranking.Vote;
import io.etalon.ranking.Votes;
import io.etalon.ranking.interval.Clustering;
import io.etalon.ranking.interval.RankRanges.Range;
import io.etalon.ranking.model.FitOptions;
import io.etalon.ranking.model.Ties;
import org.junit.jupiter.api.Test;

class LeaderboardsTest {
    private static final RankOptions HALF =
            RankOptions.standard().withFit(FitOptions.standard().withTies(Ties.HALF));

    @Test
    void publishesTheMtBenchBoard() {
        var board = (Leaderboard) Leaderboards.rank(EvaluationData.mtBenchVotes(), HALF.withBootstrap(200));
        assertThat(board.standings()).extracting(Standing::model).startsWith("gpt-4", "claude-v1", "gpt-3.5-turbo");
        assertThat(board.warnings()).isEmpty();
        var claude = board.standings().get(1);
        assertThat(claude.rating()).isCloseTo(1111.6746, within(1e-3));
        assertThat(claude.standardError()).isGreaterThanOrEqualTo(17.8163);
        assertThat(claude.interval().contains(claude.rating())).isTrue();
        // Under honest errors even the first place is not certain; row-wise it would be.
        assertThat(claude.ranks()).isEqualTo(new Range(1, 3));
        var gap = claude.next().orElseThrow();
        assertThat(gap.below()).isEqualTo("gpt-3.5-turbo");
        assertThat(gap.interval().contains(0)).isTrue();
        assertThat(gap.votesToFlip()).hasValue(13);
        var resampled = claude.bootstrap().orElseThrow();
        assertThat(resampled.high() - resampled.low()).isBetween(55.0, 85.0);
        assertThat(board.clusterings())
                .extracting(Leaderboard.ClusterCount::clusters)
                .containsExactly(80, 65, 65);
    }

    @Test
    void warnsOfRowWiseErrorsAndOfARidge() {
        var votes = EvaluationData.mtBenchVotes();
        var rows = (Leaderboard) Leaderboards.rank(votes, HALF.withClustering(Clustering.ROWS));
        assertThat(rows.warnings()).anyMatch(warning -> warning.contains("too narrow"));
        var ridge = HALF.withFit(HALF.fit().withRidge(1));
        assertThat(((Leaderboard) Leaderboards.rank(votes, ridge)).warnings())
                .anyMatch(warning -> warning.contains("ridge"));
    }

    @Test
    void movesEveryRatingAndNoDifferenceWithTheAnchor() {
        var votes = EvaluationData.mtBenchVotes();
        var mean = (Leaderboard) Leaderboards.rank(votes, HALF);
        var fixed = (Leaderboard) Leaderboards.rank(votes, HALF.withAnchor(new Anchor.Model("llama-13b", 800)));
        assertThat(fixed.standings().getLast().rating()).isCloseTo(800, within(1e-9));
        for (var i = 0; i < 5; i++) {
            var left = mean.standings().get(i);
            var right = fixed.standings().get(i);
            assertThat(right.rating() - left.rating()).isCloseTo(800 - 748.9622, within(1e-3));
            assertThat(right.standardError()).isEqualTo(left.standardError());
        }
        assertThatThrownBy(() -> Leaderboards.rank(votes, HALF.withAnchor(new Anchor.Model("gpt-5", 800))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("gpt-5");
    }

    @Test
    void saysWhyThereIsNoBoard() {
        var apart = Votes.builder().add(Vote.of("a", "b", Outcome.A)).build();
        assertThat(Leaderboards.rank(apart, RankOptions.standard()))
                .isInstanceOfSatisfying(
                        Unrankable.class,
                        unrankable -> assertThat(unrankable.reason().message()).contains("2 islands: a; b"));
        assertThatThrownBy(() -> Leaderboards.rank(
                        Votes.builder()
                                .add(Vote.of("a", "b", Outcome.A))
                                .add(Vote.of("a", "b", Outcome.B))
                                .build(),
                        RankOptions.standard().withClustering(Clustering.PROMPT)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("two or more different prompts");
    }
}
