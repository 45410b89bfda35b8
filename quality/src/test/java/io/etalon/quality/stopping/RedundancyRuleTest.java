package io.etalon.quality.stopping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.etalon.quality.CrowdData;
import io.etalon.quality.Labels;
import io.etalon.quality.stopping.RedundancyRule.Decision;
import io.etalon.quality.truth.TruthMethod;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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

    /** The reference's replay: judgements a task and accuracy for three confidences and a fixed five. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "cf_amt, 20, .8633, 4.0, .8378, 5.4, .8544, 7.5, .8600, .8100",
        "rte, 10, .9275, 4.6, .9221, 6.0, .9250, 7.7, .9250, .8967",
        "dogs, 10, .8377, 4.4, .8199, 5.8, .8331, 7.4, .8377, .8005",
        "snow_temp, 10, .9437, 3.8, .9387, 4.8, .9387, 6.2, .9416, .9307",
        "bluebirds, 20, .8704, 4.9, .6944, 11.2, .8580, 16.8, .8704, .7006",
    })
    void spendsWhatTheReferenceSpends(
            String set,
            int budget,
            double full,
            double judgements95,
            double accuracy95,
            double judgements99,
            double accuracy99,
            double judgements999,
            double accuracy999,
            double fixed5) {
        var labels = CrowdData.distinctLabels(set);
        var gold = CrowdData.gold(set);
        var rules = new RedundancyRule[] {
            RedundancyRule.fixed(budget),
            new RedundancyRule(.95, 3, budget),
            new RedundancyRule(.99, 3, budget),
            new RedundancyRule(.999, 3, budget),
            RedundancyRule.fixed(5)
        };
        var judgements = new double[] {budget, judgements95, judgements99, judgements999, 5};
        var accuracies = new double[] {full, accuracy95, accuracy99, accuracy999, fixed5};
        for (var i = 0; i < rules.length; i++) {
            var outcome = replay(rules[i]).run(labels, gold);
            System.out.printf("%s %s: %.2f (%.2f) %.4f (%.4f)%n", set, rules[i], outcome.judgements(), judgements[i], outcome.accuracy().orElseThrow(), accuracies[i]);
        }
    }

    private static RedundancyReplay replay(RedundancyRule rule) {
        return new RedundancyReplay(rule, TruthMethod.DAWID_SKENE_MAP::fit, 12, SEED);
    }
}
