package io.etalon.quality.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.etalon.quality.Labels;
import io.etalon.quality.choice.TruthMethod;
import io.etalon.quality.truth.Consensus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PeoplesPatternsTest {
    private static final long SEED = 1954;
    private static final int HONEST = 8;

    /** Honest annotators of accuracy .8 on tasks of which some are hard for all; the last ones are up to something. */
    private static Labels crowd(Random random, boolean copier, boolean clicker) {
        var builder = Labels.builder(List.of("0", "1", "2"));
        for (var task = 0; task < 300; task++) {
            var truth = random.nextInt(3);
            var hard = random.nextDouble() < .2;
            var lure = (truth + 1 + random.nextInt(2)) % 3;
            var first = 0;
            for (var worker = 0; worker < HONEST; worker++) {
                var right = random.nextDouble() < (hard ? .55 : .87);
                var said = right ? truth : hard ? lure : (truth + 1 + random.nextInt(2)) % 3;
                first = worker == 0 ? said : first;
                if (worker == 0 || random.nextDouble() < .7) {
                    builder.add(task, worker, said);
                }
            }
            if (copier) {
                builder.add("" + task, "copier", "" + first);
            }
            if (clicker) {
                builder.add("" + task, "clicker", random.nextDouble() < .9 ? "2" : "" + random.nextInt(3));
            }
        }
        return builder.build();
    }

    @Test
    void findsTheCopierAndNobodyElse() {
        var random = new Random(SEED);
        for (var round = 0; round < 5; round++) {
            var labels = crowd(random, true, false);
            var found = SuspiciousPatterns.standard().sharedMistakes(TruthMethod.HIERARCHICAL.fit(labels));

            assertThat(found).as("seed %d, round %d: %s", SEED, round, found).hasSize(1);
            assertThat(found.getFirst().first()).isEqualTo("0");
            assertThat(found.getFirst().second()).isEqualTo("copier");
            assertThat(found.getFirst().shared())
                    .isGreaterThan((int) (2 * found.getFirst().expected()));
        }
    }

    /** The negative control: hard tasks alone make people share mistakes, and that is no copying. */
    @Test
    void accusesNobodyInAnHonestCrowd() {
        var random = new Random(SEED);
        for (var round = 0; round < 10; round++) {
            var consensus = TruthMethod.HIERARCHICAL.fit(crowd(random, false, false));

            assertThat(SuspiciousPatterns.standard().sharedMistakes(consensus))
                    .as("seed %d, round %d", SEED, round)
                    .isEmpty();
            assertThat(SuspiciousPatterns.standard().constantAnswers(consensus))
                    .as("seed %d, round %d", SEED, round)
                    .isEmpty();
        }
    }

    @Test
    void findsTheClickerByHisOneAnswer() {
        var consensus = TruthMethod.HIERARCHICAL.fit(crowd(new Random(SEED), false, true));
        var found = SuspiciousPatterns.standard().constantAnswers(consensus);

        assertThat(found).hasSize(1);
        assertThat(found.getFirst().annotator()).isEqualTo("clicker");
        assertThat(found.getFirst().label()).isEqualTo("2");
        assertThat(found.getFirst().probability()).isLessThan(1e-10);
    }

    @Test
    void findsRunsThatChanceDoesNotMake() {
        var random = new Random(SEED);
        var honest = new ArrayList<String>();
        for (var i = 0; i < 200; i++) {
            honest.add("" + random.nextInt(3));
        }
        var lazy = new ArrayList<>(honest);
        for (var i = 50; i < 75; i++) {
            lazy.set(i, "1");
        }
        var found = SuspiciousPatterns.standard()
                .longRuns(Map.of("honest", honest, "lazy", lazy, "few", List.of("1", "1")));

        assertThat(found).hasSize(1);
        assertThat(found.getFirst().annotator()).isEqualTo("lazy");
        assertThat(found.getFirst().length()).isBetween(25, 28);
    }

    @Test
    void namesTheConfusionThatIsSurest() {
        var labels = Labels.builder(List.of("cat", "dog", "fox"));
        var truths = new double[90][3];
        for (var task = 0; task < 90; task++) {
            var truth = task % 3;
            truths[task][truth] = 1;
            // Foxes are dogs to ann, every other time.
            var said = truth == 2 && task % 2 == 0 ? 1 : truth;
            labels.add("" + task, "ann", List.of("cat", "dog", "fox").get(said));
        }
        var report = BiasReport.of(Consensus.of(labels.build(), truths)).getFirst();

        assertThat(report.judgements()).isEqualTo(90);
        var surest = report.pairs().getFirst();
        assertThat(surest.truth()).isEqualTo("fox");
        assertThat(surest.said()).isEqualTo("dog");
        assertThat(surest.count()).isCloseTo(15, within(1e-9));
        assertThat(surest.share()).isCloseTo(15.5 / 31.5, within(1e-9));
        assertThat(surest.interval().low()).isBetween(.31, .34);
        assertThat(surest.interval().high()).isBetween(.65, .68);
        assertThat(report.worst().orElseThrow().truth()).isEqualTo("fox");
        assertThat(report.spamScore()).isBetween(.5, .9);
    }

    @Test
    void scoresSpammersZeroAndExpertsOne() {
        assertThat(BiasReport.spamScore(new double[][] {{1, 0}, {0, 1}})).isEqualTo(1);
        assertThat(BiasReport.spamScore(new double[][] {{0, 1}, {1, 0}})).isEqualTo(1);
        assertThat(BiasReport.spamScore(new double[][] {{.3, .7}, {.3, .7}})).isZero();
        // Raykar and Yu for two classes: (sensitivity + specificity - 1)^2.
        assertThat(BiasReport.spamScore(new double[][] {{.9, .1}, {.3, .7}})).isCloseTo(.36, within(1e-12));
    }

    @Test
    void noticesWhoGotWorseAndSinceWhen() {
        var random = new Random(SEED);
        var chart = Cusum.forFalseAlarms(.95, .75, .05, 200, SEED);
        var answers = new double[400];
        for (var i = 0; i < answers.length; i++) {
            answers[i] = random.nextDouble() < (i < 200 ? .95 : .7) ? 1 : 0;
        }
        var state = chart.follow(answers);

        assertThat(state.alarm().orElseThrow()).as("seed %d", SEED).isBetween(201, 260);
        assertThat(state.since()).as("seed %d", SEED).isBetween(170, 240);
        assertThat(chart.follow(new double[0]).alarm()).isEmpty();
    }

    /** The rate holds for other annotators than those it was set on; and a bad one is nearly always noticed. */
    @Test
    void keepsItsRateOfFalseAlarms() {
        var chart = Cusum.forFalseAlarms(.95, .75, .05, 200, SEED);

        assertThat(chart.alarmRate(.95, 200, 20_000, SEED + 1)).isBetween(.02, .065);
        assertThat(chart.alarmRate(.75, 200, 4_000, SEED + 2)).isGreaterThan(.99);
        assertThatThrownBy(() -> chart.follow(new double[] {Double.NaN})).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Cusum(.7, .9, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void tailsAreThoseOfTheTables() {
        assertThat(SuspiciousPatterns.binomialTail(8, 10, .5)).isCloseTo(56.0 / 1024, within(1e-12));
        assertThat(SuspiciousPatterns.binomialTail(0, 10, .5)).isEqualTo(1);
        assertThat(SuspiciousPatterns.poissonTail(3, 2)).isCloseTo(1 - 5 * Math.exp(-2), within(1e-12));
        assertThat(SuspiciousPatterns.poissonTail(30, 2)).isBetween(1e-25, 1e-23);
        assertThat(SuspiciousPatterns.poissonTail(0, 0)).isEqualTo(1);
        assertThat(SuspiciousPatterns.poissonTail(1, 0)).isZero();
    }
}
