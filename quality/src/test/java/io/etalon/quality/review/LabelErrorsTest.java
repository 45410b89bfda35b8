package io.etalon.quality.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.etalon.quality.Labels;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LabelErrorsTest {
    private static final long SEED = 2021;

    /** Ten examples by hand: the thresholds are the mean predictions of a class among its labels. */
    @Test
    void countsConfidentDisagreementAsThePaperDefinesIt() {
        var given = new int[] {0, 0, 0, 0, 1, 1, 1, 1, 1, 1};
        var own = new double[] {.9, .8, .7, .2, .9, .9, .8, .8, .6, .2};
        var predicted = new double[10][];
        for (var i = 0; i < 10; i++) {
            predicted[i] = given[i] == 0 ? new double[] {own[i], 1 - own[i]} : new double[] {1 - own[i], own[i]};
        }
        var findings = ConfidentLearning.of(given, predicted);

        assertThat(findings.threshold(0)).isCloseTo(.65, within(1e-12));
        assertThat(findings.threshold(1)).isCloseTo(.7, within(1e-12));
        // Label 0: three confident in 0, one in 1. Label 1: four in 1, one in 0 (.8), .6 in neither; scaled to six.
        assertThat(findings.joint(0, 0)).isCloseTo(3, within(1e-12));
        assertThat(findings.joint(0, 1)).isCloseTo(1, within(1e-12));
        assertThat(findings.joint(1, 1)).isCloseTo(4.8, within(1e-12));
        assertThat(findings.joint(1, 0)).isCloseTo(1.2, within(1e-12));
        assertThat(findings.errorRate()).isCloseTo(.22, within(1e-12));
        assertThat(findings.noise(1, 0)).isCloseTo(1.2 / 4.2, within(1e-12));
        assertThat(findings.suspects())
                .extracting(ConfidentLearning.Suspect::example)
                .containsExactly(3, 9);
        assertThat(findings.suspects().getFirst().suggested()).isEqualTo(1);
    }

    @Test
    void findsPlantedErrorsAndEstimatesTheirRate() {
        var random = new Random(SEED);
        var examples = 3000;
        var given = new int[examples];
        var predicted = new double[examples][3];
        var planted = new HashSet<Integer>();
        for (var i = 0; i < examples; i++) {
            var truth = random.nextInt(3);
            given[i] = truth;
            if (random.nextDouble() < .1) {
                given[i] = (truth + 1) % 3;
                planted.add(i);
            }
            for (var label = 0; label < 3; label++) {
                predicted[i][label] = Math.exp((label == truth ? 2.5 : 0) + random.nextGaussian());
            }
            var sum = Arrays.stream(predicted[i]).sum();
            var row = predicted[i];
            Arrays.setAll(row, label -> row[label] / sum);
        }
        var findings = ConfidentLearning.of(given, predicted);
        var hits = findings.suspects().stream()
                .filter(suspect -> planted.contains(suspect.example()))
                .count();

        assertThat(findings.errorRate()).as("seed %d", SEED).isCloseTo(.1, within(.03));
        assertThat((double) hits / planted.size()).as("recall, seed %d", SEED).isGreaterThan(.8);
        assertThat((double) hits / findings.suspects().size())
                .as("precision, seed %d", SEED)
                .isGreaterThan(.7);
    }

    @Test
    void refusesPredictionsThatAreNone() {
        assertThatThrownBy(() -> ConfidentLearning.of(new int[0], new double[0][]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ConfidentLearning.of(new int[] {0}, new double[][] {{Double.NaN, 1}}))
                .hasMessageContaining("no distribution");
        assertThatThrownBy(() -> ConfidentLearning.of(new int[] {2}, new double[][] {{.5, .5}}))
                .hasMessageContaining("outside");
    }

    /** Three tasks, three annotators, worked out by hand along cleanlab's code. */
    @Test
    void weighsPeopleAndModelAsCrowdlabDoes() {
        var labels = Labels.builder()
                .add("1", "a", "x")
                .add("1", "b", "x")
                .add("1", "c", "x")
                .add("2", "a", "y")
                .add("2", "b", "y")
                .add("2", "c", "x")
                .add("3", "a", "y")
                .add("3", "b", "y")
                .add("3", "c", "y")
                .build();
        var result = Crowdlab.of(labels, new double[][] {{.9, .1}, {.6, .4}, {.2, .8}});

        // Majorities x, y, y: the frequent class errs in 1 of 3, the model in 1 of 3 (task 2), so its weight is the
        // least.
        assertThat(result.modelWeight()).isCloseTo(1e-6 * Math.sqrt(3), within(1e-15));
        // a agrees with others in 2 + 1 + 2 of 6 comparisons, c in 2 + 0 + 2.
        assertThat(result.weight(0)).isCloseTo(1 - (1.0 / 6) * 3, within(1e-12));
        assertThat(result.weight(2)).isCloseTo(1e-6, within(1e-15));
        var agreement = (1 + 2.0 / 3 + 1) / 3;
        assertThat(result.consensus().posterior(1, 1)).isCloseTo(agreement, within(1e-5));
        assertThat(result.quality(0)).isGreaterThan(result.quality(2));
    }

    @Test
    void crowdlabRefusesACrowdThatCannotBeWeighed() {
        var alone = Labels.builder().add("1", "a", "x").add("2", "b", "y").build();

        assertThatThrownBy(() -> Crowdlab.of(alone, new double[][] {{.5, .5}, {.5, .5}}))
                .hasMessageContaining("two judgements");
        assertThatThrownBy(() -> Crowdlab.of(alone, new double[][] {{.5, .5}})).hasMessageContaining("2 tasks");
    }

    @Test
    void costsNothingToSwapClassesAndAllToIgnoreThem() {
        var shares = new double[] {.5, .3, .2};
        var perfect = new double[][] {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}};
        var swapped = new double[][] {{0, 1, 0}, {1, 0, 0}, {0, 0, 1}};
        var spammer = new double[][] {{.2, .3, .5}, {.2, .3, .5}, {.2, .3, .5}};
        var careless = new double[][] {{.8, .1, .1}, {.1, .8, .1}, {.1, .1, .8}};

        assertThat(MisclassificationCost.of(perfect, shares).quality()).isEqualTo(1);
        assertThat(MisclassificationCost.of(swapped, shares).quality()).isEqualTo(1);
        assertThat(MisclassificationCost.of(spammer, shares).quality()).isCloseTo(0, within(1e-12));
        assertThat(MisclassificationCost.of(spammer, shares).ignorance()).isCloseTo(.5, within(1e-12));
        // Answers 1, 2, 3 are wrong with mass .3*.1+.2*.1, .5*.1+.2*.1, .5*.1+.3*.1.
        assertThat(MisclassificationCost.of(careless, shares).cost()).isCloseTo(.2, within(1e-12));
        var dear = new double[][] {{0, 1, 1}, {1, 0, 1}, {9, 9, 0}};
        assertThat(MisclassificationCost.of(careless, shares, dear).cost())
                .isGreaterThan(MisclassificationCost.of(careless, shares).cost());
        assertThatThrownBy(() -> MisclassificationCost.of(careless, new double[] {.5, .5, .5}))
                .hasMessageContaining("class shares");
    }
}
