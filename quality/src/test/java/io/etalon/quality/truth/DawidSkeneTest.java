package io.etalon.quality.truth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.etalon.quality.Labels;
import io.etalon.quality.PublishedTables;
import io.etalon.quality.RandomCrowd;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DawidSkeneTest {
    private static final long SEED = 1979;

    private final Labels anaesthetists = PublishedTables.dawidSkene1979();

    @Test
    void holdsThePublishedTableOfResponses() {
        assertThat(anaesthetists.size()).isEqualTo(315);
        assertThat(anaesthetists.tasks()).hasSize(45).startsWith("1", "2").endsWith("45");
        assertThat(anaesthetists.workers()).containsExactly("1", "2", "3", "4", "5");
        assertThat(anaesthetists.repeated()).isEqualTo(90);
    }

    @Test
    void printsThePapersClassMarginals() {
        var fit = DawidSkene.plain().fit(anaesthetists);

        assertThat(fit.converged()).isTrue();
        assertThat(rounded(fit.classMarginals())).containsExactly(0.40, 0.42, 0.11, 0.07);
    }

    /** Observer 1 as the paper prints it; the others as an independent numpy implementation of the paper gives them. */
    @Test
    void printsThePapersErrorRates() {
        var fit = DawidSkene.plain().fit(anaesthetists);

        assertThat(rounded(fit.confusion(0)))
                .isDeepEqualTo(
                        new double[][] {{.89, .11, 0, 0}, {.07, .88, .05, 0}, {0, .34, .66, 0}, {0, 0, .56, .44}});
        assertThat(rounded(fit.confusion(1)))
                .isDeepEqualTo(new double[][] {{.83, .17, 0, 0}, {.05, .63, .31, 0}, {0, 0, 1, 0}, {0, 0, 0, 1}});
        assertThat(rounded(fit.confusion(2)))
                .isDeepEqualTo(new double[][] {{1, 0, 0, 0}, {.11, .79, .11, 0}, {0, .40, .20, .40}, {0, 0, .67, .33}});
        assertThat(rounded(fit.confusion(3)))
                .isDeepEqualTo(
                        new double[][] {{.94, .06, 0, 0}, {.05, .84, .10, 0}, {0, 0, .80, .20}, {0, 0, .33, .67}});
        assertThat(rounded(fit.confusion(4)))
                .isDeepEqualTo(new double[][] {{1, 0, 0, 0}, {.16, .73, .11, 0}, {0, .21, .79, 0}, {0, 0, .33, .67}});
    }

    /** The same independent implementation, run until the log likelihood stands still. */
    @Test
    void agreesWithAnIndependentImplementationAtTheOptimum() {
        var fit = DawidSkene.plain().withTolerance(1e-13).fit(anaesthetists);

        assertThat(fit.logLikelihood()).isCloseTo(-192.89088121429273, within(1e-6));
        assertThat(rounded(fit.classMarginals(), 1e4)).containsExactly(.3996, .4220, .1118, .0667);
        var certain = new int[] {
            1, 4, 2, 2, 2, 2, 1, 3, 2, 2, 4, 3, 1, 2, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 1, 1, 2, 1, 1, 1, 1, 3, 1, 2, 2, 4,
            2, 3, 3, 1, 1, 1, 2, 1, 2
        };
        for (var patient = 0; patient < certain.length; patient++) {
            assertThat(fit.consensus().best(patient)).isEqualTo(new Verdict.Winner("" + certain[patient]));
        }
        assertThat(fit.consensus().posterior(6)).containsExactly(new double[] {.9810, .0190, 0, 0}, within(5e-5));
        assertThat(fit.consensus().posterior(29)).containsExactly(new double[] {.9991, .0009, 0, 0}, within(5e-5));
        assertThat(fit.consensus().posterior(34)).containsExactly(new double[] {0, .9480, .0520, 0}, within(5e-5));
        assertThat(fit.consensus().posterior(37)).containsExactly(new double[] {0, .0212, .9788, 0}, within(5e-5));
        assertThat(fit.consensus().posterior(41)).containsExactly(new double[] {.9998, .0002, 0, 0}, within(5e-5));
    }

    @Test
    void isTheSameToTheLastBitWhateverTheOrderOfRowsTasksAndWorkers() {
        var random = new Random(SEED);
        for (var method : List.of(DawidSkene.plain(), DawidSkene.pooled())) {
            var original = method.fit(anaesthetists);
            for (var round = 0; round < 10; round++) {
                var tasks = permutation(45, random);
                var workers = permutation(5, random);
                var fit = method.fit(renamed(anaesthetists, tasks, workers, random));

                assertThat(fit.iterations()).isEqualTo(original.iterations());
                assertThat(fit.logLikelihood()).isEqualTo(original.logLikelihood());
                assertThat(fit.classMarginals()).containsExactly(original.classMarginals());
                for (var task = 0; task < 45; task++) {
                    assertThat(fit.consensus().posterior(tasks[task]))
                            .as("seed %d, round %d, task %d", SEED, round, task)
                            .containsExactly(original.consensus().posterior(task));
                }
                for (var worker = 0; worker < 5; worker++) {
                    assertThat(fit.confusion(workers[worker])).isDeepEqualTo(original.confusion(worker));
                }
            }
        }
    }

    @Test
    void isTheSameToTheLastBitForAnyNumberOfThreads() {
        isTheSameForAnyNumberOfThreads(RandomCrowd.of(new Random(SEED), 500, 30, 3, 6), 7);
    }

    @Test
    void isTheSameToTheLastBitForAnyNumberOfThreadsWhereCountsShareALong() {
        isTheSameForAnyNumberOfThreads(RandomCrowd.of(new Random(SEED), 15_000, 400, 5, 5), 2);
    }

    private static void isTheSameForAnyNumberOfThreads(Labels labels, int most) {
        var one = DawidSkene.plain().fit(labels);
        for (var threads = 2; threads <= most; threads++) {
            var many = DawidSkene.plain().withThreads(threads).fit(labels);

            assertThat(many.logLikelihood()).isEqualTo(one.logLikelihood());
            assertThat(many.iterations()).isEqualTo(one.iterations());
            assertThat(many.consensus().posteriors())
                    .isDeepEqualTo(one.consensus().posteriors());
        }
    }

    @Test
    void raisesTheLikelihoodWithEveryIteration() {
        var labels = RandomCrowd.of(new Random(SEED), 200, 15, 4, 5);
        var before = Double.NEGATIVE_INFINITY;
        for (var limit = 1; limit <= 40; limit++) {
            var now = DawidSkene.plain()
                    .withTolerance(0)
                    .withMaxIterations(limit)
                    .fit(labels)
                    .logLikelihood();
            assertThat(now).as("seed %d, iteration %d", SEED, limit).isGreaterThanOrEqualTo(before - 1e-6);
            before = now;
        }
    }

    @Test
    void staysFiniteWithThousandsOfJudgementsOnOneTask() {
        var labels = Labels.builder(List.of("a", "b", "never"));
        IntStream.range(0, 20_000).forEach(i -> labels.add("t" + i % 2, "w" + i % 7, i % 3 == 0 ? "a" : "b"));
        for (var method : List.of(DawidSkene.plain(), DawidSkene.pooled())) {
            var fit = method.fit(labels.build());
            assertThat(fit.logLikelihood()).isFinite();
            for (var task = 0; task < 2; task++) {
                assertThat(Arrays.stream(fit.consensus().posterior(task)).sum()).isCloseTo(1, within(1e-12));
                assertThat(fit.consensus().posterior(task, 2)).isZero();
            }
            for (var worker = 0; worker < 7; worker++) {
                for (var row : fit.confusion(worker)) {
                    assertThat(Arrays.stream(row).sum()).isCloseTo(1, within(1e-12));
                }
            }
        }
    }

    @Test
    void shrinksAWorkerWithOneJudgementToThePool() {
        var builder = Labels.builder();
        for (var task = 0; task < 50; task++) {
            for (var worker = 0; worker < 4; worker++) {
                builder.add(task, worker, (task + (worker == 3 && task % 5 == 0 ? 1 : 0)) % 2);
            }
        }
        builder.add("0", "newcomer", "1");
        var labels = builder.build();
        var newcomer = labels.workerIndex("newcomer").orElseThrow();

        assertThat(DawidSkene.plain().fit(labels).errorRate(newcomer, 0, 1)).isCloseTo(1, within(1e-6));
        assertThat(DawidSkene.pooled().fit(labels).errorRate(newcomer, 0, 1)).isLessThan(.3);
    }

    @Test
    void refusesToLearnFromNothing() {
        assertThatThrownBy(() -> DawidSkene.plain().fit(Labels.builder().build()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no judgement");
        assertThatThrownBy(() -> DawidSkene.map(Double.NaN, 4)).hasMessageContaining("strength");
    }

    private static Labels renamed(Labels labels, int[] tasks, int[] workers, Random random) {
        var rows = new ArrayList<String[]>();
        for (var task = 0; task < tasks.length; task++) {
            for (var i = labels.start(task); i < labels.end(task); i++) {
                rows.add(new String[] {
                    "" + tasks[task],
                    "" + workers[labels.workerAt(i)],
                    labels.classes().get(labels.classAt(i))
                });
            }
        }
        Collections.shuffle(rows, random);
        var builder = Labels.builder(labels.classes());
        rows.forEach(row -> builder.add(row[0], row[1], row[2]));
        return builder.build();
    }

    private static int[] permutation(int size, Random random) {
        var numbers = new ArrayList<>(IntStream.range(0, size).boxed().toList());
        Collections.shuffle(numbers, random);
        return numbers.stream().mapToInt(Integer::intValue).toArray();
    }

    private static double[] rounded(double[] values) {
        return rounded(values, 100);
    }

    private static double[] rounded(double[] values, double scale) {
        return Arrays.stream(values).map(v -> Math.round(v * scale) / scale).toArray();
    }

    private static double[][] rounded(double[][] rows) {
        return Arrays.stream(rows).map(row -> rounded(row, 100)).toArray(double[][]::new);
    }
}
