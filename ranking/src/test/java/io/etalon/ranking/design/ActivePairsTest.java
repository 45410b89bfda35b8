package io.etalon.ranking.design;

import static org.assertj.core.api.Assertions.assertThat;

import io.etalon.ranking.Votes;
import io.etalon.ranking.algebra.Parallelism;
import io.etalon.ranking.interval.Clustering;
import io.etalon.ranking.interval.Sandwich;
import io.etalon.ranking.model.BradleyTerry;
import io.etalon.ranking.model.Fit;
import io.etalon.ranking.model.FitOptions;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A field of 100 models spread over 12 units of log-odds, from beginners to masters. */
class ActivePairsTest {
    private static final int MODELS = 100;
    private static final double SPREAD = 12;
    private static final int UNIFORM = 20_000;
    private static final int PILOT = 3000;
    private static final int STAGES = 3;
    private static final int STAGE = 3000;

    private final char[] a = new char[UNIFORM];
    private final char[] b = new char[UNIFORM];
    private final byte[] outcome = new byte[UNIFORM];
    private int size;

    @Test
    void reachTheIntervalsOfUniformPairsWithThreeFifthsOfTheVotes() {
        System.out.println("seed 1");
        var random = new SplittableRandom(1);
        while (size < UNIFORM) {
            uniform(random);
        }
        var uniform = width();
        size = 0;
        while (size < PILOT) {
            uniform(random);
        }
        for (var stage = 0; stage < STAGES; stage++) {
            // A pilot may leave islands: the ridge serves to choose only.
            var fit = (Fit) BradleyTerry.fit(votes(), FitOptions.standard().withRidge(.1));
            var pairs = new NextPair(fit.strengths(), fit.information().inverse(Parallelism.ONE_THREAD));
            for (var i = 0; i < STAGE; i++) {
                var choice = pairs.choose(random);
                vote(choice.first(), choice.second(), random);
            }
        }
        assertThat(size).isLessThanOrEqualTo(UNIFORM * 6 / 10);
        var active = width();
        System.out.printf("mean half-width: %d uniform pairs %.4f, %d chosen %.4f%n", UNIFORM, uniform, size, active);
        assertThat(active).isLessThanOrEqualTo(uniform);
    }

    private void uniform(SplittableRandom random) {
        var first = random.nextInt(MODELS);
        vote(first, (first + 1 + random.nextInt(MODELS - 1)) % MODELS, random);
    }

    private void vote(int first, int second, SplittableRandom random) {
        var difference = SPREAD * (first - second) / (MODELS - 1);
        a[size] = (char) first;
        b[size] = (char) second;
        outcome[size++] = (byte) (random.nextDouble() * (1 + Math.exp(-difference)) < 1 ? 0 : 1);
    }

    private Votes votes() {
        var names = IntStream.range(0, MODELS).mapToObj(Integer::toString).toList();
        return Votes.dense(names, Arrays.copyOf(a, size), Arrays.copyOf(b, size), Arrays.copyOf(outcome, size));
    }

    private double width() {
        var votes = votes();
        var fit = (Fit) BradleyTerry.fit(votes, FitOptions.standard());
        var uncertainty = Sandwich.of(fit, votes, Clustering.ROWS, Parallelism.ONE_THREAD);
        return IntStream.range(0, MODELS)
                .mapToDouble(i -> uncertainty.halfWidth(i, .95))
                .average()
                .orElseThrow();
    }
}
