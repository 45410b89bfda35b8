package io.etalon.quality.stopping;

/**
 * How many judgements a task gets: a first few, then one more while nobody is sure, up to a budget.
 *
 * <p>The confidence must be calibrated (see {@link io.etalon.quality.choice.TruthMethod#fit(io.etalon.quality.Labels,
 * java.util.Map)}): a raw posterior of 0.99 may be right two times in three. Immutable, O(1).
 *
 * @param confidence stop at this probability of the best class; above 1 means never
 * @param minimum judgements that every task gets, at least 1
 * @param maximum judgements that no task exceeds: the budget
 */
public record RedundancyRule(double confidence, int minimum, int maximum) {
    public RedundancyRule {
        if (!(confidence > 0)) {
            throw new IllegalArgumentException("confidence must be above 0, got " + confidence);
        }
        if (minimum < 1 || maximum < minimum) {
            throw new IllegalArgumentException(
                    "judgements must run from 1 or more to no fewer than that, got " + minimum + " to " + maximum);
        }
    }

    /** The same number of judgements for every task, however sure. */
    public static RedundancyRule fixed(int judgements) {
        return new RedundancyRule(Double.POSITIVE_INFINITY, judgements, judgements);
    }

    /** What to do with a task. */
    public enum Decision {
        /** Ask for another judgement. */
        ASK,
        /** Sure enough. */
        STOP_CONFIDENT,
        /** The budget is used up without the confidence: a case for an expert. */
        STOP_BUDGET
    }

    /**
     * The decision on one task.
     *
     * @param bestProbability calibrated probability of its best class, 0 to 1
     * @param judgements judgements it has
     */
    public Decision decide(double bestProbability, int judgements) {
        if (!(bestProbability >= 0 && bestProbability <= 1 + 1e-9) || judgements < 0) {
            throw new IllegalArgumentException(
                    "a probability and a count, got " + bestProbability + " and " + judgements);
        }
        if (judgements < minimum) {
            return Decision.ASK;
        }
        if (bestProbability >= confidence) {
            return Decision.STOP_CONFIDENT;
        }
        return judgements >= maximum ? Decision.STOP_BUDGET : Decision.ASK;
    }
}
