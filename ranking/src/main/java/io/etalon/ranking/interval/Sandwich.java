package io.etalon.ranking.interval;

import io.etalon.ranking.Votes;
import io.etalon.ranking.algebra.Matrices;
import io.etalon.ranking.algebra.Parallelism;
import io.etalon.ranking.model.Fit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Covariances that do not trust the model's own: {@code H^-1 (sum over clusters of u u') H^-1 G / (G - 1)}, H the information
 * and u the sum of a cluster's gradients (K.-Y. Liang and S. Zeger, "Longitudinal data analysis using generalized linear
 * models", Biometrika 73, 1986). One pass over the votes, then O(coordinates^3).
 */
public final class Sandwich {
    private final Votes votes;
    private final Parallelism parallelism;
    private final Meat meat;
    private final double[][] bread;

    private Sandwich(Fit fit, Votes votes, Parallelism parallelism) {
        this.votes = votes;
        this.parallelism = parallelism;
        this.meat = new Meat(fit, votes, parallelism);
        this.bread = fit.information().inverse(parallelism);
    }

    /**
     * The uncertainty of a fit to these votes.
     *
     * @throws IllegalArgumentException when a clustering is asked for by name and the votes lack its column, or have one
     *     cluster only
     */
    public static Uncertainty of(Fit fit, Votes votes, Clustering clustering, Parallelism parallelism) {
        if (fit.models().size() != votes.models().size()) {
            throw new IllegalArgumentException("the fit is of other votes");
        }
        return new Sandwich(fit, votes, parallelism)
                .under(clustering, fit.models().size());
    }

    private Uncertainty under(Clustering clustering, int models) {
        return switch (clustering) {
            case LARGEST -> largest(models);
            case PROMPT ->
                new Uncertainty(models, List.of(require(prompt(), "prompt").covariance()), Optional.empty());
            case VOTER ->
                new Uncertainty(models, List.of(require(voter(), "voter").covariance()), Optional.empty());
            case TWO_WAY -> {
                var byPrompt = require(prompt(), "prompt");
                var byVoter = require(voter(), "voter");
                yield new Uncertainty(models, List.of(twoWay(byPrompt, byVoter)), Optional.empty());
            }
            case ROWS ->
                rows(
                        models,
                        "row-wise intervals take every vote for independent of the others: where prompts or voters"
                                + " come back they are too narrow, by half on real votes");
        };
    }

    private Uncertainty largest(int models) {
        var byPrompt = prompt();
        var byVoter = voter();
        var candidates = new ArrayList<Covariance>();
        byPrompt.ifPresent(cooked -> candidates.add(cooked.covariance()));
        byVoter.ifPresent(cooked -> candidates.add(cooked.covariance()));
        if (byPrompt.isPresent() && byVoter.isPresent()) {
            candidates.add(twoWay(byPrompt.get(), byVoter.get()));
        }
        return candidates.isEmpty()
                ? rows(
                        models,
                        "the votes name neither prompts nor voters, or one of each only: intervals are row-wise and too narrow"
                                + " wherever prompts or voters come back")
                : new Uncertainty(models, candidates, Optional.empty());
    }

    /** A covariance before and after {@code H^-1} is put on both sides. */
    private record Cooked(Meat.Sum sum, Covariance covariance) {}

    private Optional<Cooked> prompt() {
        return votes.hasPrompts()
                ? cook(Clustering.PROMPT, meat.byColumn(votes::prompt, votes.prompts()))
                : Optional.empty();
    }

    private Optional<Cooked> voter() {
        return votes.hasVoters()
                ? cook(Clustering.VOTER, meat.byColumn(votes::voter, votes.voters()))
                : Optional.empty();
    }

    private Uncertainty rows(int models, String warning) {
        var cooked = cook(Clustering.ROWS, meat.byRows());
        return new Uncertainty(
                models,
                List.of(cooked.orElseThrow(() -> new IllegalArgumentException("one vote has no interval"))
                        .covariance()),
                Optional.of(warning));
    }

    private Covariance twoWay(Cooked byPrompt, Cooked byVoter) {
        var both = meat.byPromptAndVoter();
        var size = bread.length;
        var sum = new double[size][size];
        for (var i = 0; i < size; i++) {
            for (var j = 0; j < size; j++) {
                sum[i][j] = factor(byPrompt.sum) * byPrompt.sum.values()[i][j]
                        + factor(byVoter.sum) * byVoter.sum.values()[i][j]
                        - factor(both) * both.values()[i][j];
            }
        }
        var clusters = Math.min(byPrompt.sum.clusters(), byVoter.sum.clusters());
        return new Covariance(Clustering.TWO_WAY, clusters, sides(sum, 1));
    }

    private Optional<Cooked> cook(Clustering clustering, Meat.Sum sum) {
        return sum.clusters() < 2
                ? Optional.empty()
                : Optional.of(new Cooked(
                        sum,
                        new Covariance(
                                clustering,
                                sum.clusters(),
                                sides(sum.values(), clustering == Clustering.ROWS ? 1 : factor(sum)))));
    }

    /** {@code G / (G - 1)}; left out of row-wise errors, as it is everywhere. */
    private static double factor(Meat.Sum sum) {
        return sum.clusters() / (sum.clusters() - 1.0);
    }

    private double[][] sides(double[][] middle, double factor) {
        var half = Matrices.product(bread, middle, parallelism);
        var values = Matrices.product(half, bread, parallelism);
        for (var i = 0; i < values.length; i++) {
            for (var j = i; j < values.length; j++) {
                var value = factor * (values[i][j] + values[j][i]) / 2;
                values[i][j] = value;
                values[j][i] = value;
            }
        }
        return values;
    }

    private static Cooked require(Optional<Cooked> cooked, String column) {
        return cooked.orElseThrow(() -> new IllegalArgumentException(
                "intervals by " + column + " need votes with two or more different " + column + "s"));
    }
}
