package io.etalon.ranking.interval;

import io.etalon.ranking.PairCounts;
import io.etalon.ranking.Votes;
import io.etalon.ranking.algebra.Binomials;
import io.etalon.ranking.algebra.Multinomial;
import io.etalon.ranking.algebra.Parallelism;
import io.etalon.ranking.model.BothBad;
import io.etalon.ranking.model.BradleyTerry;
import io.etalon.ranking.model.Fit;
import io.etalon.ranking.model.NoFit;
import io.etalon.ranking.model.Refit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

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
    /** Wins, losses and ties of a pair. */
    private static final int OUTCOMES = 3;

    public ClusterBootstrap {
        replicates = List.copyOf(replicates);
    }

    /**
     * Resamples and refits ({@link Clustering#LARGEST} being two-way when the votes name prompts and voters), O(votes + a few times (pairs + models^2)) a replicate; with style columns a full fit each.
     *
     * @throws IllegalArgumentException when a clustering is asked for by name and the votes lack its column
     */
    public static ClusterBootstrap of(Fit fit, Votes votes, Clustering clustering, int replicates, long seed) {
        var parallelism = fit.options().parallelism();
        var resampling = new Resampling(fit, votes, clustering);
        var found = new ArrayList<Optional<double[]>>();
        var randoms = new ArrayList<SplittableRandom>();
        var random = new SplittableRandom(seed);
        for (var replicate = 0; replicate < replicates; replicate++) {
            found.add(Optional.empty());
            randoms.add(random.split());
        }
        parallelism.forEach(
                replicates, replicate -> found.set(replicate, resampling.strengths(randoms.get(replicate))));
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

    /** One way of drawing votes. Safe to share between threads. */
    private static final class Resampling {
        private final Fit fit;
        private final Votes votes;
        private final PairCounts counts;
        private final boolean byPrompt;
        private final boolean byVoter;
        private final int[] cells;
        /** Draws of single votes; without, where its tables would be too large, one binomial after another. */
        private final Optional<Multinomial> single;

        Resampling(Fit fit, Votes votes, Clustering clustering) {
            this.fit = fit;
            this.votes = votes;
            this.byPrompt = uses(clustering, Clustering.PROMPT, votes.hasPrompts(), "prompts");
            this.byVoter = uses(clustering, Clustering.VOTER, votes.hasVoters(), "voters");
            this.counts = PairCounts.of(votes, fit.options().parallelism());
            this.cells = oneByOne() ? new int[0] : cells(votes, counts, bothBadTies());
            this.single = oneByOne() ? Multinomial.of(expected()) : Optional.empty();
        }

        private static boolean uses(Clustering clustering, Clustering one, boolean has, String column) {
            var wanted = clustering == one || clustering == Clustering.TWO_WAY;
            if (wanted && !has) {
                throw new IllegalArgumentException("resampling " + column + " needs votes that name them");
            }
            return wanted || clustering == Clustering.LARGEST && has;
        }

        private boolean bothBadTies() {
            return fit.options().bothBad() == BothBad.TIE;
        }

        private boolean oneByOne() {
            return !byPrompt
                    && !byVoter
                    && !votes.hasWeights()
                    && votes.styleColumns().isEmpty();
        }

        /** Place of each vote in a table of pair and outcome; -1 for votes that count for nothing. */
        private static int[] cells(Votes votes, PairCounts counts, boolean bothBadTies) {
            var n = votes.models().size();
            var pairOf = new int[Math.multiplyExact(n, n)];
            for (var pair = 0; pair < counts.pairs(); pair++) {
                pairOf[counts.first(pair) * n + counts.second(pair)] = pair;
                pairOf[counts.second(pair) * n + counts.first(pair)] = pair;
            }
            var cells = new int[votes.size()];
            for (var i = 0; i < cells.length; i++) {
                var pair = pairOf[votes.a(i) * n + votes.b(i)];
                cells[i] = switch (votes.outcome(i)) {
                    case A -> pair * OUTCOMES + (votes.a(i) < votes.b(i) ? 0 : 1);
                    case B -> pair * OUTCOMES + (votes.a(i) < votes.b(i) ? 1 : 0);
                    case TIE -> pair * OUTCOMES + 2;
                    case BOTH_BAD -> bothBadTies ? pair * OUTCOMES + 2 : -1;
                };
            }
            return cells;
        }

        Optional<double[]> strengths(SplittableRandom random) {
            if (!votes.styleColumns().isEmpty()) {
                return styled(random);
            }
            var table = oneByOne() ? multinomial(random) : clustered(random);
            var pairs = counts.pairs();
            var wins = new double[pairs];
            var losses = new double[pairs];
            var ties = new double[pairs];
            for (var pair = 0; pair < pairs; pair++) {
                wins[pair] = table[pair * OUTCOMES];
                losses[pair] = table[pair * OUTCOMES + 1];
                ties[pair] = table[pair * OUTCOMES + 2];
            }
            return new Refit(fit).strengths(counts.withCounts(wins, losses, ties));
        }

        private Optional<double[]> styled(SplittableRandom random) {
            var weights = draws(random);
            var resample = votes.withWeights(weights);
            var options = fit.options().withParallelism(Parallelism.ONE_THREAD);
            return switch (BradleyTerry.fit(resample, options)) {
                case Fit other -> Optional.of(other.strengths());
                case NoFit none -> Optional.empty();
            };
        }

        private double[] clustered(SplittableRandom random) {
            var weights = draws(random);
            var table = new double[counts.pairs() * OUTCOMES];
            for (var i = 0; i < cells.length; i++) {
                if (cells[i] >= 0) {
                    table[cells[i]] += weights[i];
                }
            }
            return table;
        }

        private double[] draws(SplittableRandom random) {
            var prompts = byPrompt ? multiplicities(random, votes.prompts()) : new int[0];
            var voters = byVoter ? multiplicities(random, votes.voters()) : new int[0];
            var rows = byPrompt || byVoter ? new int[0] : multiplicities(random, votes.size());
            var weights = new double[votes.size()];
            for (var i = 0; i < weights.length; i++) {
                var times = rows.length > 0 ? rows[i] : 1;
                times *= byPrompt ? times(random, prompts, votes.prompt(i)) : 1;
                times *= byVoter ? times(random, voters, votes.voter(i)) : 1;
                weights[i] = times * votes.weight(i);
            }
            return weights;
        }

        /** A vote whose cluster is unknown is drawn by itself, a Poisson number of times: the limit of many clusters. */
        private static int times(SplittableRandom random, int[] drawn, int cluster) {
            return cluster == Votes.UNKNOWN ? (int) Binomials.draw(random, 1 << 20, 1.0 / (1 << 20)) : drawn[cluster];
        }

        private static int[] multiplicities(SplittableRandom random, int units) {
            var drawn = new int[units];
            for (var i = 0; i < units; i++) {
                drawn[random.nextInt(units)]++;
            }
            return drawn;
        }

        private double[] expected() {
            var bothBad = bothBadTies();
            var table = new double[counts.pairs() * OUTCOMES];
            for (var pair = 0; pair < counts.pairs(); pair++) {
                table[pair * OUTCOMES] = counts.winsFirst(pair);
                table[pair * OUTCOMES + 1] = counts.winsSecond(pair);
                table[pair * OUTCOMES + 2] = counts.ties(pair) + (bothBad ? counts.bothBad(pair) : 0);
            }
            return table;
        }

        private double[] multinomial(SplittableRandom random) {
            if (single.isPresent()) {
                return single.get().draw(random);
            }
            var table = expected();
            var left = Math.round(Arrays.stream(table).sum());
            var weight = (double) left;
            for (var cell = 0; cell < table.length && left > 0; cell++) {
                if (table[cell] > 0) {
                    var drawn = Binomials.draw(random, left, Math.min(1, table[cell] / weight));
                    weight -= table[cell];
                    left -= drawn;
                    table[cell] = drawn;
                }
            }
            return table;
        }
    }
}
