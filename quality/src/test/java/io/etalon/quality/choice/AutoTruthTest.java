package io.etalon.quality.choice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.etalon.quality.Labels;
import io.etalon.quality.RandomCrowd;
import io.etalon.quality.truth.Consensus;
import io.etalon.quality.truth.DawidSkene;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AutoTruthTest {
    private static final long SEED = 50;

    private final Labels labels = RandomCrowd.of(new Random(SEED), 100, 12, 3, 5);

    @Test
    void withoutGoldUsesThePoolAndSaysThatItIsUncalibrated() {
        var truth = TruthMethod.AUTO.fit(labels, Map.of());

        assertThat(truth.method()).isEqualTo(TruthMethod.HIERARCHICAL);
        assertThat(truth.calibrated()).isFalse();
        assertThat(truth.temperature()).isEqualTo(Temperature.NONE);
        assertThat(truth.accuracy()).isEmpty();
        assertThat(truth.reason())
                .startsWith("There is no gold, so hds is used")
                .contains("uncalibrated");
        assertThat(truth.consensus().posteriors())
                .isDeepEqualTo(DawidSkene.pooled().fit(labels).consensus().posteriors());
    }

    @Test
    void goldOnTasksNobodyJudgedIsNoGold() {
        assertThat(TruthMethod.AUTO.fit(labels, Map.of("elsewhere", "1")).reason())
                .startsWith("None of the 1 gold tasks carries a judgement");
        assertThat(TruthMethod.WAWA.fit(labels, Map.of()).reason())
                .contains("wawa")
                .contains("uncalibrated");
    }

    @Test
    void aFewGoldTasksCalibrateButDoNotChoose() {
        var truth = TruthMethod.AUTO.fit(labels, gold(12));

        assertThat(truth.method()).isEqualTo(TruthMethod.HIERARCHICAL);
        assertThat(truth.calibrated()).isTrue();
        assertThat(truth.candidates()).hasSize(6);
        assertThat(truth.reason()).contains("too little").contains("20 are needed");
        assertThat(TruthMethod.AUTO.fit(labels, gold(1)).calibrated()).isTrue();
    }

    /** A crowd that is always right on gold is still not known to be perfect. */
    @Test
    void neverClaimsCertaintyFromPerfectGold() {
        var builder = Labels.builder();
        var gold = new HashMap<String, String>();
        for (var task = 0; task < 30; task++) {
            for (var worker = 0; worker < 3; worker++) {
                builder.add(task, worker, task % 2);
            }
            gold.put("" + task, "" + task % 2);
        }
        var truth = TruthMethod.AUTO.fit(builder.build(), gold);
        var accuracy = truth.accuracy().orElseThrow();

        assertThat(accuracy.value()).isEqualTo(1);
        assertThat(accuracy.interval().low()).isBetween(.85, .95);
        assertThat(truth.temperature().value()).isBetween(.05, 5.0);
    }

    /** Probabilities raised to the third power and normalised are three times too cold; gold drawn from the honest ones. */
    @Test
    void recoversTheTemperatureThatWasTakenAway() {
        var random = new Random(SEED);
        var tasks = 3000;
        var builder = Labels.builder(List.of("0", "1"));
        var sharp = new double[tasks][2];
        var gold = new HashMap<String, String>();
        for (var task = 0; task < tasks; task++) {
            builder.add(task, 0, 0);
            var honest = .05 + .9 * random.nextDouble();
            var other = Math.pow(1 - honest, 3);
            sharp[task][0] = Math.pow(honest, 3) / (Math.pow(honest, 3) + other);
            sharp[task][1] = 1 - sharp[task][0];
            gold.put("" + task, random.nextDouble() < honest ? "0" : "1");
        }
        var consensus = Consensus.of(builder.build(), sharp);
        var temperature = Temperature.fit(consensus, gold);

        assertThat(temperature.value()).as("seed %d", SEED).isCloseTo(3, within(.2));
        assertThat(Reliability.of(consensus, gold).error()).isGreaterThan(.1);
        assertThat(Reliability.of(temperature.apply(consensus), gold).error()).isLessThan(.03);
    }

    @Test
    void refusesWhatCannotChoose() {
        var auto = AutoTruth.standard();

        assertThatThrownBy(() -> auto.withCandidates(List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> auto.withCandidates(List.of(TruthMethod.AUTO)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Temperature(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Consensus.of(labels, new double[][] {{1, 0, 0}}))
                .hasMessageContaining("100 tasks");
        assertThatThrownBy(() -> Reliability.of(new double[0], new double[0]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Map<String, String> gold(int tasks) {
        var gold = new HashMap<String, String>();
        for (var task = 0; task < tasks; task++) {
            gold.put("" + task, "" + task % 3);
        }
        return gold;
    }
}
