package io.etalon.server.vendor.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.etalon.quality.Estimate;
import io.etalon.quality.Interval;
import io.etalon.server.work.policy.Shares;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RouterTest {
    private static final UUID A = new UUID(0, 1);
    private static final UUID B = new UUID(0, 2);
    private static final UUID C = new UUID(0, 3);

    private static Candidate candidate(UUID id, double price, double accuracy, double half) {
        var interval = new Interval(Math.max(0, accuracy - half), Math.min(1, accuracy + half));
        return new Candidate(
                id, id.toString().substring(35), price, Optional.of(new Estimate(accuracy, interval, 10, 0)), null);
    }

    private static Candidate closed(Candidate one) {
        return new Candidate(one.workforce(), one.name(), one.price(), one.accuracy(), "a wall stands");
    }

    private static RoutingPolicy policy(String kind, Double quality, String budget, double floor, double cap) {
        return new RoutingPolicy(kind, null, quality, budget, floor, cap, null, null, 7L);
    }

    @Test
    void givesTheWorkToTheCheapestThatReachesTheQuality() {
        var candidates =
                List.of(candidate(A, 0.20, 0.97, 0.01), candidate(B, 0.10, 0.95, 0.01), candidate(C, 0.02, 0.7, 0.01));
        var decided = Router.decide(policy("cheapest", 0.9, null, 0.05, 0.9), candidates, 100, 0, 0);
        assertThat(decided.parts().get(B)).isCloseTo(0.9, within(1e-9));
        assertThat(decided.parts().get(C)).isCloseTo(0.05, within(1e-9));
        assertThat(decided.reasons().getFirst()).contains("cheapest that reaches 90.0 %");
    }

    @Test
    void spendsABudgetOnTheBestAccuracy() {
        var candidates = List.of(candidate(A, 0.20, 0.97, 0.01), candidate(B, 0.10, 0.90, 0.01));
        var decided = Router.decide(policy("best", null, "15.00", 0, 1), candidates, 100, 0, 0);
        var cost = 100 * (0.20 * decided.parts().get(A) + 0.10 * decided.parts().get(B));
        assertThat(cost).isCloseTo(15, within(1e-6));
        var rich = Router.decide(policy("best", null, "100", 0, 1), candidates, 100, 0, 0);
        assertThat(rich.parts().get(A)).isEqualTo(1);
        var poor = Router.decide(policy("best", null, "1", 0, 1), candidates, 100, 0, 0);
        assertThat(poor.reasons().getFirst()).contains("will not last");
    }

    /** However often it is decided anew: what was spent is gone. */
    @Test
    void aBudgetLastsToTheLastAnswer() {
        var candidates = List.of(candidate(A, 0.20, 0.97, 0.01), candidate(B, 0.10, 0.90, 0.01));
        var spent = 0.0;
        for (var waiting = 100; waiting > 0; waiting -= 10) {
            var parts = Router.decide(policy("best", null, "15.00", 0, 1), candidates, waiting, spent, 0)
                    .parts();
            spent += 10 * (0.20 * parts.get(A) + 0.10 * parts.get(B));
        }
        assertThat(spent).isCloseTo(15, within(1e-6));
    }

    @Test
    void learnsWhoIsCheapestPerCorrectAnnotationAndKeepsFloorAndCap() {
        var sure =
                List.of(candidate(A, 0.10, 0.5, 0.02), candidate(B, 0.10, 0.9, 0.02), candidate(C, 0.30, 0.95, 0.02));
        var decided = Router.decide(policy("adaptive", null, null, 0.1, 0.7), sure, 100, 0, 3);
        assertThat(decided.parts().get(B)).isCloseTo(0.7, within(1e-6));
        assertThat(decided.parts().values()).allSatisfy(part -> assertThat(part).isGreaterThanOrEqualTo(0.1 - 1e-9));
        assertThat(decided.parts().values().stream().mapToDouble(p -> p).sum()).isCloseTo(1, within(1e-9));
        assertThat(Router.decide(policy("adaptive", null, null, 0.1, 0.7), sure, 100, 0, 3))
                .isEqualTo(decided);
        var doubtful = List.of(candidate(A, 0.1, 0.88, 0.1), candidate(B, 0.1, 0.9, 0.1));
        var parts = Router.decide(policy("adaptive", null, null, 0, 1), doubtful, 100, 0, 0)
                .parts();
        assertThat(parts.get(A)).isBetween(0.2, 0.5);
    }

    @Test
    void givesNothingToAClosedWorkforceAndSaysWhy() {
        var candidates = List.of(closed(candidate(A, 0.1, 0.9, 0.1)), candidate(B, 0.1, 0.9, 0.1));
        var fixed = RoutingPolicy.fixed(Map.of(A, 0.75, B, 0.25));
        var decided = Router.decide(fixed, candidates, 100, 0, 0);
        assertThat(decided.parts()).containsEntry(A, 0.0).containsEntry(B, 1.0);
        assertThat(decided.reasons()).anyMatch(reason -> reason.contains("a wall stands"));
        assertThat(Router.decide(fixed, List.of(closed(candidates.get(1))), 100, 0, 0)
                        .parts())
                .containsEntry(B, 0.0);
    }

    @Test
    void quotasAddUpToTheWholeWhateverTheTotal() {
        var random = new SplittableRandom(11);
        for (var round = 0; round < 200; round++) {
            var a = random.nextDouble();
            var b = random.nextDouble() * (1 - a);
            var shares = new Shares(1, Map.of(A, a, B, b, C, 1 - a - b), 0);
            var total = random.nextLong(10_000);
            assertThat(shares.quota(A, total) + shares.quota(B, total) + shares.quota(C, total))
                    .as("round %d of seed 11", round)
                    .isEqualTo(total);
            assertThat(shares.quota(A, total)).isCloseTo(Math.round(a * total), within(1L));
        }
    }

    @Test
    void findsTheFaultsOfADraft() {
        assertThat(RoutingPolicy.fixed(Map.of(A, 0.5)).faults(Set.of(A))).isNotEmpty();
        assertThat(RoutingPolicy.fixed(Map.of(A, 1.0)).faults(Set.of(B)))
                .anyMatch(fault -> fault.pointer().equals("/shares/" + A));
        assertThat(policy("cheapest", 1.5, null, 0, 1).faults(Set.of())).isNotEmpty();
        assertThat(policy("best", null, "a lot", 0, 1).faults(Set.of())).isNotEmpty();
        assertThat(policy("adaptive", null, null, 0.9, 0.1).faults(Set.of())).isNotEmpty();
        assertThat(policy("adaptive", null, null, 0.1, 0.9).faults(Set.of())).isEmpty();
    }

    @Test
    void measuresTheConcentration() {
        var two = Concentration.of(Map.of("a", 3, "b", 1));
        assertThat(two.index()).isCloseTo(0.625, within(1e-12));
        assertThat(Concentration.of(Map.of("a", 1, "b", 1, "c", 1, "d", 1)).effective())
                .isCloseTo(4, within(1e-9));
        assertThat(Concentration.of(Map.of()).index()).isZero();
    }

    private static List<Observation> work(long seed, int tasks, double accuracyOfA, double accuracyOfB) {
        var random = new SplittableRandom(seed);
        var all = new ArrayList<Observation>();
        for (var task = 0; task < tasks; task++) {
            for (var who : List.of(A, B)) {
                var right = random.nextDouble() < (who.equals(A) ? accuracyOfA : accuracyOfB);
                var person = new UUID(who.getLeastSignificantBits(), random.nextInt(6));
                all.add(new Observation(who, person, "t" + task, right ? 1 : 0, Instant.ofEpochSecond(task)));
            }
        }
        return all;
    }

    @Test
    void tellsTwoWorkforcesApartOnlyWhereTheDataDo() {
        var apart = Scores.of(work(5, 400, 0.95, 0.7)).differences().getFirst();
        assertThat(apart.shared()).isEqualTo(400);
        assertThat(apart.tells()).isTrue();
        assertThat(apart.accuracy().orElseThrow().interval().contains(0.25)).isTrue();
        assertThat(Scores.of(work(6, 60, 0.9, 0.9)).differences().getFirst().tells())
                .isFalse();
        assertThat(Scores.of(work(6, 4, 0.9, 0.9)).differences().getFirst().accuracy())
                .isEmpty();
    }

    @Test
    void aDryRunMovesWorkToTheCheaperOneAndChargesIt() {
        var candidates = List.of(
                new Candidate(A, "A", 0.10, Optional.empty(), null),
                new Candidate(B, "B", 0.10, Optional.empty(), null));
        var run = DryRun.of(policy("adaptive", null, null, 0.1, 0.9), candidates, work(8, 300, 0.95, 0.6), 10);
        assertThat(run.steps()).hasSize(10);
        assertThat(run.steps().getLast().shares().get(A)).isGreaterThan(0.8);
        assertThat(run.after().correct()).isGreaterThan(run.before().correct());
        assertThat(run.after().costPerCorrect()).isLessThan(run.before().costPerCorrect());
        assertThat(run.before().cost()).isCloseTo(60, within(1e-6));
    }
}
