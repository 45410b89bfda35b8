package io.etalon.ranking.board;

import io.etalon.quality.Bootstrap;
import io.etalon.quality.Interval;
import io.etalon.ranking.PairCounts;
import io.etalon.ranking.Votes;
import io.etalon.ranking.interval.ClusterBootstrap;
import io.etalon.ranking.interval.Uncertainty;
import io.etalon.ranking.interval.VotesToFlip;
import io.etalon.ranking.model.Fit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What a board shows when asked for and when it can be had: the bootstrap, and the votes to flip. */
final class Extras {
    /** Beyond this many models, hundreds of refits of thousands of pairs would outlast the reader's patience. */
    private static final int MOST_MODELS_TO_FLIP = 300;

    private final Optional<ClusterBootstrap> bootstrap;
    private final Optional<VotesToFlip> flips;
    private final double tail;
    private final List<String> warnings;

    private Extras(
            Optional<ClusterBootstrap> bootstrap, Optional<VotesToFlip> flips, double tail, List<String> warnings) {
        this.bootstrap = bootstrap;
        this.flips = flips;
        this.tail = tail;
        this.warnings = warnings;
    }

    static Extras of(Fit fit, Votes votes, PairCounts counts, RankOptions options, Uncertainty uncertainty) {
        var warnings = new ArrayList<String>();
        var bootstrap = options.bootstrap() == 0
                ? Optional.<ClusterBootstrap>empty()
                : Optional.of(
                        ClusterBootstrap.of(fit, votes, uncertainty.widest(), options.bootstrap(), options.seed()));
        bootstrap
                .filter(b -> b.undefined() > 0)
                .ifPresent(b -> warnings.add(b.undefined() + " of " + options.bootstrap()
                        + " bootstrap replicates connect too few models to be rated and are left out"));
        var obstacle = obstacle(fit, votes);
        if (options.votesToFlip() && obstacle.isPresent()) {
            warnings.add("votes to flip are not given: " + obstacle.get());
        }
        var flips = options.votesToFlip() && obstacle.isEmpty()
                ? Optional.of(new VotesToFlip(fit, counts))
                : Optional.<VotesToFlip>empty();
        return new Extras(bootstrap, flips, Bootstrap.tail(options.level(), uncertainty.widestClusters()), warnings);
    }

    private static Optional<String> obstacle(Fit fit, Votes votes) {
        if (votes.hasWeights()) {
            return Optional.of("the votes have weights");
        }
        if (!fit.styleColumns().isEmpty()) {
            return Optional.of("the board controls for style");
        }
        return fit.models().size() > MOST_MODELS_TO_FLIP
                ? Optional.of("there are more than " + MOST_MODELS_TO_FLIP + " models")
                : Optional.empty();
    }

    List<String> warnings() {
        return warnings;
    }

    /** Percentile interval of a strength, wider for few clusters ({@link Bootstrap#tail}); empty when not asked for, or when no replicate could be rated. */
    Optional<Interval> bootstrap(int model) {
        return bootstrap.filter(b -> !b.replicates().isEmpty()).map(b -> {
            var sorted = b.sorted(model);
            return new Interval(quantile(sorted, tail), quantile(sorted, 1 - tail));
        });
    }

    OptionalInt votesToFlip(int above, int below) {
        return flips.isPresent() ? flips.get().between(above, below) : OptionalInt.empty();
    }

    /** Definition 7 of Hyndman and Fan (1996). */
    private static double quantile(double[] sorted, double share) {
        var position = share * (sorted.length - 1);
        var below = (int) position;
        var above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }
}
