package io.etalon.quality.review;

import io.etalon.quality.Interval;
import io.etalon.quality.Labels;
import io.etalon.quality.SpecialFunctions;
import io.etalon.quality.truth.Consensus;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What one annotator takes for what, with intervals that admit how little may be known.
 *
 * <p>Counts are expected ones: each judgement is spread over the true classes by the consensus. A row of the confusion
 * matrix has a Dirichlet prior of half a judgement for each class (Jeffreys), so that each cell has a Beta posterior: its
 * mean and its central 95 %.
 *
 * @param annotator id
 * @param judgements number of judgements
 * @param pairs every (true class, wrong answer) with evidence, by rising lower end of its share: the surest confusion
 *     first
 * @param worst the class that is recognised least surely: smallest upper end of its share of right answers; empty when
 *     there is one class only
 * @param spamScore how far answers depend on the class, see {@link #spamScore(double[][])}; 1 for a perfect annotator, 0
 *     for one who answers whatever the class
 */
public record BiasReport(
        String annotator, int judgements, List<Confusion> pairs, Optional<Confusion> worst, double spamScore) {
    private static final double PRIOR = 0.5;
    private static final double TAIL = 0.025;
    /** Less than this share of a judgement is no evidence for a confusion. */
    private static final double NOTHING = 1e-3;

    public BiasReport {
        pairs = List.copyOf(pairs);
    }

    /**
     * One cell of the confusion matrix.
     *
     * @param truth the class it is
     * @param said the class the annotator says
     * @param count expected number of such judgements
     * @param of expected number of judgements on that class
     * @param share posterior mean of the probability to say it
     * @param interval central 95 % of the posterior
     */
    public record Confusion(String truth, String said, double count, double of, double share, Interval interval) {}

    /**
     * The report on each annotator with a judgement, in annotator order. O(judgements x classes + annotators x classes^2).
     *
     * @param consensus calibrated where it can be; made of gold where there is gold ({@link Consensus#of})
     */
    public static List<BiasReport> of(Consensus consensus) {
        var labels = consensus.labels();
        var classes = labels.classes().size();
        var counts = new double[labels.workers().size()][classes][classes];
        var given = new int[counts.length];
        for (var task = 0; task < labels.tasks().size(); task++) {
            for (var i = labels.start(task); i < labels.end(task); i++) {
                given[labels.workerAt(i)]++;
                for (var truth = 0; truth < classes; truth++) {
                    counts[labels.workerAt(i)][truth][labels.classAt(i)] += consensus.posterior(task, truth);
                }
            }
        }
        var reports = new ArrayList<BiasReport>();
        for (var worker = 0; worker < counts.length; worker++) {
            if (given[worker] > 0) {
                reports.add(report(labels, worker, given[worker], counts[worker]));
            }
        }
        return reports;
    }

    private static BiasReport report(Labels labels, int worker, int given, double[][] counts) {
        var classes = counts.length;
        var means = new double[classes][classes];
        var pairs = new ArrayList<Confusion>();
        var right = new ArrayList<Confusion>();
        for (var truth = 0; truth < classes; truth++) {
            var row = 0.0;
            for (var count : counts[truth]) {
                row += count;
            }
            for (var said = 0; said < classes; said++) {
                var cell = confusion(labels, truth, said, counts[truth][said], row);
                means[truth][said] = cell.share();
                if (truth == said && row > NOTHING) {
                    right.add(cell);
                } else if (truth != said && cell.count() > NOTHING) {
                    pairs.add(cell);
                }
            }
        }
        pairs.sort(Comparator.comparingDouble(cell -> -cell.interval().low()));
        var worst = classes < 2
                ? Optional.<Confusion>empty()
                : right.stream()
                        .min(Comparator.comparingDouble(cell -> cell.interval().high()));
        return new BiasReport(labels.workers().get(worker), given, pairs, worst, spamScore(means));
    }

    private static Confusion confusion(Labels labels, int truth, int said, double count, double row) {
        var classes = labels.classes().size();
        var a = count + PRIOR;
        var b = Math.max(0, row - count) + PRIOR * (classes - 1);
        var interval = classes == 1
                ? new Interval(1, 1)
                : new Interval(
                        SpecialFunctions.betaQuantile(TAIL, a, b), SpecialFunctions.betaQuantile(1 - TAIL, a, b));
        return new Confusion(
                labels.classes().get(truth), labels.classes().get(said), count, row, a / (a + b), interval);
    }

    /**
     * Mean squared distance between the rows of a confusion matrix, halved: V. C. Raykar and S. Yu, "Eliminating
     * Spammers and Ranking Annotators for Crowdsourced Labeling Tasks", JMLR 13, 2012. A spammer's rows are all alike.
     *
     * @param confusion row = true class; rows sum to 1
     * @return 0 (spammer) to 1 (each class has its own answer, be it the wrong one); 0 for one class
     */
    public static double spamScore(double[][] confusion) {
        var classes = confusion.length;
        var sum = 0.0;
        for (var one = 0; one < classes; one++) {
            for (var other = one + 1; other < classes; other++) {
                for (var said = 0; said < classes; said++) {
                    var difference = confusion[one][said] - confusion[other][said];
                    sum += difference * difference;
                }
            }
        }
        return classes < 2 ? 0 : sum / (classes * (classes - 1.0));
    }
}
