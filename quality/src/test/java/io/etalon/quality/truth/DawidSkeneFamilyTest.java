package io.etalon.quality.truth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.etalon.quality.Labels;
import io.etalon.quality.PublishedTables;
import io.etalon.quality.RandomCrowd;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Priors, gold, history, updates; and the two sweeps against each other. */
class DawidSkeneFamilyTest {
    private static final long SEED = 2017;

    @Test
    void sweepsTwoClassesInLogOddsAsItSweepsAnyNumber() {
        var labels = RandomCrowd.of(new Random(SEED), 700, 20, 2, 7);
        var gold = Map.of("3", "0", "500", "1");
        try (var crew = new Crew(1)) {
            var binary = new BinarySweep(labels, Gold.of(labels, gold), crew);
            var wide = new WideSweep(labels, Gold.of(labels, gold), crew);
            var ofBinary = new ErrorRates(20, 2);
            var ofWide = new ErrorRates(20, 2);
            binary.countVotes();
            wide.countVotes();
            for (var iteration = 0; iteration < 30; iteration++) {
                ofBinary.maximise(binary, new DawidSkene.Prior.None(), new double[0], crew);
                ofWide.maximise(wide, new DawidSkene.Prior.None(), new double[0], crew);
                assertThat(ofBinary.cells()).containsExactly(ofWide.cells(), within(1e-6));
                assertThat(binary.run(ofBinary)).isCloseTo(wide.run(ofWide), within(1e-4));
            }
            assertThat(binary.posteriors(ofBinary)).containsExactly(wide.posteriors(ofWide), within(1e-6));
        }
    }

    /** Long and short tasks, and tasks of one length; classes that fill their longs and such that do not. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 8, 9, 10, 17})
    void countsTwoClassesInALongAsItCountsOne(int classes) {
        for (var redundancy : new int[] {5, 11}) {
            var labels = RandomCrowd.of(new Random(SEED), 700, 20, classes, redundancy);
            try (var crew = new Crew(1)) {
                var narrow = new WideSweep(labels, Gold.of(labels, Map.of()), crew, 0);
                var wide = new WideSweep(labels, Gold.of(labels, Map.of()), crew, Integer.MAX_VALUE);
                assertThat(narrow.unit()).isBetween(Math.scalb(1.0, -31), Math.scalb(1.0, -22));
                assertThat(wide.unit()).isLessThan(Math.scalb(1.0, -40));
                var ofNarrow = new ErrorRates(20, classes);
                var ofWide = new ErrorRates(20, classes);
                narrow.countVotes();
                wide.countVotes();
                for (var iteration = 0; iteration < 3; iteration++) {
                    ofNarrow.maximise(narrow, new DawidSkene.Prior.Dirichlet(1, 4), new double[0], crew);
                    ofWide.maximise(wide, new DawidSkene.Prior.Dirichlet(1, 4), new double[0], crew);
                    assertThat(ofNarrow.cells()).containsExactly(ofWide.cells(), within(1e-6));
                    assertThat(narrow.run(ofNarrow)).isCloseTo(wide.run(ofWide), within(1e-3));
                }
                assertThat(narrow.posteriors(ofNarrow)).containsExactly(wide.posteriors(ofWide), within(1e-5));
            }
        }
    }

    /** Groups of four and eight classes, and what reaches past them. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 4, 5, 8, 9, 12, 13, 17})
    void findsTheTruthWithAnyNumberOfClasses(int classes) {
        var random = new Random(SEED + classes);
        var packer = Labels.packer(600, 12, classes, 600 * 9);
        var truths = random.ints(600, 0, classes).toArray();
        for (var truth : truths) {
            packer.nextTask();
            for (var i = 0; i < 9; i++) {
                packer.add(random.nextInt(12), random.nextDouble() < .8 ? truth : random.nextInt(classes));
            }
        }
        var fit = DawidSkene.map().fit(packer.build());

        assertThat(IntStream.range(0, 600).filter(task -> fit.consensus().posterior(task, truths[task]) > .5))
                .as("seed %d", SEED)
                .hasSizeGreaterThan(590);
        assertThat(fit.classMarginals()).hasSize(classes);
        assertThat(Arrays.stream(fit.classMarginals()).sum()).isCloseTo(1, within(1e-9));
        for (var row : fit.confusion(3)) {
            assertThat(Arrays.stream(row).sum()).isCloseTo(1, within(1e-12));
        }
    }

    @Test
    void clampsGoldAndLearnsFromIt() {
        var labels = Labels.builder();
        for (var task = 0; task < 40; task++) {
            var truth = task % 2;
            // Two who are always wrong outvote one who is right.
            labels.add("" + task, "liar 1", "" + (1 - truth));
            labels.add("" + task, "liar 2", "" + (1 - truth));
            labels.add("" + task, "honest", "" + truth);
        }
        var gold = Map.of("0", "0", "1", "1", "2", "0", "3", "1", "no such task", "0");
        var misled = DawidSkene.map(1, 1).fit(labels.build());
        var taught = DawidSkene.map(1, 1)
                .withGold(Map.of("0", "0", "1", "1"))
                .withMaxIterations(1)
                .fit(labels.build());
        var settled = DawidSkene.map(1, 1)
                .withGold(gold)
                .withHistory(historyOf("honest"))
                .fit(labels.build());

        assertThat(misled.consensus().best("4")).isEqualTo(new Verdict.Winner("1"));
        assertThat(taught.consensus().posterior(0)).containsExactly(1, 0);
        assertThat(taught.consensus().posterior(1)).containsExactly(0, 1);
        assertThat(settled.consensus().best("4")).isEqualTo(new Verdict.Winner("0"));
        assertThatThrownBy(() -> DawidSkene.plain().withGold(Map.of("4", "2")).fit(labels.build()))
                .hasMessageContaining("gold class \"2\" of task \"4\" is none of the classes [0, 1]");
    }

    private static List<Evidence> historyOf(String worker) {
        return List.of(
                new Evidence(worker, "0", "0", 500),
                new Evidence(worker, "1", "1", 500),
                new Evidence("stranger", "1", "1", 500),
                new Evidence(worker, "no such class", "1", 500));
    }

    @Test
    void carriesHistoryIntoALaterFit() {
        var earlier = RandomCrowd.of(new Random(SEED), 2000, 6, 3, 5);
        var later = RandomCrowd.of(new Random(SEED + 1), 30, 6, 3, 3);
        var history = DawidSkene.map().fit(earlier).history();
        var known = DawidSkene.map().withHistory(history).fit(later);
        var alone = DawidSkene.map().fit(later);
        var whole = DawidSkene.map().fit(earlier);

        assertThat(history.stream().mapToDouble(Evidence::count).sum()).isCloseTo(10_000, within(1e-6));
        for (var worker = 0; worker < 6; worker++) {
            assertThat(known.errorRate(worker, 0, 0)).isCloseTo(whole.errorRate(worker, 0, 0), within(.03));
        }
        assertThat(IntStream.range(0, 6)
                        .mapToDouble(w -> Math.abs(alone.errorRate(w, 0, 0) - whole.errorRate(w, 0, 0)))
                        .max()
                        .orElseThrow())
                .isGreaterThan(.03);
    }

    /** The fit's own posterior is the class marginals updated by each judgement in turn: Bayes' rule. */
    @Test
    void updatesAPosteriorByOneJudgement() {
        var labels = PublishedTables.dawidSkene1979();
        var fit = DawidSkene.map().fit(labels);
        for (var task = 0; task < 45; task++) {
            var posterior = fit.classMarginals();
            for (var i = labels.start(task); i < labels.end(task); i++) {
                posterior =
                        fit.updated(posterior, labels.workers().get(labels.workerAt(i)), "" + (labels.classAt(i) + 1));
            }
            assertThat(posterior).containsExactly(fit.consensus().posterior(task), within(1e-6));
        }
        var stranger = fit.updated(fit.classMarginals(), "stranger", "2");
        assertThat(stranger[1]).isGreaterThan(fit.classMarginals()[1]).isLessThan(1);
        assertThatThrownBy(() -> fit.updated(stranger, "1", "5")).hasMessageContaining("none of the classes");
    }

