package io.etalon.quality.truth;

import io.etalon.quality.Labels;
import io.etalon.quality.SpecialFunctions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Objects;

/**
 * For every task the probability of every class, as one method sees it.
 *
 * <p>The probabilities of a task sum to 1. They are the method's own and as a rule over-confident: calibrate them on
 * gold before a decision rests on them.
 */
public final class Consensus {
    /** Probabilities nearer than this count as equal: rounding must not break a tie. */
    static final double TIE = 1e-9;

    private final Labels labels;
    private final double[] posteriors;

    /** Takes ownership of {@code posteriors}, tasks x classes in row order. */
    Consensus(Labels labels, double[] posteriors) {
        this.labels = labels;
        this.posteriors = posteriors;
    }

    /**
     * A consensus found elsewhere, such as with the help of a model, or from known answers.
     *
     * @param posteriors tasks x classes; each row is above 0 and sums to 1 within 1e-6, and is divided by its sum
     * @throws IllegalArgumentException when the shape differs or a row is no distribution
     */
    public static Consensus of(Labels labels, double[][] posteriors) {
        var classes = labels.classes().size();
        if (posteriors.length != labels.tasks().size()) {
            throw new IllegalArgumentException(
                    "needs a row for each of " + labels.tasks().size() + " tasks, got " + posteriors.length);
        }
        var cells = new double[Math.multiplyExact(posteriors.length, classes)];
        for (var task = 0; task < posteriors.length; task++) {
            var row = posteriors[task];
            var sum = Arrays.stream(row).sum();
            var least = Arrays.stream(row).min().orElse(-1);
            if (row.length != classes || !(least >= 0) || !(Math.abs(sum - 1) <= 1e-6)) {
                throw new IllegalArgumentException(
                        "row " + task + " is no distribution over " + classes + " classes: " + Arrays.toString(row));
            }
            for (var label = 0; label < classes; label++) {
                cells[task * classes + label] = row[label] / sum;
            }
        }
        return new Consensus(labels, cells);
    }

    /**
     * A consensus from logarithms of what is proportional to probability.
     *
     * @param logarithms tasks x classes in row order; they are turned into the probabilities in place, so that the array
     *     belongs to the consensus afterwards
     * @throws IllegalArgumentException when the length differs
     */
    public static Consensus ofLogarithms(Labels labels, double[] logarithms) {
        var classes = labels.classes().size();
        if (logarithms.length != (long) labels.tasks().size() * classes) {
            throw new IllegalArgumentException("needs " + labels.tasks().size() + " tasks x " + classes
                    + " classes, got " + logarithms.length + " numbers");
        }
        for (var row = 0; row < logarithms.length; row += classes) {
            SpecialFunctions.softmax(logarithms, row, classes);
        }
        return new Consensus(labels, logarithms);
    }

    /** The judgements that were aggregated. */
    public Labels labels() {
        return labels;
    }

    /** Probability of a class for a task, by index. */
    public double posterior(int task, int label) {
        var classes = labels.classes().size();
        Objects.checkIndex(label, classes);
        return posteriors[task * classes + label];
    }

    /** Probabilities of a task, one for each class; a copy. */
    public double[] posterior(int task) {
        var classes = labels.classes().size();
        return Arrays.copyOfRange(posteriors, task * classes, (task + 1) * classes);
    }

    /** All probabilities, tasks x classes; a copy. */
    public double[][] posteriors() {
        var result = new double[labels.tasks().size()][];
        Arrays.setAll(result, this::posterior);
        return result;
    }

    /** Highest probability among the classes of a task. */
    public double confidence(int task) {
        var highest = 0.0;
        for (var label = 0; label < labels.classes().size(); label++) {
            highest = Math.max(highest, posterior(task, label));
        }
        return highest;
    }

    /** The most likely class of a task, or all of them when several are within 1e-9 of the highest probability. */
    public Verdict best(int task) {
        var least = confidence(task) - TIE;
        var candidates = new ArrayList<String>();
        for (var label = 0; label < labels.classes().size(); label++) {
            if (posterior(task, label) >= least) {
                candidates.add(labels.classes().get(label));
            }
        }
        return candidates.size() == 1 ? new Verdict.Winner(candidates.getFirst()) : new Verdict.Tie(candidates);
    }

    /**
     * Expected score of the task's verdict where a class (by index) is the truth: 1/m when it is one of m most likely
     * ones, else 0; the same as {@link Verdict#scoreAgainst} without making the verdict.
     */
    public double score(int task, int truth) {
        var least = confidence(task) - TIE;
        if (posterior(task, truth) < least) {
            return 0;
        }
        var tied = 0;
        for (var label = 0; label < labels.classes().size(); label++) {
            tied += posterior(task, label) >= least ? 1 : 0;
        }
        return 1.0 / tied;
    }

    /**
     * The most likely class of a task by its id.
     *
     * @throws IllegalArgumentException when no judgement on such a task was given
     */
    public Verdict best(String taskId) {
        return best(labels.taskIndex(taskId)
                .orElseThrow(() -> new IllegalArgumentException("no judgement on task \"" + taskId + "\"")));
    }
}
