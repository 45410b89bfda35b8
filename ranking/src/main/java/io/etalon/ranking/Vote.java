package io.etalon.ranking;

import java.util.List;

/**
 * One comparison by one voter.
 *
 * @param modelA id of the model whose answer was shown first
 * @param modelB id of the other model
 * @param outcome what the voter said
 * @param prompt id of the prompt, empty when unknown: the vote is then a cluster of its own
 * @param voter id of the voter, empty when unknown: the vote is then a cluster of its own
 * @param weight how many votes this one stands for, above 0
 * @param style the difference (a minus b) of each style column, in the order of the builder's columns
 */
public record Vote(
        String modelA, String modelB, Outcome outcome, String prompt, String voter, double weight, List<Double> style) {
    public Vote {
        if (modelA.isEmpty() || modelB.isEmpty()) {
            throw new IllegalArgumentException(
                    "a vote needs two model ids, got \"" + modelA + "\", \"" + modelB + "\"");
        }
        if (modelA.equals(modelB)) {
            throw new IllegalArgumentException("model \"" + modelA + "\" is compared with itself");
        }
        if (!(weight > 0) || weight == Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException("weight must be above 0 and finite, got " + weight);
        }
        style = List.copyOf(style);
        for (var value : style) {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("style values must be finite, got " + style);
            }
        }
    }

    /** A vote of weight 1 of which nothing else is known. */
    public static Vote of(String modelA, String modelB, Outcome outcome) {
        return new Vote(modelA, modelB, outcome, "", "", 1, List.of());
    }

    /** The same vote on a known prompt. */
    public Vote onPrompt(String id) {
        return new Vote(modelA, modelB, outcome, id, voter, weight, style);
    }

    /** The same vote of a known voter. */
    public Vote by(String id) {
        return new Vote(modelA, modelB, outcome, prompt, id, weight, style);
    }

    /** The same vote with another weight. */
    public Vote weighing(double newWeight) {
        return new Vote(modelA, modelB, outcome, prompt, voter, newWeight, style);
    }

    /** The same vote with style differences, a minus b. */
    public Vote styled(List<Double> differences) {
        return new Vote(modelA, modelB, outcome, prompt, voter, weight, differences);
    }
}
