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

    /**
     * Columns: majority vote, plain, the protocol of VLDB 2017, MAP, pooled. The reference drops exact duplicates; the
     * protocol keeps them.
     */
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "bluebirds,    .7593, .8981, .8796, .8889, .8981",
        "snow_temp,    .9361, .9416, .9416, .9437, .9394",
        "rte,          .8969, .9275, .9275, .9275, .9225",
        "cf,           .8822, .8033, .7933, .8800, .8900",
        "cf_amt,       .8533, .8367, .8567, .8600, .8300",
        "ms_music,     .7042, .7686, .7643, .7857, .7843",
        "s_face,       .6367, .6421, .6404, .6421, .6507",
        "labelme,      .7660, .7930, .7920, .7770, .7950",
        "dogs,         .8222, .8439, .8426, .8377, .8401",
        "zencrowd_in,  .7404, .7608, .7588, .7691, .7613",
        "zencrowd_all, .8301, .7946, .7961, .7961, .7912",
        "d_product,    .8966, .9391, .9365, .9383, .9377",
        "sp,           .8859, .9152, .9148, .9160, .9144",
        "trec2011,     .6514, .7051, .7042, .7064, .7055",
        "s_rel,        .5423, .6146, .6130, .6108, .6161",
    })
    void reachesTheAccuracyOfTheReference(
            String set, double majority, double plain, double vldb, double map, double pooled) {
        var labels = CrowdData.labels(set);
        var distinct = labels.withoutDuplicates();

        assertThat(accuracy(set, MajorityVote.of(distinct))).isCloseTo(majority, within(5.1e-5));
        assertThat(accuracy(set, DawidSkene.plain().fit(distinct).consensus())).isCloseTo(plain, within(TOLERANCE));
        assertThat(accuracy(set, DawidSkene.vldb().fit(labels).consensus())).isCloseTo(vldb, within(TOLERANCE));
        assertThat(accuracy(set, DawidSkene.map().fit(distinct).consensus())).isCloseTo(map, within(TOLERANCE));
        assertThat(accuracy(set, DawidSkene.pooled().fit(distinct).consensus())).isCloseTo(pooled, within(TOLERANCE));
    }

    private static double accuracy(String set, Consensus consensus) {
        return Accuracy.of(consensus, CrowdData.gold(set)).value();
    }
}
