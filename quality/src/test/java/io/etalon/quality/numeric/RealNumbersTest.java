package io.etalon.quality.numeric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.etalon.quality.CrowdData;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Feelings rated from 0 to 100 by a crowd (R. Snow et al., EMNLP 2008): mean absolute error against experts. */
class RealNumbersTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource({"snow_anger, 8.633, 6.70, .05", "snow_joy, 12.502, 15.2, .2"})
    void reachesTheReference(String set, double mean, double weighted, double tolerance) {
        var numbers = Numbers.of(CrowdData.labels(set));
        assertThat(error(set, new NumericTruth.Mean().fit(numbers))).isCloseTo(mean, within(.0006));
        var fit = GaussianEm.unbiased().fit(numbers);
        assertThat(fit.converged()).isTrue();
        assertThat(error(set, fit.consensus())).isCloseTo(weighted, within(tolerance));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({"snow_disgust, true", "snow_sadness, true", "snow_surprise, false"})
    void weighsForBetterOrWorseAsInTheReference(String set, boolean better) {
        var numbers = Numbers.of(CrowdData.labels(set));
        var mean = error(set, new NumericTruth.Mean().fit(numbers));
        assertThat(error(set, GaussianEm.unbiased().fit(numbers).consensus()) < mean)
                .isEqualTo(better);
        assertThat(error(set, GaussianEm.biased().fit(numbers).consensus()) < mean)
                .isEqualTo(better);
    }

    private static double error(String set, NumericConsensus consensus) {
        var gold = CrowdData.gold(set);
        var sum = 0.0;
        for (var estimate : consensus.estimates()) {
            sum += Math.abs(estimate.value() - Double.parseDouble(gold.getOrDefault(estimate.task(), "")));
        }
        return sum / consensus.estimates().size();
    }
}
