package io.etalon.quality.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.etalon.quality.Bootstrap;
import io.etalon.quality.Estimate;
import io.etalon.quality.Labels;
import io.etalon.quality.RandomCrowd;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AgreementTest {
    private static final Bootstrap BOOTSTRAP = new Bootstrap(200, .95, 7);

    /** K. Krippendorff, "Computing Krippendorff's Alpha-Reliability", 2011, section C: four observers, twelve units. */
    private static final String[] KRIPPENDORFF = {
        "1 2 3 3 2 1 4 1 2 . . .", "1 2 3 3 2 2 4 1 2 5 . 3", ". 3 3 3 2 3 4 2 2 5 1 .", "1 2 3 3 2 4 4 1 2 5 1 ."
    };

    /** The same author's other example: three coders, fifteen units. */
    private static final String[] THREE_CODERS = {
        ". . . . . 3 4 1 2 1 1 3 3 . 3", "1 . 2 1 3 3 4 3 . . . . . . .", ". . 2 1 3 4 4 . 2 1 1 3 3 . 4"
    };

    /** J. L. Fleiss, Psychological Bulletin 76, 1971, table 1: the diagnoses of six psychiatrists on 30 patients. */
    private static final String FLEISS = "444444 222555 233335 555555 222444 113333 333355 113334 114444 555555 144444"
            + " 124444 222333 144444 224445 333335 111455 111112 224444 133555 555555 244444 224555 114444 144445"
            + " 222224 111155 224444 133333 555555";

    /** Ten subjects, fourteen raters, five categories: counts by category. */
    private static final int[][] FOURTEEN_RATERS = {
        {0, 0, 0, 0, 14}, {0, 2, 6, 4, 2}, {0, 0, 3, 5, 6}, {0, 3, 9, 2, 0}, {2, 2, 8, 1, 1},
        {7, 7, 0, 0, 0}, {3, 2, 6, 3, 0}, {2, 5, 3, 2, 2}, {6, 5, 2, 1, 0}, {0, 2, 2, 3, 7}
    };

    @ParameterizedTest
    @CsvSource({"NOMINAL, .743", "ORDINAL, .815", "INTERVAL, .849", "RATIO, .797"})
    void printsKrippendorffsExample(Distance distance, double printed) {
        assertThat(Math.round(alpha(coders(KRIPPENDORFF), distance) * 1000) / 1000.0)
                .isEqualTo(printed);
    }

    @ParameterizedTest
    @CsvSource({"NOMINAL, .6914", "ORDINAL, .8067", "INTERVAL, .8108", "RATIO, .8089"})
    void agreesOnThreeCodersAndFifteenUnits(Distance distance, double known) {
        assertThat(alpha(coders(THREE_CODERS), distance)).isCloseTo(known, within(5e-5));
    }

    @Test
    void printsFleissExample() {
        var labels = Labels.builder();
        var patients = FLEISS.split(" ");
        for (var patient = 0; patient < patients.length; patient++) {
            for (var rater = 0; rater < 6; rater++) {
                labels.add("" + patient, "" + rater, patients[patient].substring(rater, rater + 1));
            }
        }
        // Printed .430; R's irr gives more digits.
        assertThat(value(Agreement.fleiss(labels.build(), BOOTSTRAP))).isCloseTo(.4302445, within(5e-8));
    }

    @Test
    void agreesOnFourteenRaters() {
        var labels = Labels.builder();
        for (var subject = 0; subject < FOURTEEN_RATERS.length; subject++) {
            var rater = 0;
            for (var category = 0; category < 5; category++) {
                for (var i = 0; i < FOURTEEN_RATERS[subject][category]; i++) {
                    labels.add(subject, rater++, category);
                }
            }
        }
        assertThat(value(Agreement.fleiss(labels.build(), BOOTSTRAP))).isCloseTo(.2099, within(5e-5));
        assertThat(value(Agreement.gwet(labels.build(), Weighting.identity(), BOOTSTRAP)))
                .isCloseTo(.2256, within(5e-5));
    }

    /** The table of SAS' printed example: 4 and 1, 8, 1 and 5 in a three by three table. */
    @Test
    void agreesWithSasOnCohensKappa() {
        var table = new int[][] {{0, 4, 1}, {0, 8, 0}, {0, 1, 5}};
        var labels = Labels.builder();
        var subject = 0;
        for (var row = 0; row < 3; row++) {
            for (var column = 0; column < 3; column++) {
                for (var i = 0; i < table[row][column]; i++, subject++) {
                    labels.add(subject, 1, row).add(subject, 2, column);
                }
            }
        }
        labels.add(subject, 1, 0);
        var kappa = Agreement.cohen(labels.build(), "1", "2", BOOTSTRAP).orElseThrow();
        assertThat(kappa.value()).isCloseTo(.4842, within(5e-5));
        assertThat(kappa.units()).isEqualTo(19);
        assertThat(kappa.interval().contains(kappa.value())).isTrue();
    }

    /** K. L. Gwet's two abstractors of 100 patients, as his package irrCAC prints them. */
    @Test
    void agreesWithIrrCacOnTwoAbstractors() {
        var labels = table(new int[][] {{13, 0, 0}, {0, 20, 7}, {0, 4, 56}});
        assertThat(value(Agreement.raw(labels, BOOTSTRAP))).isCloseTo(.89, within(1e-12));
        assertThat(value(Agreement.cohen(labels, "1", "2", BOOTSTRAP))).isCloseTo(.7964094, within(5e-8));
        assertThat(value(Agreement.fleiss(labels, BOOTSTRAP))).isCloseTo(.7962397, within(5e-8));
        assertThat(value(Agreement.gwet(labels, Weighting.identity(), BOOTSTRAP)))
                .isCloseTo(.8493305, within(5e-8));
        assertThat(alpha(labels, Distance.NOMINAL)).isCloseTo(.7972585, within(5e-8));
        // With two workers alone the mean over pairs is Cohen's kappa.
        assertThat(AgreementMetric.COHEN.measure(labels, BOOTSTRAP).estimate())
                .isEqualTo(Agreement.cohen(labels, "1", "2", BOOTSTRAP));
    }

    /** The four observers of Krippendorff's example are irrCAC's cac.raw4raters; it prints .77544. */
    @Test
    void agreesWithIrrCacOnFourRaters() {
        assertThat(value(Agreement.gwet(coders(KRIPPENDORFF), Weighting.identity(), BOOTSTRAP)))
                .isCloseTo(.77544, within(5e-6));
        assertThat(value(Agreement.fleiss(coders(KRIPPENDORFF), BOOTSTRAP))).isCloseTo(.76117, within(5e-6));
    }

    /** Linear and quadratic weighted kappa, worked by hand from their definitions on a three by three table. */
    @Test
    void weighsNearAgreement() {
        var table = new int[][] {{10, 4, 1}, {2, 8, 3}, {0, 5, 7}};
        var labels = table(table);
        for (var power : new int[] {1, 2}) {
            var observed = 0.0;
            var chance = 0.0;
            for (var i = 0; i < 3; i++) {
                for (var j = 0; j < 3; j++) {
                    var apart = Math.pow(Math.abs(i - j), power);
                    observed += apart * table[i][j] / 40.0;
                    var row = (double) table[i][0] + table[i][1] + table[i][2];
                    var column = (double) table[0][j] + table[1][j] + table[2][j];
                    chance += apart * row * column / 1600.0;
                }
            }
            var weighting = power == 1 ? Weighting.linear() : Weighting.quadratic();
            assertThat(value(Agreement.weightedCohen(labels, "1", "2", weighting, BOOTSTRAP)))
                    .isCloseTo(1 - observed / chance, within(1e-12));
        }
        var own = Weighting.of(new double[][] {{1, .5, 0}, {.5, 1, .5}, {0, .5, 1}});
        assertThat(Agreement.weightedCohen(labels, own, BOOTSTRAP))
                .isEqualTo(Agreement.weightedCohen(labels, Weighting.linear(), BOOTSTRAP));
        assertThatThrownBy(() -> Weighting.of(new double[][] {{1, .5}, {.4, 1}}))
                .hasMessageContaining("symmetric");
    }

    /** AC2 from its definition: chance is the sum of all weights times the uncertainty, over classes (classes - 1). */
    @Test
    void weighsNearAgreementInAc2() {
        var table = new int[][] {{10, 4, 1}, {2, 8, 3}, {0, 5, 7}};
        var observed = (25 + (4 + 2 + 3 + 5) * 2.0 / 3) / 40;
        var shares = new double[] {27 / 80.0, 30 / 80.0, 23 / 80.0};
        var uncertainty = 0.0;
        for (var share : shares) {
            uncertainty += share * (1 - share);
        }
        var chance = (3 + 4 * 2.0 / 3) * uncertainty / 6;
        assertThat(value(AgreementMetric.GWET_AC2
                        .measure(table(table), BOOTSTRAP)
                        .estimate()))
                .isCloseTo((observed - chance) / (1 - chance), within(1e-12));
    }

    /** Shrout and Fleiss (1979), table 2: four judges, six targets; printed .17, .29 and .71. */
    @Test
    void printsShroutAndFleissExample() {
        var ratings = new int[][] {{9, 2, 5, 8}, {6, 1, 3, 2}, {8, 4, 6, 8}, {7, 1, 2, 6}, {10, 5, 6, 9}, {6, 2, 4, 7}};
        var labels = Labels.builder();
        for (var target = 0; target < 6; target++) {
            for (var judge = 0; judge < 4; judge++) {
                labels.add(target, judge, ratings[target][judge]);
            }
        }
        var built = labels.build();
        assertThat(value(AgreementMetric.ICC.measure(built, BOOTSTRAP).estimate()))
                .isCloseTo(.1657, within(5e-5));
        assertThat(value(AgreementMetric.ICC_AGREEMENT.measure(built, BOOTSTRAP).estimate()))
                .isCloseTo(.2898, within(5e-5));
        assertThat(value(AgreementMetric.ICC_CONSISTENCY
                        .measure(built, BOOTSTRAP)
                        .estimate()))
                .isCloseTo(.7148, within(5e-5));
        labels.add(7, 1, 3);
        var gap = AgreementMetric.ICC_AGREEMENT.measure(labels.build(), BOOTSTRAP);
        assertThat(gap.estimate().orElseThrow().units()).isEqualTo(6);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1 1 1;0 0 0;1 1 1;0 0 1 | NOMINAL  | 288 | 420
            0 1;0 1;1 0;1 0         | NOMINAL  | -3  | 4
            1 1 0;0 0               | NOMINAL  | 1   | 3
            1 2;3 4;1 1             | INTERVAL | 19  | 24
            1 1;3 4;5 5             | ORDINAL  | 94  | 99
            """)
    void isExactOnSmallCases(String units, Distance distance, double numerator, double denominator) {
        var labels = Labels.builder();
        var tasks = units.split(";");
        for (var task = 0; task < tasks.length; task++) {
            var values = tasks[task].split(" ");
            for (var worker = 0; worker < values.length; worker++) {
                labels.add("" + task, "" + worker, values[worker]);
            }
        }
        assertThat(alpha(labels.build(), distance)).isCloseTo(numerator / denominator, within(1e-12));
        assertThat(KrippendorffAlpha.of(labels.build(), distance).orElseThrow())
                .isCloseTo(numerator / denominator, within(1e-12));
    }

    @Test
    void repeatingAllOfOnesJudgementsChangesNoAgreement() {
        var once = coders(KRIPPENDORFF);
        var twice = Labels.builder(once.classes());
        for (var task = 0; task < once.tasks().size(); task++) {
            for (var i = once.start(task); i < once.end(task); i++) {
                for (var time = 0; time <= once.workerAt(i); time++) {
                    twice.add(
                            once.tasks().get(task),
                            once.workers().get(once.workerAt(i)),
                            once.classes().get(once.classAt(i)));
                }
            }
        }
        var repeated = twice.build();
        assertThat(repeated.repeated()).isPositive();
        for (var distance : Distance.values()) {
            assertThat(alpha(repeated, distance)).isCloseTo(alpha(once, distance), within(1e-12));
        }
        assertThat(value(Agreement.raw(repeated, BOOTSTRAP)))
                .isCloseTo(value(Agreement.raw(once, BOOTSTRAP)), within(1e-12));
        assertThat(Agreement.matrix(repeated).agreement(0, 3).getAsDouble())
                .isCloseTo(Agreement.matrix(once).agreement(0, 3).getAsDouble(), within(1e-12));
    }

    @ParameterizedTest
    @EnumSource(Distance.class)
    void hasNoValueWhereAllSayTheSame(Distance distance) {
        var labels = Labels.builder()
                .add(1, 1, 5)
                .add(1, 2, 5)
                .add(2, 1, 5)
                .add(2, 2, 5)
                .build();
        assertThat(Agreement.krippendorff(labels, distance, BOOTSTRAP)).isEmpty();
        assertThat(Agreement.fleiss(labels, BOOTSTRAP)).isEmpty();
        assertThat(Agreement.cohen(labels, "1", "2", BOOTSTRAP)).isEmpty();
        assertThat(value(Agreement.raw(labels, BOOTSTRAP))).isEqualTo(1);
    }

    @Test
    void hasNoValueWhereNobodySharesATask() {
        var labels = Labels.builder().add(1, 1, 5).add(2, 2, 6).build();
        assertThat(Agreement.raw(labels, BOOTSTRAP)).isEmpty();
        assertThat(Agreement.krippendorff(labels, Distance.ORDINAL, BOOTSTRAP)).isEmpty();
        assertThat(Agreement.cohen(labels, "1", "2", BOOTSTRAP)).isEmpty();
        assertThat(Agreement.matrix(labels).agreement(0, 1)).isEmpty();
    }

    @Test
    void refusesWordsWhereNumbersAreNeeded() {
        var labels = Labels.builder().add("t", "a", "cat").add("t", "b", "dog").build();
        assertThatThrownBy(() -> Agreement.krippendorff(labels, Distance.INTERVAL, BOOTSTRAP))
                .hasMessageContaining("decimal numbers, got \"cat\"");
        assertThatThrownBy(() -> Agreement.cohen(labels, "a", "z", BOOTSTRAP)).hasMessageContaining("no worker \"z\"");
    }

    @Test
    void countsTheTasksBehindEachPairOfWorkers() {
        var matrix = Agreement.matrix(coders(KRIPPENDORFF));
        assertThat(matrix.workers()).containsExactly("0", "1", "2", "3");
        assertThat(matrix.common(0, 1)).isEqualTo(9);
        assertThat(matrix.agreement(0, 1)).hasValue(8.0 / 9);
        assertThat(matrix.agreement(1, 0)).hasValue(8.0 / 9);
        assertThat(matrix.agreement(2, 2)).isEmpty();
    }

    @Test
    void givesTheSameIntervalForTheSameSeed() {
        var labels = RandomCrowd.of(new Random(3), 80, 8, 3, 4);
        var first = Agreement.krippendorff(labels, Distance.NOMINAL, Bootstrap.seeded(1))
                .orElseThrow();
        assertThat(Agreement.krippendorff(labels, Distance.NOMINAL, Bootstrap.seeded(1)))
                .contains(first);
        assertThat(Agreement.krippendorff(labels, Distance.NOMINAL, Bootstrap.seeded(2))
                        .orElseThrow()
                        .interval())
                .isNotEqualTo(first.interval());
        assertThat(first.interval().contains(first.value())).isTrue();
        assertThat(first.interval().high() - first.interval().low()).isBetween(.05, .4);
    }

    private static double alpha(Labels labels, Distance distance) {
        return value(Agreement.krippendorff(labels, distance, BOOTSTRAP));
    }

    private static double value(Optional<Estimate> estimate) {
        return estimate.orElseThrow().value();
    }

    /** What two workers said, as counts: rows are the first worker's classes. */
    private static Labels table(int[][] counts) {
        var labels = Labels.builder();
        var subject = 0;
        for (var row = 0; row < counts.length; row++) {
            for (var column = 0; column < counts.length; column++) {
                for (var i = 0; i < counts[row][column]; i++, subject++) {
                    labels.add(subject, 1, row).add(subject, 2, column);
                }
            }
        }
        return labels.build();
    }

    private static Labels coders(String[] rows) {
        var labels = Labels.builder();
        for (var coder = 0; coder < rows.length; coder++) {
            var values = rows[coder].split(" ");
            for (var unit = 0; unit < values.length; unit++) {
                if (!values[unit].equals(".")) {
                    labels.add("" + unit, "" + coder, values[unit]);
                }
            }
        }
        return labels.build();
    }
}
