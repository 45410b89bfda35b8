package io.etalon.ranking.board;

import io.etalon.ranking.interval.Clustering;
import io.etalon.ranking.model.FitOptions;

/**
 * What to publish and how. Style columns are those of the votes: leave them out of the votes for a board without style control.
 *
 * @param fit the model of votes
 * @param clustering which votes depend on one another
 * @param anchor the fixed point of the scale
 * @param level coverage of every interval, such as 0.95
 * @param bootstrap replicates of a cluster bootstrap to print beside the intervals; 0 for none
 * @param votesToFlip whether to look for the fewest votes whose removal swaps each two neighbours
 * @param seed seed of rank intervals and bootstrap
 */
public record RankOptions(
        FitOptions fit,
        Clustering clustering,
        Anchor anchor,
        double level,
        int bootstrap,
        boolean votesToFlip,
        long seed) {
    public RankOptions {
        if (!(level > 0 && level < 1)) {
            throw new IllegalArgumentException("level must be between 0 and 1, got " + level);
        }
        if (bootstrap < 0) {
            throw new IllegalArgumentException("bootstrap replicates must be 0 or more, got " + bootstrap);
        }
    }

    /** Davidson's ties, the widest clustering, mean 1000, 95 %, no bootstrap, votes to flip, seed 1. */
    public static RankOptions standard() {
        return new RankOptions(FitOptions.standard(), Clustering.LARGEST, Anchor.standard(), .95, 0, true, 1);
    }

    public RankOptions withFit(FitOptions other) {
        return new RankOptions(other, clustering, anchor, level, bootstrap, votesToFlip, seed);
    }

    public RankOptions withClustering(Clustering other) {
        return new RankOptions(fit, other, anchor, level, bootstrap, votesToFlip, seed);
    }

    public RankOptions withAnchor(Anchor other) {
        return new RankOptions(fit, clustering, other, level, bootstrap, votesToFlip, seed);
    }

    public RankOptions withLevel(double other) {
        return new RankOptions(fit, clustering, anchor, other, bootstrap, votesToFlip, seed);
    }

    public RankOptions withBootstrap(int replicates) {
        return new RankOptions(fit, clustering, anchor, level, replicates, votesToFlip, seed);
    }

    public RankOptions withVotesToFlip(boolean wanted) {
        return new RankOptions(fit, clustering, anchor, level, bootstrap, wanted, seed);
    }

    public RankOptions withSeed(long other) {
        return new RankOptions(fit, clustering, anchor, level, bootstrap, votesToFlip, other);
    }
}
