package io.etalon.quality.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.etalon.quality.Bootstrap;
import io.etalon.quality.Labels;
import io.etalon.quality.RandomCrowd;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds for every figure of agreement. */
class AgreementPropertiesTest {
    private static final Bootstrap BOOTSTRAP = new Bootstrap(50, .95, 11);
    private static final int SEEDS = 15;

    private record Given(String task, String worker, String label) {}

    @ParameterizedTest
    @EnumSource(AgreementMetric.class)
    void permutingRowsChangesNoBit(AgreementMetric metric) {
        for (var seed = 0; seed < SEEDS; seed++) {
            var random = new Random(seed);
            var rows = rows(crowd(random));
            var before = metric.measure(labels(rows), BOOTSTRAP);
            Collections.shuffle(rows, random);
            assertThat(metric.measure(labels(rows), BOOTSTRAP))
                    .as("seed %s", seed)
                    .isEqualTo(before);
        }
    }

    @ParameterizedTest
    @EnumSource(AgreementMetric.class)
    void renamingWorkersAndTasksChangesNoValue(AgreementMetric metric) {
        for (var seed = 0; seed < SEEDS; seed++) {
            var rows = rows(crowd(new Random(seed)));
            var renamed = rows.stream()
                    .map(row -> new Given(
                            "t" + (1000 - Integer.parseInt(row.task)),
                            "x" + (50 - Integer.parseInt(row.worker)),
                            row.label))
                    .toList();
            assertThat(value(metric, labels(renamed)))
                    .as("seed %s", seed)
                    .isCloseTo(value(metric, labels(rows)), within(1e-9));
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = AgreementMetric.class,
            names = {"RAW", "COHEN", "FLEISS", "KRIPPENDORFF", "GWET_AC1"})
    void renamingClassesChangesNoNominalValue(AgreementMetric metric) {
        for (var seed = 0; seed < SEEDS; seed++) {
            var rows = rows(crowd(new Random(seed)));
            var renamed = rows.stream()
                    .map(row -> new Given(row.task, row.worker, "c" + (9 - Integer.parseInt(row.label))))
                    .toList();
            assertThat(value(metric, labels(renamed)))
                    .as("seed %s", seed)
                    .isCloseTo(value(metric, labels(rows)), within(1e-12));
        }
    }

    @ParameterizedTest
    @EnumSource(AgreementMetric.class)
    void neverExceedsOneAndHoldsItsValueInItsInterval(AgreementMetric metric) {
        for (var seed = 0; seed < SEEDS; seed++) {
            var measured = metric.measure(crowd(new Random(seed)), new Bootstrap(200, .99, seed));
            var estimate = measured.estimate().orElseThrow();
            assertThat(estimate.value()).as("seed %s", seed).isBetween(-1.0, 1.0);
            assertThat(estimate.interval().high()).isLessThanOrEqualTo(1 + 1e-12);
            assertThat(estimate.interval().low()).isFinite();
            assertThat(measured.repeated()).isPositive();
            assertThat(measured.reason()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(AgreementMetric.class)
    void isOneWhereAllAgreeOnSeveralClasses(AgreementMetric metric) {
        var labels = Labels.builder();
        for (var task = 0; task < 12; task++) {
            for (var worker = 0; worker < 3; worker++) {
                labels.add(task, worker, task % 3);
            }
        }
        assertThat(value(metric, labels.build())).isCloseTo(1, within(1e-12));
    }

    @ParameterizedTest
    @EnumSource(AgreementMetric.class)
    void saysWhyThereIsNoFigure(AgreementMetric metric) {
        var nobody = Labels.builder(List.of("1", "2")).build();
        assertThat(reason(metric, nobody)).isEqualTo("there is no judgement");
        var alone = Labels.builder().add(1, 1, 1).add(2, 1, 2).build();
        assertThat(reason(metric, alone)).isEqualTo("no task was judged by two workers");
        var apart = Labels.builder().add(1, 1, 1).add(2, 2, 2).build();
        assertThat(reason(metric, apart)).isEqualTo("no task was judged by two workers");
        var same = Labels.builder()
                .add(1, 1, 5)
                .add(1, 2, 5)
                .add(2, 1, 5)
                .add(2, 2, 5)
                .build();
        if (metric == AgreementMetric.RAW) {
            assertThat(value(metric, same)).isEqualTo(1);
        } else {
            assertThat(reason(metric, same)).matches(".*(one class only|same number).*");
        }
    }

    @ParameterizedTest
    @EnumSource(AgreementMetric.class)
    void theMatrixHoldsWhatEachPairSays(AgreementMetric metric) {
        var labels = crowd(new Random(5));
        var distance = metric.usualDistance();
        var matrix = Agreement.matrix(labels, metric, distance);
        for (var left = 0; left < 4; left++) {
            for (var right = left + 1; right < 6; right++) {
                var pair = Agreement.between(
                        labels, matrix.workers().get(left), matrix.workers().get(right), metric, distance, BOOTSTRAP);
                assertThat(matrix.agreement(right, left).isPresent())
                        .isEqualTo(pair.estimate().isPresent());
                if (pair.estimate().isPresent()) {
                    assertThat(matrix.agreement(left, right).orElseThrow())
                            .isCloseTo(pair.estimate().orElseThrow().value(), within(1e-12));
                    assertThat(matrix.agreement(right, left)).isEqualTo(matrix.agreement(left, right));
                }
            }
        }
    }

    /** Tasks judged by many, few and one: by matrix of classes, judgement by judgement, and by tables of pairs. */
    @ParameterizedTest
    @EnumSource(Distance.class)
    void allWaysToAlphaAgree(Distance distance) {
        for (var seed = 0; seed < SEEDS; seed++) {
            var labels = seed % 2 == 0 ? crowd(new Random(seed)) : RandomCrowd.of(new Random(seed), 60, 9, 12, 4);
            assertThat(KrippendorffAlpha.of(labels, distance).orElseThrow())
                    .as("seed %s", seed)
                    .isCloseTo(
                            KrippendorffAlpha.ofManyClasses(labels, distance, distance.values(labels))
                                    .orElseThrow(),
                            within(1e-12))
                    .isCloseTo(
                            Agreement.krippendorff(labels, distance, BOOTSTRAP)
                                    .orElseThrow()
                                    .value(),
                            within(1e-12));
        }
        assertThat(KrippendorffAlpha.of(Labels.builder().add(1, 1, 1).build(), distance))
                .isEmpty();
    }

    /** Tasks of every kind: judged once, twice by the same, by hundreds, by more than a buffer holds. */
    @Test
    void isTheSameToTheLastBitForAnyNumberOfThreads() {
        var random = new Random(SEEDS);
        var packer = Labels.packer(80_000, 3000, 5, 600_000);
        for (var task = 0; task < 80_000; task++) {
            packer.nextTask();
            var redundancy = task % 20_000 == 7 ? 2500 : task % 10_000 == 3 ? 300 : random.nextInt(14);
            for (var i = 0; i < redundancy; i++) {
                packer.add(task % 100 == 0 ? i / 2 : i, random.nextInt(3) == 0 ? random.nextInt(5) : task % 5);
            }
        }
        var labels = packer.build();
        assertThat(labels.size()).isGreaterThan(500_000);
        for (var distance : Distance.values()) {
            var one = KrippendorffAlpha.of(labels, distance, 1).orElseThrow();
            for (var threads : List.of(2, 3, 4)) {
                assertThat(KrippendorffAlpha.of(labels, distance, threads)).hasValue(one);
            }
            assertThat(one)
                    .isCloseTo(
                            KrippendorffAlpha.ofManyClasses(labels, distance, distance.values(labels))
                                    .orElseThrow(),
                            within(1e-10));
        }
        assertThatThrownBy(() -> KrippendorffAlpha.of(labels, Distance.NOMINAL, 0))
                .hasMessageContaining("a thread");
    }

    @Test
    void knowsItsNames() {
        for (var metric : AgreementMetric.values()) {
            assertThat(AgreementMetric.parse(metric.label())).isEqualTo(metric);
        }
        for (var distance : Distance.values()) {
            assertThat(Distance.parse(distance.label())).isEqualTo(distance);
        }
        assertThat(AgreementMetric.parse("gwet-ac1")).isEqualTo(AgreementMetric.GWET_AC1);
        assertThatThrownBy(() -> AgreementMetric.parse("pi")).hasMessageContaining("one of raw, cohen, weighted-cohen");
        assertThatThrownBy(() -> Distance.parse("far")).hasMessageContaining("nominal, ordinal, interval, ratio");
        var labels = crowd(new Random(1));
        assertThatThrownBy(() -> AgreementMetric.COHEN.measure(labels, Distance.RATIO, BOOTSTRAP))
                .hasMessageContaining("cohen knows the nominal distance only, not ratio");
    }

    @Test
    void refusesWhatIsNoNumberWhereNumbersCount() {
        var labels = Labels.builder().add("t", "a", "NaN").add("t", "b", "1").build();
        for (var metric : List.of(AgreementMetric.KRIPPENDORFF, AgreementMetric.GWET_AC2, AgreementMetric.RAW)) {
            assertThatThrownBy(() -> metric.measure(labels, Distance.INTERVAL, BOOTSTRAP))
                    .hasMessageContaining("decimal numbers, got \"NaN\"");
        }
        assertThatThrownBy(() -> AgreementMetric.ICC.measure(labels, BOOTSTRAP)).hasMessageContaining("\"NaN\"");
        var negative = Labels.builder().add("t", "a", "-1").add("t", "b", "1").build();
        assertThatThrownBy(() -> KrippendorffAlpha.of(negative, Distance.RATIO)).hasMessageContaining("from 0 up");
        var zeros = Labels.builder()
                .add("t", "a", "0")
                .add("t", "b", "00")
                .add("u", "a", "1")
                .add("u", "b", "1");
        assertThat(KrippendorffAlpha.of(zeros.build(), Distance.RATIO)).hasValue(1);
    }

    @Test
    void keepsTheFirstOfRepeatedJudgements() {
        var first = new FirstJudgements();
        assertThat(first.add("t", "a", "1")).isTrue();
        assertThat(first.add("t", "a", "2")).isFalse();
        assertThat(first.add("t", "b", "1")).isTrue();
        assertThat(first.dropped()).isEqualTo(1);
        assertThat(first.build().repeated()).isZero();
        assertThat(value(AgreementMetric.RAW, first.build())).isEqualTo(1);
    }

    /** Crowds with gaps, repetitions, and forty tasks that all of six workers judged. */
    private static Labels crowd(Random random) {
        var rows = rows(RandomCrowd.of(random, 40, 6, 4, 5));
        for (var task = 100; task < 140; task++) {
            var truth = random.nextInt(4);
            for (var worker = 0; worker < 6; worker++) {
                var said = random.nextDouble() < .6 ? truth : random.nextInt(4);
                rows.add(new Given("" + task, "" + worker, "" + said));
            }
        }
        return labels(rows);
    }

    private static List<Given> rows(Labels labels) {
        var rows = new ArrayList<Given>();
        for (var task = 0; task < labels.tasks().size(); task++) {
            for (var i = labels.start(task); i < labels.end(task); i++) {
                rows.add(new Given(
                        labels.tasks().get(task),
                        labels.workers().get(labels.workerAt(i)),
                        labels.classes().get(labels.classAt(i))));
            }
        }
        return rows;
    }

    private static Labels labels(List<Given> rows) {
        var labels = Labels.builder();
        rows.forEach(row -> labels.add(row.task, row.worker, row.label));
        return labels.build();
    }

    private static double value(AgreementMetric metric, Labels labels) {
        return metric.measure(labels, BOOTSTRAP).estimate().orElseThrow().value();
    }

    private static String reason(AgreementMetric metric, Labels labels) {
        var measured = metric.measure(labels, BOOTSTRAP);
        assertThat(measured.estimate()).isEmpty();
        return measured.reason().orElseThrow();
    }
}
