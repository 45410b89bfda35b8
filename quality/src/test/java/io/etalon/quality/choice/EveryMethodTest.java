package io.etalon.quality.choice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.etalon.quality.Labels;
import io.etalon.quality.RandomCrowd;
import io.etalon.quality.truth.Verdict;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds for every method alike. */
class EveryMethodTest {
    private static final long SEED = 2026;

    @ParameterizedTest
    @EnumSource(TruthMethod.class)
    void permutingRowsAnnotatorsOrClassesChangesNothing(TruthMethod method) {
        var random = new Random(SEED);
        var labels = RandomCrowd.of(random, 60, 12, 3, 5);
        var original = method.fit(labels);
        for (var round = 0; round < 3; round++) {
            var workers = permutation(labels.workers().size(), random);
            // The published Wawa lets the first class win a tied majority; Wawa.standard() does not.
            var classes = method == TruthMethod.WAWA ? List.of(0, 1, 2) : permutation(3, random);
            var permuted = method.fit(renamed(labels, workers, classes, random));
            for (var task = 0; task < labels.tasks().size(); task++) {
                for (var label = 0; label < 3; label++) {
                    assertThat(permuted.posterior(task, classes.get(label)))
                            .as("seed %d, round %d, task %d", SEED, round, task)
                            .isCloseTo(original.posterior(task, label), within(1e-9));
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(TruthMethod.class)
    void repeatsItselfToTheLastBitAndSumsToOne(TruthMethod method) {
        var labels = RandomCrowd.of(new Random(SEED), 80, 10, 4, 4);
        var first = method.fit(labels).posteriors();

        assertThat(method.fit(labels).posteriors()).isDeepEqualTo(first);
        for (var row : first) {
            var sum = 0.0;
            for (var probability : row) {
                assertThat(probability).isBetween(0.0, 1.0);
                sum += probability;
            }
            assertThat(sum).isCloseTo(1, within(1e-12));
        }
    }

    @ParameterizedTest
    @EnumSource(TruthMethod.class)
    void theOrderOfRowsAndAnotherThreadAtTheSameTimeChangeNoBit(TruthMethod method) throws Exception {
        var random = new Random(SEED);
        var labels = RandomCrowd.of(random, 60, 12, 3, 5);
        var same = IntStream.range(0, labels.workers().size()).boxed().toList();
        var shuffled = renamed(labels, same, List.of(0, 1, 2), random);
        var alone = method.fit(labels).posteriors();
        try (var two = Executors.newFixedThreadPool(2)) {
            for (var other : two.invokeAll(List.<Callable<double[][]>>of(
                    () -> method.fit(shuffled).posteriors(),
                    () -> method.fit(labels).posteriors()))) {
                assertThat(other.get()).as("seed %d", SEED).isDeepEqualTo(alone);
            }
        }
    }

    /** What a release is made of must not depend on the names that a database gave to people. */
    @ParameterizedTest
    @EnumSource(TruthMethod.class)
    void withoutNamesEqualJudgementsGiveEqualBits(TruthMethod method) {
        var random = new Random(SEED);
        var labels = RandomCrowd.of(random, 60, 12, 3, 5);
        var original = method.fit(labels.anonymous()).posteriors();
        for (var round = 0; round < 5; round++) {
            var permuted = renamed(labels, permutation(labels.workers().size(), random), List.of(0, 1, 2), random);
            assertThat(method.fit(permuted.anonymous()).posteriors())
                    .as("seed %d, round %d", SEED, round)
                    .isDeepEqualTo(original);
        }
    }

    /** A newcomer, of whom nothing else is known, says what all others said of a task. */
    @ParameterizedTest
    @EnumSource(TruthMethod.class)
    void anotherUnanimousVoteNeverLowersItsClass(TruthMethod method) {
        var random = new Random(SEED);
        for (var round = 0; round < 5; round++) {
            var labels = RandomCrowd.of(random, 60, 8, 3, 4);
            var before = method.fit(labels);
            var tried = 0;
            for (var task = 0; task < labels.tasks().size() && tried < 3; task++) {
                var said = labels.classAt(labels.start(task));
                if (IntStream.range(labels.start(task), labels.end(task)).allMatch(i -> labels.classAt(i) == said)) {
                    tried++;
                    var after = method.fit(with(
                            labels,
                            labels.tasks().get(task),
                            "newcomer",
                            labels.classes().get(said)));
                    assertThat(after.posterior(task, said))
                            .as("seed %d, round %d, task %d", SEED, round, task)
                            .isGreaterThanOrEqualTo(before.posterior(task, said) - tolerance(method));
                }
            }
            assertThat(tried).isPositive();
        }
    }

    /**
     * Methods that stop by a tolerance, or keep the best of several random starts, move by so much for reasons of their
     * own.
     */
    private static double tolerance(TruthMethod method) {
        return switch (method) {
            case MAJORITY, WAWA -> 1e-9;
            case DAWID_SKENE, DAWID_SKENE_MAP, HIERARCHICAL, ONE_COIN, AUTO -> 1e-5;
            case BAYESIAN_AVERAGE, IBCC, GLAD, MACE, EBCC -> 2e-3;
        };
    }

    @ParameterizedTest
    @EnumSource(TruthMethod.class)
    void aCrowdTooSmallToCompareGivesAStatedResult(TruthMethod method) {
        var oneClass = Labels.builder()
                .add("1", "a", "x")
                .add("1", "b", "x")
                .add("2", "a", "x")
                .build();
        var oneAnnotator =
                Labels.builder().add("1", "a", "x").add("2", "a", "y").build();
        var noOverlap = Labels.builder()
                .add("1", "a", "x")
                .add("2", "b", "y")
                .add("3", "c", "x")
                .build();
        var declared = Labels.builder(List.of("x", "y", "never"))
                .add("1", "a", "x")
                .add("1", "b", "y")
                .build();
        var emptyTask = Labels.ofIndices(new int[] {0, 0, 2}, new int[] {0, 1, 1}, new int[] {0, 1, 0}, 3, 3, 2);
        for (var labels : List.of(oneClass, oneAnnotator, noOverlap, declared, emptyTask)) {
            var consensus = method.fit(labels);
            for (var row : consensus.posteriors()) {
                var sum = 0.0;
                for (var probability : row) {
                    assertThat(probability).as("%s", labels).isBetween(0.0, 1.0);
                    sum += probability;
                }
                assertThat(sum).as("%s", labels).isCloseTo(1, within(1e-9));
            }
        }
        assertThat(method.fit(oneClass).posterior(0, 0)).isCloseTo(1, within(1e-12));
        assertThat(method.fit(oneAnnotator).best("2")).isEqualTo(new Verdict.Winner("y"));
    }

    @ParameterizedTest
    @EnumSource(TruthMethod.class)
    void refusesNothing(TruthMethod method) {
        var nothing = Labels.builder().build();

        assertThatThrownBy(() -> method.fit(nothing))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no judgement");
        assertThatThrownBy(() -> method.fit(nothing, Map.of("1", "x"))).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @EnumSource(TruthMethod.class)
    void calibratesOnGoldWithoutChangingTheAnswer(TruthMethod method) {
        var labels = RandomCrowd.of(new Random(SEED), 120, 10, 3, 5);
        var gold = new HashMap<String, String>();
        for (var task = 0; task < 60; task++) {
            gold.put("" + task, "" + task % 3);
        }
        gold.put("0", "nobody says this");
        var truth = method.fit(labels, gold);

        assertThat(truth.calibrated()).isTrue();
        assertThat(truth.accuracy()
                        .orElseThrow()
                        .interval()
                        .contains(truth.accuracy().orElseThrow().value()))
                .isTrue();
        assertThat(truth.meanConfidence()).isBetween(1 / 3.0, 1.0);
        var raw = truth.method().fit(labels);
        for (var task = 0; task < labels.tasks().size(); task++) {
            if (raw.best(task) instanceof Verdict.Winner winner) {
                assertThat(truth.consensus().best(task).candidates()).contains(winner.label());
            }
        }
    }

    @Test
    void everyMethodHasItsWord() {
        assertThat(TruthMethod.words())
                .containsExactly(
                        "mv", "wawa", "ds", "ds-map", "hds", "one-coin", "bwa", "ibcc", "glad", "mace", "ebcc", "auto");
        for (var word : TruthMethod.words()) {
            assertThat(TruthMethod.parse(word).word()).isEqualTo(word);
        }
        assertThatThrownBy(() -> TruthMethod.parse("majority")).hasMessageContaining("mv, wawa, ds");
    }

    private static Labels renamed(Labels labels, List<Integer> workers, List<Integer> classes, Random random) {
        var rows = new ArrayList<String[]>();
        for (var task = 0; task < labels.tasks().size(); task++) {
            for (var i = labels.start(task); i < labels.end(task); i++) {
                rows.add(new String[] {
                    labels.tasks().get(task), "" + workers.get(labels.workerAt(i)), "" + classes.get(labels.classAt(i))
                });
            }
        }
        Collections.shuffle(rows, random);
        var builder = Labels.builder();
        rows.forEach(row -> builder.add(row[0], row[1], row[2]));
        return builder.build();
    }

    private static Labels with(Labels labels, String task, String worker, String label) {
        var builder = Labels.builder(labels.classes());
        for (var t = 0; t < labels.tasks().size(); t++) {
            for (var i = labels.start(t); i < labels.end(t); i++) {
                builder.add(
                        labels.tasks().get(t),
                        labels.workers().get(labels.workerAt(i)),
                        labels.classes().get(labels.classAt(i)));
            }
        }
        return builder.add(task, worker, label).build();
    }

    private static List<Integer> permutation(int size, Random random) {
        var result = new ArrayList<>(IntStream.range(0, size).boxed().toList());
        Collections.shuffle(result, random);
        return result;
    }
}
