package io.etalon.quality.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.etalon.quality.Bootstrap;
import io.etalon.quality.CrowdData;
import io.etalon.quality.Labels;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Agreement of real crowds against an independent implementation, printed to four decimals. */
class RealAgreementTest {
    private static final Bootstrap ONCE = new Bootstrap(1, .95, 1);

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "d_product, .1575, .1574, .5928, .7255",
        "bluebirds, .1255, .1253, .2218, .5882",
        "rte, .2415, .2414, .2727, .6287",
        "snow_temp, .2234, .2232, .2283, .6129",
        "labelme, .6774, .6779, .6811, .7206",
        "dogs, .5194, .5194, .5222, ",
        "trec2011, .1145, .1100, .2839, ",
        "s_face, .4949, .4946, .5375, ",
        "s_rel, .0898, .0931, .1706, ",
        "cf, .5768, .5841, .6119, ",
        "cf_amt, .5209, .5210, .5462, ",
        "ms_music, .3010, .2628, .2660, ",
        "sp, .4276, .4372, .4429, ",
        "zencrowd_in, .1699, .1626, .3162, ",
        "zencrowd_all, .1954, .1911, .4165, ",
    })
    void reachesTheReference(String set, double alpha, double fleiss, double gwet, Double raw) throws IOException {
        var labels = first(set);
        assertThat(labels.repeated()).isZero();
        assertThat(value(AgreementMetric.KRIPPENDORFF, labels)).isCloseTo(alpha, within(5.1e-5));
        assertThat(KrippendorffAlpha.of(labels, Distance.NOMINAL).orElseThrow()).isCloseTo(alpha, within(5.1e-5));
        assertThat(value(AgreementMetric.FLEISS, labels)).isCloseTo(fleiss, within(5.1e-5));
        assertThat(value(AgreementMetric.GWET_AC1, labels)).isCloseTo(gwet, within(5.1e-5));
        if (raw != null) {
            assertThat(value(AgreementMetric.RAW, labels)).isCloseTo(raw, within(5.1e-5));
        }
    }

    @ParameterizedTest
    @CsvSource({"snow_anger, .3533", "snow_wordsim, .6701"})
    void reachesTheReferenceOnNumbers(String set, double alpha) throws IOException {
        assertThat(AgreementMetric.KRIPPENDORFF
                        .measure(first(set), Distance.INTERVAL, ONCE)
                        .estimate()
                        .orElseThrow()
                        .value())
                .isCloseTo(alpha, within(5.1e-5));
    }

    private static double value(AgreementMetric metric, Labels labels) {
        return metric.measure(labels, ONCE).estimate().orElseThrow().value();
    }

    /** The reference takes the first of repeated judgements, in the order of the file. */
    private static Labels first(String set) throws IOException {
        var judgements = new FirstJudgements();
        try (var lines = Files.lines(CrowdData.folder().resolve(set).resolve("labels.csv"))) {
            lines.skip(1).map(line -> line.split(",", -1)).forEach(row -> judgements.add(row[0], row[1], row[2]));
        }
        return judgements.build();
    }
}
