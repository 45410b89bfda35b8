package io.etalon.quality.truth;

import io.etalon.quality.Labels;
import io.etalon.quality.SpecialFunctions;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Multi-annotator competence estimation: a worker either knows the class or spams from a habit of their own.
 *
 * <p>D. Hovy, T. Berg-Kirkpatrick, A. Vaswani and E. Hovy, "Learning Whom to Trust with MACE", NAACL-HLT 2013,
 * variational variant, with the priors of the authors' and of crowd-kit's code: Beta(1/2, 1/2) on competence,
 * Dirichlet(10) on the habit. Several starts; the one under which the judgements are most probable is kept. {@link
 * SkillFit#skill} is the competence: the probability of knowing, 0 to 1.
 *
 * <p>Figures that crowd-kit publishes (.929 on d_product, .501 on s_rel) are not this model's: its code hands each M-step's
 * habits out in the sorted order of workers and reads them in the order of appearance, so that workers hold one another's.
 * With everyone's own habit the judgements of d_product are 3,600 nats more probable and the accuracy is .83: the model
 * does not fit that set.
 *
 * <p>A start draws each worker's competence from a generator keyed by what the worker did (which tasks, with how many
 * others on the same side), not by name or position: renaming workers or classes changes nothing. Habits start uniform.
 *
 * <p>Exact only up to where it stops: one more vote for the class that
 * all voters of a task named may lower that class by up to 2e-3, and the order of workers or classes moves a
 * probability by up to 1e-9. The same judgements in any order of rows give the same bits.
 *
 * <p>O(judgements x classes) an iteration of a start.
 *
 * @param restarts number of starts
 * @param iterations iterations of each start at most
 * @param tolerance change of the log likelihood per task (nats) at which a start ends early
 * @param seed seed of the starts
 */
public record Mace(int restarts, int iterations, double tolerance, long seed) {
    private static final double COMPETENCE_PRIOR = 0.5;
    private static final double HABIT_PRIOR = 10;
    private static final long DEFAULT_SEED = 2013;

    public Mace {
        if (restarts < 1) {
            throw new IllegalArgumentException("needs a start, got " + restarts);
        }
        TaskScores.requireIterations(tolerance, iterations);
    }

    /** The paper's ten starts of at most fifty iterations. */
    public static Mace standard() {
        return new Mace(10, 50, 1e-7, DEFAULT_SEED);
    }

    /**
     * Fits the model.
     *
     * @throws IllegalArgumentException when there is no judgement
     */
    public SkillFit fit(Labels labels) {
        labels.requireJudgements();
        var keys = conduct(labels);
        var best = new Start(labels, keys, 0);
        for (var restart = 1; restart < restarts; restart++) {
            var next = new Start(labels, keys, restart);
            best = next.logLikelihood > best.logLikelihood ? next : best;
        }
        return new SkillFit(new Consensus(labels, best.posteriors), best.competence, best.made, best.converged);
    }

    /** A number for each worker that depends on the judgements alone. */
    private static long[] conduct(Labels labels) {
        var keys = new long[labels.workers().size()];
        var votes = new int[labels.classes().size()];
        for (var task = 0; task < labels.tasks().size(); task++) {
            Arrays.fill(votes, 0);
            for (var i = labels.start(task); i < labels.end(task); i++) {
                votes[labels.classAt(i)]++;
            }
            for (var i = labels.start(task); i < labels.end(task); i++) {
                var side = (long) task << 32 | votes[labels.classAt(i)];
                keys[labels.workerAt(i)] += new SplittableRandom(side).nextLong();
            }
        }
        return keys;
    }

    /** One run from one start. */
    private final class Start {
        private final Labels labels;
        private final int classes;
        private final double[] competence;
        /** Weight of knowing and of spamming, for each worker; sums below 1 under variational updates. */
        private final double[] knows;

        private final double[] spams;
        private final double[] habits;
        private final double[] knownCounts;
        private final double[] spamCounts;
        private final double[] posteriors;
        private double logLikelihood;
        private int made;
        private boolean converged;

        Start(Labels labels, long[] keys, int number) {
            this.labels = labels;
            this.classes = labels.classes().size();
            var workers = labels.workers().size();
            this.competence = new double[workers];
            this.knows = new double[workers];
            this.spams = new double[workers];
            this.habits = new double[Math.multiplyExact(workers, classes)];
            this.knownCounts = new double[workers];
            this.spamCounts = new double[habits.length];
            this.posteriors = new double[Math.multiplyExact(labels.tasks().size(), classes)];
            Arrays.fill(habits, 1.0 / classes);
            for (var worker = 0; worker < workers; worker++) {
                var random = new SplittableRandom(keys[worker] ^ new SplittableRandom(seed + number).nextLong());
                // Between two and three fifths: noise enough to break symmetry, no prejudice.
                knows[worker] = 0.4 + 0.2 * random.nextDouble();
                spams[worker] = 1 - knows[worker];
            }
            run();
        }

        private void run() {
            expect();
            while (made < iterations && !converged) {
                made++;
                var before = logLikelihood;
                maximise();
                expect();
                converged = Math.abs(logLikelihood - before)
                        <= tolerance * labels.tasks().size();
            }
            for (var worker = 0; worker < competence.length; worker++) {
                competence[worker] = knows[worker] / (knows[worker] + spams[worker]);
            }
        }

        private void expect() {
            Arrays.fill(posteriors, 0);
            Arrays.fill(knownCounts, 0);
            Arrays.fill(spamCounts, 0);
            logLikelihood = 0;
            for (var task = 0; task < labels.tasks().size(); task++) {
                var row = task * classes;
                for (var i = labels.start(task); i < labels.end(task); i++) {
                    var spam = StrictMath.log(spam(i));
                    var right = StrictMath.log(spam(i) + knows[labels.workerAt(i)]);
                    for (var truth = 0; truth < classes; truth++) {
                        posteriors[row + truth] += truth == labels.classAt(i) ? right : spam;
                    }
                }
                logLikelihood += SpecialFunctions.softmax(posteriors, row, classes) - StrictMath.log(classes);
                for (var i = labels.start(task); i < labels.end(task); i++) {
                    var worker = labels.workerAt(i);
                    var agrees = posteriors[row + labels.classAt(i)];
                    var known = agrees * knows[worker] / (spam(i) + knows[worker]);
                    knownCounts[worker] += known;
                    spamCounts[worker * classes + labels.classAt(i)] += 1 - known;
                }
            }
        }

        private double spam(int position) {
            var worker = labels.workerAt(position);
            return spams[worker] * habits[worker * classes + labels.classAt(position)];
        }

        private void maximise() {
            for (var worker = 0; worker < knows.length; worker++) {
                var spammed = 0.0;
                for (var label = 0; label < classes; label++) {
                    spammed += spamCounts[worker * classes + label];
                }
                var total = expDigamma(knownCounts[worker] + spammed + 2 * COMPETENCE_PRIOR);
                knows[worker] = expDigamma(knownCounts[worker] + COMPETENCE_PRIOR) / total;
                spams[worker] = expDigamma(spammed + COMPETENCE_PRIOR) / total;
                var habit = expDigamma(spammed + classes * HABIT_PRIOR);
                for (var label = 0; label < classes; label++) {
                    var cell = worker * classes + label;
                    habits[cell] = expDigamma(spamCounts[cell] + HABIT_PRIOR) / habit;
                }
            }
        }

        private static double expDigamma(double x) {
            return StrictMath.exp(SpecialFunctions.digamma(x));
        }
    }
}
