package io.etalon.quality.choice;

import io.etalon.quality.SpecialFunctions;
import io.etalon.quality.truth.Consensus;
import java.util.Arrays;
import java.util.Map;

/**
 * One number that makes over-confident probabilities honest: every log probability is divided by it.
 *
 * <p>C. Guo, G. Pleiss, Y. Sun and K. Q. Weinberger, "On Calibration of Modern Neural Networks", ICML 2017. Above 1 it
 * tempers, below 1 it sharpens; the best class of a task stays the best. Probabilities below 1e-12 count as 1e-12.
 *
 * @param value above 0
 */
public record Temperature(double value) {
    /** Probabilities as they are. */
    public static final Temperature NONE = new Temperature(1);

    private static final double SMALLEST = 1e-12;
    private static final double LOWEST_LOG = StrictMath.log(0.05);
    private static final double HIGHEST_LOG = StrictMath.log(50);
    private static final double PRECISION = 1e-5;
    private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;

    public Temperature {
        if (!(value > 0) || value == Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException("a temperature is above 0 and finite, got " + value);
        }
    }

    /**
     * The temperature with the smallest log loss on gold. Its logarithm has a standard normal prior, worth about one
     * gold task, so that a handful of tasks that are all right (or all wrong) does not send it to an end. Golden-section
     * search between 0.05 and 50; O(gold x classes) a step, 30 steps.
     *
     * @param gold task id to class id; classes that nobody chose say nothing about the temperature
     */
    public static Temperature fit(Consensus consensus, Map<String, String> gold) {
        return fit(consensus, GoldTasks.of(consensus.labels(), gold));
    }

    static Temperature fit(Consensus consensus, GoldTasks gold) {
        var low = LOWEST_LOG;
        var high = HIGHEST_LOG;
        var left = high - GOLDEN * (high - low);
        var right = low + GOLDEN * (high - low);
        var leftLoss = penalisedLoss(consensus, gold, left);
        var rightLoss = penalisedLoss(consensus, gold, right);
        while (high - low > PRECISION) {
            if (leftLoss <= rightLoss) {
                high = right;
                right = left;
                rightLoss = leftLoss;
                left = high - GOLDEN * (high - low);
                leftLoss = penalisedLoss(consensus, gold, left);
            } else {
                low = left;
                left = right;
                leftLoss = rightLoss;
                right = low + GOLDEN * (high - low);
                rightLoss = penalisedLoss(consensus, gold, right);
            }
        }
        return new Temperature(StrictMath.exp((low + high) / 2));
    }

    private static double penalisedLoss(Consensus consensus, GoldTasks gold, double logTemperature) {
        return new Temperature(StrictMath.exp(logTemperature)).loss(consensus, gold)
                + logTemperature * logTemperature / 2;
    }

    /** Sum of -log probability of the truths in nats; gold classes that nobody chose are left out. */
    double loss(Consensus consensus, GoldTasks gold) {
        var classes = consensus.labels().classes().size();
        var row = new double[classes];
        var loss = 0.0;
        for (var i = 0; i < gold.size(); i++) {
            if (gold.truth(i) != GoldTasks.UNKNOWN) {
                for (var label = 0; label < classes; label++) {
                    row[label] = tempered(consensus.posterior(gold.task(i), label));
                }
                var own = row[gold.truth(i)];
                loss += SpecialFunctions.softmax(row, 0, classes) - own;
            }
        }
        return loss;
    }

    private double tempered(double probability) {
        return StrictMath.log(Math.max(SMALLEST, probability)) / value;
    }

    /** Highest tempered probability of a task. */
    double confidence(Consensus consensus, int task) {
        var row = consensus.posterior(task);
        for (var label = 0; label < row.length; label++) {
            row[label] = tempered(row[label]);
        }
        SpecialFunctions.softmax(row, 0, row.length);
        return Arrays.stream(row).max().orElseThrow();
    }

    /** The consensus with tempered probabilities, in O(tasks x classes). */
    public Consensus apply(Consensus consensus) {
        var labels = consensus.labels();
        var classes = labels.classes().size();
        var result = new double[labels.tasks().size() * classes];
        for (var task = 0; task < labels.tasks().size(); task++) {
            for (var label = 0; label < classes; label++) {
                result[task * classes + label] = tempered(consensus.posterior(task, label));
            }
        }
        return Consensus.ofLogarithms(labels, result);
    }
}
