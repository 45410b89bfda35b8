package io.etalon.ranking.interval;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a reader must know of intervals that rest on few clusters. */
final class FewClusters {
    private FewClusters() {}

    /** A sentence for covariances of fewer than {@link Sandwich#FEW} clusters, if any. */
    static Optional<String> note(List<Covariance> covariances) {
        var few = covariances.stream()
                .filter(v -> v.clusters() < Sandwich.FEW)
                // A two-way one beside its parts repeats the number of one of them.
                .filter(v -> covariances.size() == 1 || v.clustering() != Clustering.TWO_WAY)
                .toList();
        return few.isEmpty() ? Optional.empty() : Optional.of(sentence(few));
    }

    private static String sentence(List<Covariance> few) {
        var named = few.stream()
                .map(v -> v.clusters() + " " + plural(v.clustering()))
                .collect(Collectors.joining(" and "));
        var left = few.stream().allMatch(v -> v.estimator() == Covariance.Estimator.JACKKNIFE);
        return "the intervals rest on few independent clusters (" + named + ", fewer than " + Sandwich.FEW + "): "
                + (left
                        ? "they are widened by leaving out one cluster after another and by Student's quantile; more prompts or"
                                + " voters would narrow them most"
                        : "some models cannot be rated once a cluster is left out, so the intervals could not be widened and are"
                                + " too narrow; collect more prompts or voters");
    }

    private static String plural(Clustering clustering) {
        return switch (clustering) {
            case PROMPT -> "prompts";
            case VOTER -> "voters";
            case TWO_WAY, LARGEST -> "prompts or voters";
            case ROWS -> "votes";
        };
    }
}
