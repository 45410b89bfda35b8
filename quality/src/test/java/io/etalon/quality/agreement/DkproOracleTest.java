package io.etalon.quality.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.etalon.quality.Bootstrap;
import io.etalon.quality.CrowdData;
import io.etalon.quality.Labels;
import io.etalon.quality.RandomCrowd;
import java.util.Random;
import org.dkpro.statistics.agreement.coding.CodingAnnotationStudy;
import org.dkpro.statistics.agreement.coding.CohenKappaAgreement;
import org.dkpro.statistics.agreement.coding.FleissKappaAgreement;
import org.dkpro.statistics.agreement.coding.KrippendorffAlphaAgreement;
import org.dkpro.statistics.agreement.coding.PercentageAgreement;
import org.dkpro.statistics.agreement.coding.WeightedKappaAgreement;
import org.dkpro.statistics.agreement.distance.IDistanceFunction;
import org.dkpro.statistics.agreement.distance.IntervalDistanceFunction;
import org.dkpro.statistics.agreement.distance.NominalDistanceFunction;
import org.dkpro.statistics.agreement.distance.OrdinalDistanceFunction;
import org.dkpro.statistics.agreement.distance.RatioDistanceFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** DKPro Statistics, written by others from the same papers, gives the same figures. */
class DkproOracleTest {
    private static final Bootstrap ONCE = new Bootstrap(1, .95, 1);
    private static final double SAME = 1e-9;

    @ParameterizedTest
    @ValueSource(strings = {"bluebirds", "s_face", "cf", "ms_music", "labelme"})
    void agreesOnRealCrowds(String set) {
        var labels = CrowdData.labels(set);
        assertThat(value(labels, Distance.NOMINAL)).isCloseTo(alpha(labels, Distance.NOMINAL), within(SAME));
        assertThat(KrippendorffAlpha.of(labels, Distance.NOMINAL).orElseThrow())
                .isCloseTo(alpha(labels, Distance.NOMINAL), within(SAME));
    }

    @ParameterizedTest
    @EnumSource(Distance.class)
    void agreesOnRealNumbers(Distance distance) {
        for (var set : new String[] {"snow_anger", "snow_wordsim"}) {
            var labels = once(CrowdData.labels(set));
            assertThat(value(labels, distance)).isCloseTo(alpha(labels, distance), within(SAME));
        }
    }

    @ParameterizedTest
    @EnumSource(Distance.class)
    void agreesOnRandomCrowdsWithGaps(Distance distance) {
        for (var seed = 1; seed <= 10; seed++) {
            var labels = once(RandomCrowd.of(new Random(seed), 40, 6, 2 + seed % 5, 4));
            assertThat(value(labels, distance)).as("seed %s", seed).isCloseTo(alpha(labels, distance), within(SAME));
            assertThat(KrippendorffAlpha.of(labels, distance).orElseThrow())
                    .as("seed %s", seed)
                    .isCloseTo(alpha(labels, distance), within(SAME));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void agreesOnRandomCrowdsWithoutGaps(int seed) {
        var random = new Random(seed);
        var pair = complete(random, 30, 2, 3);
        assertThat(AgreementMetric.COHEN
                        .measure(pair, ONCE)
                        .estimate()
                        .orElseThrow()
                        .value())
                .isCloseTo(new CohenKappaAgreement(study(pair)).calculateAgreement(), within(SAME));
        var weighted = new WeightedKappaAgreement(study(pair), new IntervalDistanceFunction());
        assertThat(Agreement.weightedCohen(pair, Weighting.quadratic(), ONCE)
                        .orElseThrow()
                        .value())
                .isCloseTo(weighted.calculateAgreement(), within(SAME));
        var many = complete(random, 30, 5, 4);
        assertThat(AgreementMetric.FLEISS
                        .measure(many, ONCE)
                        .estimate()
                        .orElseThrow()
                        .value())
                .isCloseTo(new FleissKappaAgreement(study(many)).calculateAgreement(), within(SAME));
        assertThat(AgreementMetric.RAW
                        .measure(many, ONCE)
                        .estimate()
                        .orElseThrow()
                        .value())
                .isCloseTo(new PercentageAgreement(study(many)).calculateAgreement(), within(SAME));
    }

    private static double value(Labels labels, Distance distance) {
        return Agreement.krippendorff(labels, distance, ONCE).orElseThrow().value();
    }

    private static double alpha(Labels labels, Distance distance) {
        IDistanceFunction function = switch (distance) {
            case NOMINAL -> new NominalDistanceFunction();
            case ORDINAL -> new OrdinalDistanceFunction();
            case INTERVAL -> new IntervalDistanceFunction();
            case RATIO -> new RatioDistanceFunction();
        };
        return new KrippendorffAlphaAgreement(study(labels), function).calculateAgreement();
    }

    private static CodingAnnotationStudy study(Labels labels) {
        var study = new CodingAnnotationStudy(labels.workers().size());
        for (var task = 0; task < labels.tasks().size(); task++) {
            var row = new Object[labels.workers().size()];
            for (var i = labels.start(task); i < labels.end(task); i++) {
                row[labels.workerAt(i)] = Integer.valueOf(labels.classes().get(labels.classAt(i)));
            }
            study.addItemAsArray(row);
        }
        return study;
    }

    /** Each worker's first judgement of a task, class ids as plain integers: snow_anger writes 0 as "00" once. */
    private static Labels once(Labels labels) {
        var first = new FirstJudgements();
        for (var task = 0; task < labels.tasks().size(); task++) {
            for (var i = labels.start(task); i < labels.end(task); i++) {
                first.add(
                        labels.tasks().get(task),
                        labels.workers().get(labels.workerAt(i)),
                        Integer.valueOf(labels.classes().get(labels.classAt(i))).toString());
            }
        }
        return first.build();
    }

    private static Labels complete(Random random, int tasks, int workers, int classes) {
        var labels = Labels.builder();
        for (var task = 0; task < tasks; task++) {
            var truth = random.nextInt(classes);
            for (var worker = 0; worker < workers; worker++) {
                labels.add(task, worker, random.nextDouble() < .6 ? truth : random.nextInt(classes));
            }
        }
        return labels.build();
    }
}
