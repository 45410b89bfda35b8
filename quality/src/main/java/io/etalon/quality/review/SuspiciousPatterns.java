package io.etalon.quality.review;

import io.etalon.quality.Labels;
import io.etalon.quality.SpecialFunctions;
import io.etalon.quality.truth.Consensus;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Ways of answering that hardly happen by chance: one answer for everything, long runs, two annotators with the same
 * mistakes.
 *
 * <p>Each finding carries a bound on its probability under an innocent explanation, already multiplied by the number of
 * annotators or pairs looked at (Bonferroni), so that a level of 0.01 means one false finding in a hundred whole reports,
 * as far as the innocent model holds. Immutable, deterministic.
 *
 * @param level findings up to this corrected probability are reported
 * @param minimum judgements (or tasks in common) below which nothing is said
 */
public record SuspiciousPatterns(double level, int minimum) {
    private static final double CONFUSED = 0.1;

    public SuspiciousPatterns {
        if (!(level > 0 && level < 1) || minimum < 2) {
            throw new IllegalArgumentException(
                    "needs a level between 0 and 1 and a minimum of 2 or more, got " + level + " and " + minimum);
        }
    }

    /** Level 0.01, ten judgements. */
    public static SuspiciousPatterns standard() {
        return new SuspiciousPatterns(0.01, 10);
    }

    /** Something that hardly happens by chance; {@link #probability()} bounds how hardly. */
    public sealed interface Finding {
        /** Corrected probability under the innocent explanation, 0 to 1. */
        double probability();

        /** One answer given far more often than the tasks call for. */
        record ConstantAnswer(
                String annotator, String label, int times, int judgements, double expected, double probability)
                implements Finding {}

        /** The same answer many times in a row. */
        record LongRun(String annotator, String label, int length, int judgements, double probability)
                implements Finding {}

        /** Two annotators who make the same mistakes more often than the tasks' difficulty explains. */
        record SharedMistakes(String first, String second, int shared, double expected, int tasks, double probability)
                implements Finding {}
    }

    /**
     * Annotators who give one answer far beyond the consensus' share of it among the tasks they judged, least probable
     * first. Innocent explanation: each task is of the class by the consensus' probability, and nine in ten of the others
     * are not taken for it.
     */
    public List<Finding.ConstantAnswer> constantAnswers(Consensus consensus) {
        var labels = consensus.labels();
        var classes = labels.classes().size();
        var times = new int[labels.workers().size()][classes];
        var expected = new double[times.length][classes];
        var given = new int[times.length];
        for (var task = 0; task < labels.tasks().size(); task++) {
            for (var i = labels.start(task); i < labels.end(task); i++) {
                var worker = labels.workerAt(i);
                given[worker]++;
                times[worker][labels.classAt(i)]++;
                for (var label = 0; label < classes; label++) {
                    var share = consensus.posterior(task, label);
                    expected[worker][label] += share + CONFUSED * (1 - share);
                }
            }
        }
        var found = new ArrayList<Finding.ConstantAnswer>();
        for (var worker = 0; worker < times.length && classes > 1; worker++) {
            for (var label = 0; label < classes; label++) {
                if (given[worker] >= minimum) {
                    var tail =
                            binomialTail(times[worker][label], given[worker], expected[worker][label] / given[worker]);
                    var corrected = Math.min(1, tail * times.length * classes);
                    if (corrected <= level) {
                        found.add(new Finding.ConstantAnswer(
                                labels.workers().get(worker),
                                labels.classes().get(label),
                                times[worker][label],
                                given[worker],
                                expected[worker][label],
                                corrected));
                    }
                }
            }
        }
        found.sort(Comparator.comparingDouble(Finding.ConstantAnswer::probability));
        return found;
    }

    /**
     * Annotators whose longest run of one answer is longer than independent answers of their own frequencies give, least
     * probable first. The order of tasks must be random, or a run is the tasks' own.
     *
     * @param answers each annotator's answers in order of time
     */
    public List<Finding.LongRun> longRuns(Map<String, List<String>> answers) {
        var found = new ArrayList<Finding.LongRun>();
        answers.forEach((annotator, series) -> {
            if (series.size() >= minimum) {
                var run = longestRun(annotator, series, answers.size());
                if (run.probability() <= level) {
                    found.add(run);
                }
            }
        });
        found.sort(Comparator.comparingDouble(Finding.LongRun::probability).thenComparing(Finding.LongRun::annotator));
        return found;
    }

    private static Finding.LongRun longestRun(String annotator, List<String> series, int annotators) {
        var counts = new HashMap<String, Integer>();
        var best = 0;
        var label = "";
        var run = 0;
        for (var i = 0; i < series.size(); i++) {
            counts.merge(series.get(i), 1, Integer::sum);
            run = i > 0 && series.get(i).equals(series.get(i - 1)) ? run + 1 : 1;
            if (run > best) {
                best = run;
                label = series.get(i);
            }
        }
        // The expected number of runs at least as long bounds the probability of one (Markov).
        var expected = 0.0;
        for (var count : counts.values()) {
            var share = (double) count / series.size();
            expected += StrictMath.pow(share, best) * (1 + (series.size() - best) * (1 - share));
        }
        return new Finding.LongRun(annotator, label, best, series.size(), Math.min(1, expected * annotators));
    }