    @Test
    void pullsRowsTowardsThePrior() {
        var labels = Labels.builder().add("a", "w", "0").add("b", "w", "1").build();
        var fit = DawidSkene.map(1, 4).withGold(Map.of("a", "0", "b", "0")).fit(labels);

        assertThat(fit.confusion(0)[1]).containsExactly(new double[] {.2, .8}, within(1e-9));
        assertThat(fit.errorRate(0, 0, 0)).isCloseTo(5.0 / 7, within(1e-9));
    }

    @Test
    void isTheSameToTheLastBitForAnyNumberOfThreadsAcrossManyChunks() {
        for (var classes : new int[] {2, 5}) {
            var random = new Random(SEED);
            var packer = Labels.packer(60_000, 50, classes, 240_000);
            for (var task = 0; task < 60_000; task++) {
                packer.nextTask();
                for (var i = 0; i < 4; i++) {
                    packer.add(random.nextInt(50), random.nextInt(3) == 0 ? random.nextInt(classes) : task % classes);
                }
            }
            var labels = packer.build();
            var one = DawidSkene.pooled().withMaxIterations(8).fit(labels);
            var three = DawidSkene.pooled().withMaxIterations(8).withThreads(3).fit(labels);

            assertThat(three.logLikelihood()).isEqualTo(one.logLikelihood());
            assertThat(three.classMarginals()).containsExactly(one.classMarginals());
            assertThat(three.consensus().posterior(59_999))
                    .containsExactly(one.consensus().posterior(59_999));
            assertThat(three.confusion(49)).isDeepEqualTo(one.confusion(49));
        }
    }
}
