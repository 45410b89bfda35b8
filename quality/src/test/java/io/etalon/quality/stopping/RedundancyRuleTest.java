package io.etalon.quality.stopping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.etalon.quality.CrowdData;
import io.etalon.quality.Labels;
import io.etalon.quality.RandomCrowd;
import io.etalon.quality.choice.TruthMethod;
import io.etalon.quality.stopping.RedundancyRule.Decision;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.aggregator.ArgumentsAccessor;
import org.junit.jupiter.params.provider.CsvSource;

class RedundancyRuleTest {
    private static final long SEED = 99;

    @Test
    void asksUntilSureOrOutOfBudget() {
        var rule = new RedundancyRule(.99, 3, 5);

        assertThat(rule.decide(1, 2)).isEqualTo(Decision.ASK);
        assertThat(rule.decide(.98, 3)).isEqualTo(Decision.ASK);
        assertThat(rule.decide(.99, 3)).isEqualTo(Decision.STOP_CONFIDENT);
        assertThat(rule.decide(.98, 5)).isEqualTo(Decision.STOP_BUDGET);
        assertThat(RedundancyRule.fixed(5).decide(1, 4)).isEqualTo(Decision.ASK);
        assertThat(RedundancyRule.fixed(5).decide(1, 5)).isEqualTo(Decision.STOP_BUDGET);
    }

    @Test
    void refusesNonsense() {
        assertThatThrownBy(() -> new RedundancyRule(Double.NaN, 1, 2)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RedundancyRule(.9, 3, 2)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RedundancyRule.fixed(2).decide(Double.NaN, 1))
                .isInstanceOf(IllegalArgumentException.class);
        var nothing = Labels.builder().build();
        assertThatThrownBy(() -> replay(RedundancyRule.fixed(2)).run(nothing, Map.of()))
                .hasMessageContaining("no judgement");
    }

    /**
     * The reference's replay: judgements a task and accuracy for three confidences and a fixed five. Its figures are
     * means of three random orders, whose accuracies scatter by {@code scatter} from one to the next: measured over 24
     * orders for cf_amt and dogs, and supposed to be .0045, as little as that, for rte and snow_temp, which have more
     * tasks. Beyond the half point there are two standard errors of a mean of three.
     */
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "cf_amt, 20, .0105, .8633, 4.0, .8378, 5.4, .8544, 7.5, .8600, .8100",
        "rte, 10, .0045, .9275, 4.6, .9221, 6.0, .9250, 7.7, .9250, .8967",
        "dogs, 10, .0061, .8377, 4.4, .8199, 5.8, .8331, 7.4, .8377, .8005",
        "snow_temp, 10, .0045, .9437, 3.8, .9387, 4.8, .9387, 6.2, .9416, .9307",
    })
    void spendsWhatTheReferenceSpends(ArgumentsAccessor row) {
        var set = row.getString(0);
        var budget = row.getInteger(1);
        var labels = CrowdData.distinctLabels(set);
        var gold = CrowdData.gold(set);
        var tolerance = .005 + 2 * row.getDouble(2) / Math.sqrt(3);

        assertThat(accuracy(RedundancyRule.fixed(budget), labels, gold)).isCloseTo(row.getDouble(3), within(tolerance));
        assertThat(accuracy(RedundancyRule.fixed(5), labels, gold)).isCloseTo(row.getDouble(10), within(tolerance));
        var confidences = new double[] {.95, .99, .999};
        for (var i = 0; i < confidences.length; i++) {
            var outcome = replay(new RedundancyRule(confidences[i], 3, budget)).run(labels, gold);

            assertThat(outcome.judgements())
                    .as("at %s", confidences[i])
                    .isCloseTo(row.getDouble(4 + 2 * i), within(.25));
            assertThat(outcome.accuracy().orElseThrow())
                    .as("at %s", confidences[i])
                    .isCloseTo(row.getDouble(5 + 2 * i), within(tolerance));
        }
    }

    /**
     * On 108 tasks an order decides much: over 40 orders what is spent scatters by {@code spread} and the accuracy by {@code
     * scatter} from one to the next, and the reference took three. Its figures lie within two standard errors of a mean of
     * three, but for the confidence .999, where it spends 16.8 for .8704 and this replay 13.5 (.7 from one order to the
     * next) for .845: that one is not reproduced.
     */
    @ParameterizedTest(name = "{0}, {1}")
    @CsvSource({
        ".95, 20, 1.12, 4.9, .084, .6944",
        ".99, 20, 1.86, 11.2, .072, .8580",
        "2, 5, 0, 5, .057, .7006",
        "2, 20, 0, 20, .022, .8704",
    })
    void spendsOnBluebirdsWhatTheReferenceSpendsAsFarAsThreeOrdersTell(
            double confidence, int budget, double spread, double judgements, double scatter, double accuracy) {
        var rule = new RedundancyRule(confidence, 3, budget);
        var outcome = new RedundancyReplay(rule, TruthMethod.DAWID_SKENE_MAP::fit, 40, SEED)
                .run(CrowdData.distinctLabels("bluebirds"), CrowdData.gold("bluebirds"));

        assertThat(outcome.judgements()).isCloseTo(judgements, within(.25 + 2 * spread / Math.sqrt(3)));
        assertThat(outcome.accuracy().orElseThrow()).isCloseTo(accuracy, within(.005 + 2 * scatter / Math.sqrt(3)));
    }

    @Test
    void replaysTheSameRunAndKeepsTheBudget() {
        var labels = RandomCrowd.of(new Random(SEED), 100, 12, 3, 8);
        var replay = replay(new RedundancyRule(.99, 2, 6));
        var outcome = replay.run(labels, Map.of());

        assertThat(replay.run(labels, Map.of())).isEqualTo(outcome);
        assertThat(outcome.accuracy()).isEmpty();
        assertThat(outcome.judgements()).isBetween(2.0, 6.0);
        assertThat(outcome.rounds()).isBetween(2, 50);
        assertThat(replay(RedundancyRule.fixed(4)).run(labels, Map.of()).judgements())
                .isEqualTo(4);
    }

    private static double accuracy(RedundancyRule rule, Labels labels, Map<String, String> gold) {
        return replay(rule).run(labels, gold).accuracy().orElseThrow();
    }

    private static RedundancyReplay replay(RedundancyRule rule) {
        return new RedundancyReplay(rule, TruthMethod.DAWID_SKENE_MAP::fit, 3, SEED);
    }
}
