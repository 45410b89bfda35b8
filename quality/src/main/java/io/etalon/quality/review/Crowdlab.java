package io.etalon.quality.review;

import io.etalon.quality.Labels;
import io.etalon.quality.truth.Consensus;
import java.util.Arrays;

/**
 * A model's predictions and people's judgements as one weighted vote.
 *
 * <p>H. W. Goh, U. Tkachenko and J. Mueller, "CROWDLAB: Supervised learning to infer consensus labels and quality scores
 * for data with multiple annotators", 2022, as cleanlab implements it. Everyone weighs as much as they err less than the
 * one who always names the most frequent class; the model weighs, besides, as the square root of the mean number of
 * judgements a task. A judgement speaks for its class with the mean agreement of judgements with the majority.
 *
 * <p>The majority, only needed for the weights, breaks its ties by the model's prediction. An annotator without a shared
 * task weighs as the mean of the others. Predictions must be out of sample. O(judgements + tasks x classes), no
 * iteration. Immutable.
 */
public final class Crowdlab {
    private static final double LEAST = 1e-6;

    private final Consensus consensus;
    private final double modelWeight;
    private final double[] weights;

    private Crowdlab(Consensus consensus, double modelWeight, double[] weights) {
        this.consensus = consensus;
        this.modelWeight = modelWeight;
        this.weights = weights;
    }

    /**
     * Combines judgements with predictions.
     *
     * @param predicted tasks x classes, out-of-sample probabilities
     * @throws IllegalArgumentException when shapes differ, a row is no distribution, there is one class only, or no task
     *     has two judgements
     */
    public static Crowdlab of(Labels labels, double[][] predicted) {
        var classes = labels.classes().size();
        var tasks = labels.tasks().size();
        if (predicted.length != tasks || classes < 2) {
            throw new IllegalArgumentException("needs two classes and a prediction for each of " + tasks
                    + " tasks, got " + classes + " classes and " + predicted.length + " predictions");
        }
        for (var task = 0; task < tasks; task++) {
            Distributions.require(predicted[task], classes, "prediction " + task);
        }
        var majority = new int[tasks];
        Arrays.setAll(majority, task -> majority(labels, task, predicted[task]));
        var yardstick = Yardstick.of(labels, majority, predicted);
        var weights = weights(labels, yardstick.guessError());
        var modelWeight = Math.max(LEAST, 1 - yardstick.modelError() / yardstick.guessError())
                * Math.sqrt((double) labels.size() / tasks);
        var right = yardstick.agreement();
        var wrong = (1 - right) / (classes - 1);
        var posteriors = new double[tasks][classes];
        for (var task = 0; task < tasks; task++) {
            var row = posteriors[task];
            for (var label = 0; label < classes; label++) {
                row[label] = predicted[task][label] * modelWeight;
                for (var i = labels.start(task); i < labels.end(task); i++) {
                    row[label] += weights[labels.workerAt(i)] * (labels.classAt(i) == label ? right : wrong);
                }
            }
            var sum = Arrays.stream(row).sum();
            Arrays.setAll(row, label -> row[label] / sum);
        }
        return new Crowdlab(Consensus.of(labels, posteriors), modelWeight, weights);
    }

    private static int majority(Labels labels, int task, double[] predicted) {
        var votes = new int[predicted.length];
        for (var i = labels.start(task); i < labels.end(task); i++) {
            votes[labels.classAt(i)]++;
        }
        var best = 0;
        for (var label = 1; label < votes.length; label++) {
            if (votes[label] > votes[best] || (votes[label] == votes[best] && predicted[label] > predicted[best])) {
                best = label;
            }
        }
        return best;
    }

    /**
     * What weights are measured by, over tasks with two judgements or more.
     *
     * @param agreement mean share of a task's judgements that equal the majority
     * @param guessError share of tasks whose majority is not the most frequent one
     * @param modelError share of tasks whose majority the model does not predict
     */
    private record Yardstick(double agreement, double guessError, double modelError) {
        static Yardstick of(Labels labels, int[] majority, double[][] predicted) {
            var frequency = new int[labels.classes().size()];
            var shared = 0;
            var agreement = 0.0;
            var missed = 0;
            for (var task = 0; task < majority.length; task++) {
                var judgements = labels.end(task) - labels.start(task);
                if (judgements > 1) {
                    shared++;
                    frequency[majority[task]]++;
                    missed += argmax(predicted[task]) == majority[task] ? 0 : 1;
                    var same = 0;
                    for (var i = labels.start(task); i < labels.end(task); i++) {
                        same += labels.classAt(i) == majority[task] ? 1 : 0;
                    }
                    agreement += (double) same / judgements;
                }
            }
            if (shared == 0) {
                throw new IllegalArgumentException("no task has two judgements, so nobody can be weighed");
            }
            var most = Arrays.stream(frequency).max().orElse(0);
            return new Yardstick(
                    agreement / shared, Math.max(LEAST, 1 - (double) most / shared), (double) missed / shared);
        }
    }

    private static int argmax(double[] row) {
        var best = 0;
        for (var i = 1; i < row.length; i++) {
            best = row[i] > row[best] ? i : best;
        }
        return best;
    }

    private static double[] weights(Labels labels, double guessError) {
        var agreed = new double[labels.workers().size()];
        var compared = new double[agreed.length];
        var votes = new int[labels.classes().size()];
        for (var task = 0; task < labels.tasks().size(); task++) {
            Arrays.fill(votes, 0);
            var others = labels.end(task) - labels.start(task) - 1;
            for (var i = labels.start(task); i < labels.end(task); i++) {
                votes[labels.classAt(i)]++;
            }
            for (var i = labels.start(task); i < labels.end(task); i++) {
                agreed[labels.workerAt(i)] += votes[labels.classAt(i)] - 1;
                compared[labels.workerAt(i)] += others;
            }
        }
        var known = 0;
        var sum = 0.0;
        for (var worker = 0; worker < agreed.length; worker++) {
            known += compared[worker] > 0 ? 1 : 0;
            sum += compared[worker] > 0 ? agreed[worker] / compared[worker] : 0;
        }
        for (var worker = 0; worker < agreed.length; worker++) {
            var agreement = compared[worker] > 0 ? agreed[worker] / compared[worker] : sum / known;
            agreed[worker] = Math.max(LEAST, 1 - (1 - agreement) / guessError);
        }
        return agreed;
    }

    /** Class probabilities of every task; the confidence of a label is its quality score. */
    public Consensus consensus() {
        return consensus;
    }

    /** Weight of the model. */
    public double modelWeight() {
        return modelWeight;
    }

    /** Weight of an annotator by index: 1 for one whom all others always agree with. */
    public double weight(int worker) {
        return weights[worker];
    }

    /**
     * Quality of an annotator, 0 to 1: the mean probability of what they said.
     *
     * @throws IllegalArgumentException when they judged nothing
     */
    public double quality(int worker) {
        var labels = consensus.labels();
        var sum = 0.0;
        var given = 0;
        for (var task = 0; task < labels.tasks().size(); task++) {
            for (var i = labels.start(task); i < labels.end(task); i++) {
                if (labels.workerAt(i) == worker) {
                    sum += consensus.posterior(task, labels.classAt(i));
                    given++;
                }
            }
        }
        if (given == 0) {
            throw new IllegalArgumentException("annotator " + worker + " judged nothing");
        }
        return sum / given;
    }
}
