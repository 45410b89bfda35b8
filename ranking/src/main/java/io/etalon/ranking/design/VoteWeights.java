package io.etalon.ranking.design;

import io.etalon.ranking.Votes;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;

/**
 * Votes made to stand for a population: of pairs, when some were served more often than others, or of people, when some groups
 * voted more than their share.
 *
 * @param votes the votes with their new weights, of mean 1
 * @param clipped number of votes whose weight was cut
 */
public record VoteWeights(Votes votes, int clipped) {
    /** {@code (sum w)^2 / sum w^2}: how many equal votes would tell as much. */
    public double effectiveSize() {
        return votes.effectiveSize();
    }

    /**
     * Inverse-propensity weights {@code 1 / propensity} (D. Horvitz and D. Thompson, JASA 47, 1952), on top of the weights that the
     * votes have, cut at {@code largest} times their mean.
     *
     * @param propensities chance with which each vote's pair was chosen when it was served
     * @throws IllegalArgumentException unless each is above 0 and at most 1
     */
    public static VoteWeights byPropensity(Votes votes, double[] propensities, double largest) {
        if (propensities.length != votes.size() || !(largest >= 1)) {
            throw new IllegalArgumentException(propensities.length + " propensities for " + votes.size()
                    + " votes, cut at " + largest + " times the mean (1 or more)");
        }
        var weights = new double[votes.size()];
        for (var i = 0; i < weights.length; i++) {
            if (!(propensities[i] > 0 && propensities[i] <= 1)) {
                throw new IllegalArgumentException("propensity of vote " + i + " is " + propensities[i]);
            }
            weights[i] = votes.weight(i) / propensities[i];
        }
        var limit = largest * Arrays.stream(weights).average().orElse(1);
        var clipped = 0;
        for (var i = 0; i < weights.length; i++) {
            if (weights[i] > limit) {
                weights[i] = limit;
                clipped++;
            }
        }
        return new VoteWeights(votes.withWeights(toMeanOne(weights)), clipped);
    }

    /**
     * Post-stratification: each group of voters weighs what its share of the population says (D. Holt and T. Smith, "Post
     * stratification", JRSS A 142, 1979), however many of its people voted.
     *
     * @param groupOf group of a vote's voter, by vote index
     * @param shares share of each group in the population, of sum 1
     * @throws IllegalArgumentException when a vote's group has no share, a group with a share has no vote, or shares do not add
     *     up to 1
     */
    public static VoteWeights byGroup(Votes votes, IntFunction<String> groupOf, Map<String, Double> shares) {
        var total = shares.values().stream().mapToDouble(Double::doubleValue).sum();
        if (Math.abs(total - 1) > 1e-6 || shares.values().stream().anyMatch(share -> !(share > 0))) {
            throw new IllegalArgumentException("shares must be above 0 and add up to 1, got " + shares);
        }
        var weight = new TreeMap<String, Double>();
        for (var i = 0; i < votes.size(); i++) {
            weight.merge(groupOf.apply(i), votes.weight(i), Double::sum);
        }
        if (!weight.keySet().equals(shares.keySet())) {
            throw new IllegalArgumentException(
                    "the votes are of the groups " + weight.keySet() + ", shares are given for " + shares.keySet());
        }
        var weights = new double[votes.size()];
        for (var i = 0; i < weights.length; i++) {
            var group = groupOf.apply(i);
            weights[i] = votes.weight(i) * shares.getOrDefault(group, 0.0) / weight.getOrDefault(group, 1.0);
        }
        return new VoteWeights(votes.withWeights(toMeanOne(weights)), 0);
    }

    private static double[] toMeanOne(double[] weights) {
        var mean = Arrays.stream(weights).average().orElse(1);
        return Arrays.stream(weights).map(w -> w / mean).toArray();
    }
}
