package io.etalon.quality.numeric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.etalon.quality.Labels;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumericTruthTest {
    private static final List<NumericTruth> METHODS =
            List.of(new NumericTruth.Mean(), new NumericTruth.TrimmedMean(), new NumericTruth.Median());

    private record Given(String task, String worker, double value) {}

    @Test
    void knowsMeanTrimmedMeanAndMedian() {
        var builder = Numbers.builder();
        var values = new double[] {1, 2, 3, 4, 100};
        for (var worker = 0; worker < values.length; worker++) {
            builder.add("t", "w" + worker, values[worker]);
        }
        var numbers = builder.build();
        assertThat(value(new NumericTruth.Mean(), numbers)).isEqualTo(22);
        assertThat(value(new NumericTruth.TrimmedMean(), numbers)).isEqualTo(3);
        assertThat(value(new NumericTruth.Median(), numbers)).isEqualTo(3);
        assertThat(value(new NumericTruth.Median(), builder.add("t", "w9", 5).build()))
                .isEqualTo(3.5);
        assertThatThrownBy(() -> new NumericTruth.TrimmedMean(.5)).hasMessageContaining("less than 0.5");
    }

    @ParameterizedTest
    @CsvSource({"4, 2.77645", "5, 2.57058", "10, 2.22814", "30, 2.04227", "1000, 1.96234"})
    void knowsStudentsPoints(double degrees, double point) {
        assertThat(StudentT.point(degrees)).isCloseTo(point, within(.001));
    }

    /** On tasks of unlike difficulty 95 in a hundred hold the truth, or a few more, whatever the number of workers. */
    @ParameterizedTest
    @CsvSource({"2", "3", "5", "12"})
    void coversTheTruth(int redundancy) {
        var random = new Random(redundancy);
        var builder = Numbers.builder();
        for (var task = 0; task < 2000; task++) {
            var deviation = 5 * Math.exp(.4 * random.nextGaussian());
            for (var worker = 0; worker < redundancy; worker++) {
                builder.add("" + task, "" + worker, task + deviation * random.nextGaussian());
            }
        }
        for (var method : METHODS) {
            var covered = 0;
            for (var estimate : method.fit(builder.build()).estimates()) {
                covered += estimate.interval().contains(Double.parseDouble(estimate.task())) ? 1 : 0;
            }
            assertThat(covered / 2000.0).as("%s of %s", method, redundancy).isBetween(.935, .99);
        }
    }

    @Test
    void findsPreciseAndBiasedWorkers() {
        var random = new Random(8);
        var deviations = new double[] {1, 1, 10, 10, 10};
        var biases = new double[] {3, -3, 0, 6, -6};
        var builder = Numbers.builder();
        for (var task = 0; task < 400; task++) {
            for (var worker = 0; worker < 5; worker++) {
                var error = biases[worker] + deviations[worker] * random.nextGaussian();
                builder.add("" + task, "" + worker, task % 50 + error);
            }
        }
        var numbers = builder.build();
        var fit = GaussianEm.biased().fit(numbers);
        assertThat(fit.converged()).isTrue();
        for (var worker = 0; worker < 5; worker++) {
            assertThat(fit.workers().get(worker).deviation()).isCloseTo(deviations[worker], within(1.0));
            assertThat(fit.workers().get(worker).bias() - fit.workers().get(0).bias())
                    .isCloseTo(biases[worker] - biases[0], within(1.5));
        }
        assertThat(error(fit.consensus())).isLessThan(.8 * error(new NumericTruth.Mean().fit(numbers)));
    }

    @Test
    void permutingChangesNothing() {
        for (var seed = 0; seed < 20; seed++) {
            var random = new Random(seed);
            var given = new ArrayList<Given>();
            for (var i = 0; i < 60; i++) {
                given.add(new Given("t" + random.nextInt(12), "w" + random.nextInt(6), random.nextGaussian()));
            }
            var numbers = numbers(given);
            Collections.shuffle(given, random);
            var shuffled = numbers(given);
            assertThat(shuffled.repeated()).isEqualTo(numbers.repeated());
            for (var method : METHODS) {
                assertThat(method.fit(shuffled)).as("seed %s", seed).isEqualTo(method.fit(numbers));
            }
            assertThat(GaussianEm.biased().fit(shuffled))
                    .as("seed %s", seed)
                    .isEqualTo(GaussianEm.biased().fit(numbers));
        }
    }

    @Test
    void staysFiniteWhereNothingCanBeLearned() {
        var alone = Numbers.builder().add("a", "w", 5).add("b", "w", 7).build();
        var equal = Numbers.builder()
                .add("a", "v", 5)
                .add("a", "w", 5)
                .add("b", "v", 5)
                .build();
        var large = Numbers.builder().add("a", "v", 1e300).add("a", "w", 1e300).build();
        for (var numbers : List.of(alone, equal, large)) {
            var fits = new ArrayList<NumericConsensus>();
            METHODS.forEach(method -> fits.add(method.fit(numbers)));
            fits.add(GaussianEm.unbiased().fit(numbers).consensus());
            for (var fit : fits) {
                for (var estimate : fit.estimates()) {
                    assertThat(estimate.value()).isFinite();
                    assertThat(estimate.interval().low()).isFinite();
                    assertThat(estimate.interval().high()).isFinite();
                }
            }
        }
        assertThat(value(GaussianEm.unbiased().fit(equal).consensus())).isEqualTo(5);
        assertThatThrownBy(() -> new NumericTruth.Mean().fit(Numbers.builder().build()))
                .hasMessageContaining("no number to learn from");
    }

    @Test
    void refusesWhatIsNoNumber() {
        assertThatThrownBy(() -> Numbers.builder().add("t", "w", Double.NaN))
                .hasMessageContaining("worker \"w\" gave task \"t\" NaN");
        assertThatThrownBy(() -> Numbers.builder().add("t", "w", Double.POSITIVE_INFINITY))
                .hasMessageContaining("Infinity");
        var words = Labels.builder().add("t", "w", "NaN").build();
        assertThatThrownBy(() -> Numbers.of(words)).hasMessageContaining("\"NaN\" of worker \"w\" on task \"t\"");
    }

    private static Numbers numbers(List<Given> given) {
        var builder = Numbers.builder();
        given.forEach(one -> builder.add(one.task, one.worker, one.value));
        return builder.build();
    }

    private static double error(NumericConsensus consensus) {
        var sum = 0.0;
        for (var estimate : consensus.estimates()) {
            sum += Math.abs(estimate.value() - Integer.parseInt(estimate.task()) % 50);
        }
        return sum / consensus.estimates().size();
    }

    private static double value(NumericTruth method, Numbers numbers) {
        return value(method.fit(numbers));
    }

    private static double value(NumericConsensus consensus) {
        return consensus.estimates().getFirst().value();
    }
}
