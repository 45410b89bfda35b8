package io.etalon.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

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
        "cf, .8822, .8033, .8900",
        "cf_amt, .8533, .8367, .8300",
        "ms_music, .7042, .7686, .7843",
        "s_face, .6367, .6421, .6507",
        "labelme, .7660, .7930, .7950",
        "dogs, .8222, .8439, .8401",
        "d_product, .8966, .9391, .9377",
        "sp, .8859, .9152, .9144",
        "trec2011, .6514, .7051, .7055",
    })
    void reachesTheAccuracyOfTheReference(String set, double majority, double plain, double pooled) {
        var labels = CrowdData.labels(set);
        var gold = CrowdData.gold(set);

        assertThat(Accuracy.of(MajorityVote.of(labels), gold).value()).isCloseTo(majority, within(5e-5));
        var plainFit = DawidSkene.plain().fit(labels);
        var pooledFit = DawidSkene.pooled().fit(labels);
        var p = Accuracy.of(plainFit.consensus(), gold).value();
        var h = Accuracy.of(pooledFit.consensus(), gold).value();
        System.out.printf(
                "%s DS %.4f (%.4f) %d it, HDS %.4f (%.4f) %d it%n",
                set, p, plain, plainFit.iterations(), h, pooled, pooledFit.iterations());
        assertThat(p).isCloseTo(plain, within(TOLERANCE));
        assertThat(h).isCloseTo(pooled, within(TOLERANCE));
    }
}
