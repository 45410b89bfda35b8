package io.etalon.ranking.interval;

import io.etalon.ranking.Votes;
import io.etalon.ranking.algebra.Parallelism;
import io.etalon.ranking.model.BradleyTerry;
import io.etalon.ranking.model.Fit;
import io.etalon.ranking.model.NoFit;
import io.etalon.ranking.model.Refit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;

/**
 * Strengths of resampled votes: whole prompts, whole voters, or both at once by the product of the two draws (A. Owen, "The
 * pigeonhole bootstrap", Annals of Applied Statistics 1, 2007), which errs on the wide side. Single votes when asked, by one
 * multinomial draw over the outcomes of all pairs, whatever their number.
 *
 * @param replicates strengths of each replicate whose likelihood has a maximum, models in index order
 * @param undefined replicates without one, which the intervals leave out; many of them mean that the intervals rest on little
 */
@SuppressWarnings("ArrayRecordComponent") // Strengths as in Fit, one array a replicate; never compared.
public record ClusterBootstrap(List<double[]> replicates, int undefined) {
    public ClusterBootstrap {
        replicates = List.copyOf(replicates);
    }

    /**
     * Resamples and refits ({@link Clustering#LARGEST} being two-way when the votes name prompts and voters): a few times
     * O(pairs + models^2) a replicate, and O(entries), the different pairs and outcomes of each cluster, at most the votes; with
     * style columns a full fit each. Every replicate is fitted to the end, from the fit as its start ({@link Refit}). Equal seeds
     * give equal bits, whatever the number of threads.
     *
     * @throws IllegalArgumentException when a clustering is asked for by name and the votes lack its column
     */
    public static ClusterBootstrap of(Fit fit, Votes votes, Clustering clustering, int replicates, long seed) {
        var resampling = new Resampling(fit, votes, clustering);
        if (resampling.styled()) {
            return of(fit, replicates, seed, random -> styled(fit, votes.withWeights(resampling.weights(random))));
        }
        var refit = new Refit(fit);
        return of(fit, replicates, seed, random -> refit.strengths(resampling.counts(random)));
    }

    private static ClusterBootstrap of(
            Fit fit, int replicates, long seed, Function<SplittableRandom, Optional<double[]>> strengths) {
        var found = new ArrayList<Optional<double[]>>();
        var randoms = new ArrayList<SplittableRandom>();
        var random = new SplittableRandom(seed);
        for (var replicate = 0; replicate < replicates; replicate++) {
            found.add(Optional.empty());
            randoms.add(random.split());
        }
        fit.options()
                .parallelism()
                .forEach(replicates, replicate -> found.set(replicate, strengths.apply(randoms.get(replicate))));
        var defined = found.stream().flatMap(Optional::stream).toList();
        return new ClusterBootstrap(defined, replicates - defined.size());
    }

    /** The values of one model's strength, sorted. */
    public double[] sorted(int model) {
        var values =
                replicates.stream().mapToDouble(strengths -> strengths[model]).toArray();
        Arrays.sort(values);
        return values;
    }

    private static Optional<double[]> styled(Fit fit, Votes resample) {
        var options = fit.options().withParallelism(Parallelism.ONE_THREAD);
        return switch (BradleyTerry.fit(resample, options)) {
            case Fit other -> Optional.of(other.strengths());
            case NoFit none -> Optional.empty();
        };
    }
}
