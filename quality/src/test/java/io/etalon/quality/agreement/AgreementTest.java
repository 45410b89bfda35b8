package io.etalon.quality.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.etalon.quality.Bootstrap;
import io.etalon.quality.CrowdData;
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

    @ParameterizedTest
    @CsvSource({
        "d_product, .1575, .1574, .7255",
        "bluebirds, .1255, .1253, .5882",
        "rte, .2415, .2414, .6287",
        "snow_temp, .2234, .2232, .6129",
        "labelme, .6774, .6779, .7206",
        "dogs, .5194, .5194, ",
        "trec2011, .1145, .1100, ",
        "s_face, .4949, .4946, ",
        "cf, .5768, .5841, ",
        "ms_music, .3010, .2628, ",
        "sp, .4276, .4372, ",
    })
    void reachesTheReferenceOnRealCrowds(String set, double alpha, double fleiss, Double raw) {
        var labels = CrowdData.labels(set);
        var once = new Bootstrap(1, .95, 1);
        assertThat(value(Agreement.krippendorff(labels, Distance.NOMINAL, once)))
                .isCloseTo(alpha, within(5.1e-5));
        assertThat(value(Agreement.fleiss(labels, once))).isCloseTo(fleiss, within(5.1e-5));
        if (raw != null) {
            assertThat(value(Agreement.raw(labels, once))).isCloseTo(raw, within(5.1e-5));
        }
    }

    @ParameterizedTest
    @CsvSource({"snow_anger, .3533", "snow_wordsim, .6701"})
    void reachesTheReferenceOnNumbers(String set, double alpha) {
        assertThat(value(Agreement.krippendorff(CrowdData.labels(set), Distance.INTERVAL, new Bootstrap(1, .95, 1))))
                .isCloseTo(alpha, within(5.1e-5));
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
