package io.etalon.quality.truth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.etalon.quality.CrowdData;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Accuracy on real crowds against an independent implementation, printed to four decimals. */
class RealCrowdsTest {
    /** 0.002, and half a unit of the last decimal printed. */
    private static final double TOLERANCE = 0.002 + 5e-5;

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "bluebirds, .7593, .8981, .8981",
        "snow_temp, .9361, .9416, .9394",
        "rte, .8969, .9275, .9225",
        "cf_amt, .8533, .8367, .8300",
        "s_face, .6367, .6421, .6507",
        "labelme, .7660, .7930, .7950",
        "dogs, .8222, .8439, .8401",
        "d_product, .8966, .9391, .9377",
        "sp, .8859, .9152, .9144",
    })
    void reachesTheAccuracyOfTheReference(String set, double majority, double plain, double pooled) {
        var labels = CrowdData.labels(set);

        assertThat(accuracy(set, MajorityVote.of(labels))).isCloseTo(majority, within(5.1e-5));
        assertThat(accuracy(set, DawidSkene.plain().fit(labels).consensus())).isCloseTo(plain, within(TOLERANCE));
        assertThat(accuracy(set, DawidSkene.pooled().fit(labels).consensus())).isCloseTo(pooled, within(TOLERANCE));
    }

    /**
     * On these sets plain maximum likelihood is ill-conditioned: independent implementations that differ only in how
     * they treat a matrix row without evidence and in when they stop end up to 0.06 apart (cf: .78 to .84), so that it is
     * no figure to hold anybody to. Pooling gives every row evidence.
     */
    @ParameterizedTest(name = "{0}")
    @CsvSource({"cf, .8822, .8900", "ms_music, .7042, .7843", "trec2011, .6514, .7055"})
    void poolingReachesTheReferenceWhereMaximumLikelihoodIsIllConditioned(String set, double majority, double pooled) {
        var labels = CrowdData.labels(set);

        assertThat(accuracy(set, MajorityVote.of(labels))).isCloseTo(majority, within(5.1e-5));
        assertThat(accuracy(set, DawidSkene.pooled().fit(labels).consensus())).isCloseTo(pooled, within(TOLERANCE));
    }

    private static double accuracy(String set, Consensus consensus) {
        return Accuracy.of(consensus, CrowdData.gold(set)).value();
    }
}