    /**
     * Pairs who give the same wrong answer on more tasks than chance explains, least probable first. Innocent
     * explanation: each errs independently at their own rate, more often where others err and in the classes others err
     * to. Copying right answers leaves no trace. O(sum over tasks of judgements^2).
     */
    public List<Finding.SharedMistakes> sharedMistakes(Consensus consensus) {
        var labels = consensus.labels();
        var mistakes = new Mistakes(consensus);
        var pairs = new HashMap<Long, Pair>();
        for (var task = 0; task < labels.tasks().size(); task++) {
            for (var i = labels.start(task); i < labels.end(task); i++) {
                for (var j = i + 1; j < labels.end(task); j++) {
                    if (labels.workerAt(i) != labels.workerAt(j)) {
                        var key = (long) labels.workerAt(i) << 32 | labels.workerAt(j);
                        mistakes.compare(task, i, j, pairs.computeIfAbsent(key, unused -> new Pair()));
                    }
                }
            }
        }
        var eligible =
                pairs.values().stream().filter(pair -> pair.tasks >= minimum).count();
        var found = new ArrayList<Finding.SharedMistakes>();
        pairs.forEach((key, pair) -> {
            var corrected = Math.min(1, poissonTail(pair.shared, pair.expected) * eligible);
            if (pair.tasks >= minimum && corrected <= level) {
                found.add(new Finding.SharedMistakes(
                        labels.workers().get((int) (key >> 32)),
                        labels.workers().get((int) (long) key),
                        pair.shared,
                        pair.expected,
                        pair.tasks,
                        corrected));
            }
        });
        found.sort(Comparator.comparingDouble(Finding.SharedMistakes::probability)
                .thenComparing(Finding.SharedMistakes::first)
                .thenComparing(Finding.SharedMistakes::second));
        return found;
    }

    /** What two annotators have in common. */
    private static final class Pair {
        private int tasks;
        private int shared;
        private double expected;
    }

    /** Who errs how often, and where everybody does. */
    private static final class Mistakes {
        private static final double SMOOTHING = 0.5;

        private final Labels labels;
        private final Consensus consensus;
        private final int classes;
        /** Errors of a worker over the errors expected of anybody on the same tasks. */
        private final double[] proneness;

        Mistakes(Consensus consensus) {
            this.consensus = consensus;
            this.labels = consensus.labels();
            this.classes = labels.classes().size();
            var errors = new double[labels.workers().size()];
            var usual = new double[errors.length];
            for (var task = 0; task < labels.tasks().size(); task++) {
                for (var i = labels.start(task); i < labels.end(task); i++) {
                    errors[labels.workerAt(i)] += wrong(task, labels.classAt(i)) ? 1 : 0;
                    for (var label = 0; label < classes; label++) {
                        usual[labels.workerAt(i)] += wrong(task, label) ? rate(task, label, i, i) : 0;
                    }
                }
            }
            this.proneness = errors;
            for (var worker = 0; worker < errors.length; worker++) {
                proneness[worker] = (errors[worker] + SMOOTHING) / (usual[worker] + SMOOTHING);
            }
        }

        private boolean wrong(int task, int label) {
            return consensus.posterior(task, label) < consensus.confidence(task) - 1e-9;
        }

        /** Share of the others on a task who say a class, smoothed. */
        private double rate(int task, int label, int except, int alsoExcept) {
            var said = 0;
            var others = 0;
            for (var i = labels.start(task); i < labels.end(task); i++) {
                if (i != except && i != alsoExcept) {
                    others++;
                    said += labels.classAt(i) == label ? 1 : 0;
                }
            }
            return (said + SMOOTHING) / (others + SMOOTHING * classes);
        }

        void compare(int task, int first, int second, Pair pair) {
            pair.tasks++;
            var label = labels.classAt(first);
            pair.shared += label == labels.classAt(second) && wrong(task, label) ? 1 : 0;
            for (var other = 0; other < classes; other++) {
                if (wrong(task, other)) {
                    var rate = rate(task, other, first, second);
                    pair.expected += Math.min(1, proneness[labels.workerAt(first)] * rate)
                            * Math.min(1, proneness[labels.workerAt(second)] * rate);
                }
            }
        }
    }

    /** P(X >= k) of a binomial variable, as a tail of the beta distribution. */
    static double binomialTail(int k, int n, double p) {
        if (p >= 1 || k <= 0) {
            return 1;
        }
        return p <= 0 ? 0 : SpecialFunctions.betaCdf(p, k, n - k + 1.0);
    }

    /** P(X >= k) of a Poisson variable. */
    static double poissonTail(int k, double mean) {
        var term = StrictMath.exp(-mean);
        var below = 0.0;
        for (var i = 0; i < k; i++) {
            below += term;
            term *= mean / (i + 1);
        }
        if (below < 0.999) {
            return Math.max(0, 1 - below);
        }
        // Near 1 the difference loses its digits: sum the tail itself.
        var tail = 0.0;
        for (var i = k; term > tail * 1e-17 && i < k + 10_000; i++) {
            tail += term;
            term *= mean / (i + 1);
        }
        return tail;
    }
}
