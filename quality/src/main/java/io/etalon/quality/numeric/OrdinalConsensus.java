package io.etalon.quality.numeric;

import io.etalon.quality.Labels;

/** For every task the probability of every grade, as one method sees it. Immutable. */
public final class OrdinalConsensus {
    private final Labels labels;
    private final double[][] posteriors;

    /** Takes ownership of the posteriors, tasks x classes. */
    OrdinalConsensus(Labels labels, double[][] posteriors) {
        this.labels = labels;
        this.posteriors = posteriors;
    }

    /** The judgements that were aggregated. */
    public Labels labels() {
        return labels;
    }

    /** Probability of a grade for a task, by index; those of a task sum to 1. */
    public double posterior(int task, int grade) {
        return posteriors[task][grade];
    }

    /** The middle grade: the lowest at which half of the probability is reached, which errs by the fewest grades. */
    public String median(int task) {
        var sum = 0.0;
        for (var grade = 0; grade < posteriors[task].length; grade++) {
            sum += posteriors[task][grade];
            if (sum >= .5 - 1e-12) {
                return labels.classes().get(grade);
            }
        }
        return labels.classes().getLast();
    }

    /** The mean position on the scale, 0 for the first grade. */
    public double position(int task) {
        var mean = 0.0;
        for (var grade = 0; grade < posteriors[task].length; grade++) {
            mean += grade * posteriors[task][grade];
        }
        return mean;
    }
}
