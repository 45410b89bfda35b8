package io.etalon.ranking.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.etalon.ranking.Outcome;
import io.etalon.ranking.Vote;
import io.etalon.ranking.Votes;
import io.etalon.ranking.model.TrueSkill.Skill;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The tables of the reference implementation's own tests, to their three digits. */
class TrueSkillTest {
    private static final TrueSkill STANDARD = TrueSkill.standard();

    @Test
    void ratesTwoPlayers() {
        assertSkills(rate(fresh(2), false), 29.396, 7.171, 20.604, 7.171);
        assertSkills(rate(fresh(2), true), 25, 6.458, 25, 6.458);
        assertThat(STANDARD.quality(Skill.fresh(), Skill.fresh())).isCloseTo(.447, within(1e-3));
        var upset = List.of(Skill.fresh(), new Skill(50, 12.5));
        assertThat(STANDARD.quality(upset.getFirst(), upset.getLast())).isCloseTo(.110, within(1e-3));
        assertSkills(rate(upset, true), 31.662, 7.137, 35.010, 7.910);
        var drawish = new TrueSkill(25.0 / 6, 25.0 / 300, .5).rate(fresh(2), List.of(false));
        assertSkills(drawish, 30.267, 7.077, 19.733, 7.077);
    }

    @Test
    void ratesManyPlayers() {
        assertSkills(rate(fresh(3), false), 31.675, 6.656, 25, 6.208, 18.325, 6.656);
        assertSkills(rate(fresh(3), true), 25, 5.698, 25, 5.695, 25, 5.698);
        assertSkills(rate(fresh(4), false), 33.207, 6.348, 27.401, 5.787, 22.599, 5.787, 16.793, 6.348);
        assertSkills(rate(fresh(5), false), 34.363, 6.136, 29.058, 5.536, 25, 5.420, 20.942, 5.536, 15.637, 6.136);
        assertSkills(
                rate(fresh(8), false),
                36.771,
                5.749,
                32.242,
                5.133,
                29.074,
                4.943,
                26.322,
                4.874,
                23.678,
                4.874,
                20.926,
                4.943,
                17.758,
                5.133,
                13.229,
                5.749);
        var unlikely = IntStream.range(0, 8)
                .mapToObj(i -> new Skill(10 + 5 * i, 8 - i))
                .toList();
        assertSkills(
                rate(unlikely, false),
                35.135,
                4.506,
                32.585,
                4.037,
                31.329,
                3.756,
                30.984,
                3.453,
                31.751,
                3.064,
                34.051,
                2.541,
                38.263,
                1.849,
                44.118,
                .983);
    }

    @Test
    void movesEloByTheSurpriseOfEachVote() {
        var votes = Votes.builder()
                .add(Vote.of("a", "b", Outcome.A))
                .add(Vote.of("a", "b", Outcome.BOTH_BAD))
                .add(Vote.of("b", "a", Outcome.TIE))
                .build();
        var ratings = new Elo(32, 400, 1500).rate(votes);
        var expected = 1 / (1 + Math.pow(10, -32 / 400.0));
        assertThat(ratings[0]).isCloseTo(1516 + 32 * (.5 - expected), within(1e-9));
        assertThat(ratings[0] + ratings[1]).isCloseTo(3000, within(1e-9));
    }

    private static List<Skill> fresh(int players) {
        return Collections.nCopies(players, Skill.fresh());
    }

    private static List<Skill> rate(List<Skill> players, boolean draws) {
        return STANDARD.rate(players, Collections.nCopies(players.size() - 1, draws));
    }

    private static void assertSkills(List<Skill> skills, double... expected) {
        for (var i = 0; i < skills.size(); i++) {
            assertThat(skills.get(i).mean()).as("mean of " + i).isCloseTo(expected[2 * i], within(1e-3));
            assertThat(skills.get(i).deviation()).as("deviation of " + i).isCloseTo(expected[2 * i + 1], within(1e-3));
        }
    }
}
