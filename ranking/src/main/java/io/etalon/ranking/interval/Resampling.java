package io.etalon.ranking.interval;

import io.etalon.ranking.PairCounts;
import io.etalon.ranking.Votes;
import io.etalon.ranking.algebra.Binomials;
import io.etalon.ranking.algebra.Multinomial;
import io.etalon.ranking.model.BothBad;
import io.etalon.ranking.model.Fit;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * One way of drawing votes again. What the votes of a cluster add to the counts is added up once, so that a draw visits each
 * cluster that it holds and none of the others. Safe to share between threads.
 */
final class Resampling {
    /** Wins, losses and ties of a pair, each outcome's in a row. */
    private static final int OUTCOMES = 3;

    private final Votes votes;
    private final PairCounts counts;
    private final boolean bothBadTies;
    private final boolean byPrompt;
    private final boolean byVoter;
    /** Draws of single votes, and their expected counts; draws one binomial after another where tables would be too large. */
    private final Optional<Multinomial> single;

    private final double[] expected;
    private final Optional<ClusterCells> clustered;

    Resampling(Fit fit, Votes votes, Clustering clustering) {
        this.votes = votes;
        this.bothBadTies = fit.options().bothBad() == BothBad.TIE;
        this.byPrompt = uses(clustering, Clustering.PROMPT, votes.hasPrompts(), "prompts");
        this.byVoter = uses(clustering, Clustering.VOTER, votes.hasVoters(), "voters");
        this.counts = PairCounts.of(votes, fit.options().parallelism());
        this.expected = expected();
        this.single = oneByOne() ? Multinomial.of(expected) : Optional.empty();
        this.clustered = oneByOne() || styled() ? Optional.empty() : Optional.of(clustered());
    }

    private static boolean uses(Clustering clustering, Clustering one, boolean has, String column) {
        var wanted = clustering == one || clustering == Clustering.TWO_WAY;
        if (wanted && !has) {
            throw new IllegalArgumentException("resampling " + column + " needs votes that name them");
        }
        return wanted || clustering == Clustering.LARGEST && has;
    }

    /** Whether counts say too little: a draw is then of {@link #weights}. */
    boolean styled() {
        return !votes.styleColumns().isEmpty();
    }

    private boolean oneByOne() {
        return !byPrompt && !byVoter && !votes.hasWeights() && !styled();
    }

    /** The counts of one draw. */
    PairCounts counts(SplittableRandom random) {
        var table = clustered.isPresent() ? clustered.get().draw(random) : multinomial(random);
        var pairs = counts.pairs();
        return counts.withCounts(
                Arrays.copyOf(table, pairs),
                Arrays.copyOfRange(table, pairs, 2 * pairs),
                Arrays.copyOfRange(table, 2 * pairs, OUTCOMES * pairs));
    }

    /** The weights of one draw, vote by vote. */
    double[] weights(SplittableRandom random) {
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
        return cluster == Votes.UNKNOWN ? ClusterCells.poisson(random) : drawn[cluster];
    }

    /** How often each of the units comes up in as many draws. */
    static int[] multiplicities(SplittableRandom random, int units) {
        var drawn = new int[units];
        for (var i = 0; i < units; i++) {
            drawn[random.nextInt(units)]++;
        }
        return drawn;
    }

    private ClusterCells clustered() {
        var cells = cells();
        if (byPrompt && byVoter) {
            var voters = new ClusterCells.By(votes::voter, votes.voters());
            return ClusterCells.of(
                    votes,
                    new ClusterCells.By(vote -> cells[vote], expected.length),
                    new ClusterCells.By(votes::prompt, votes.prompts()),
                    Optional.of(voters));
        }
        var by = byPrompt
                ? new ClusterCells.By(votes::prompt, votes.prompts())
                : byVoter
                        ? new ClusterCells.By(votes::voter, votes.voters())
                        : new ClusterCells.By(vote -> vote, votes.size());
        return ClusterCells.of(votes, new ClusterCells.By(vote -> cells[vote], expected.length), by, Optional.empty());
    }

    private double[] expected() {
        var pairs = counts.pairs();
        var table = new double[OUTCOMES * pairs];
        for (var pair = 0; pair < pairs; pair++) {
            table[pair] = counts.winsFirst(pair);
            table[pairs + pair] = counts.winsSecond(pair);
            table[2 * pairs + pair] = counts.ties(pair) + (bothBadTies ? counts.bothBad(pair) : 0);
        }
        return table;
    }

    private double[] multinomial(SplittableRandom random) {
        if (single.isPresent()) {
            return single.get().draw(random);
        }
        var table = expected.clone();
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

    /** Place of each vote in a table of outcome and pair; {@link Votes#UNKNOWN} for votes that count for nothing. */
    private int[] cells() {
        var n = votes.models().size();
        var pairs = counts.pairs();
        var pairOf = new int[Math.multiplyExact(n, n)];
        for (var pair = 0; pair < pairs; pair++) {
            pairOf[counts.first(pair) * n + counts.second(pair)] = pair;
            pairOf[counts.second(pair) * n + counts.first(pair)] = pair;
        }
        var cells = new int[votes.size()];
        for (var i = 0; i < cells.length; i++) {
            var pair = pairOf[votes.a(i) * n + votes.b(i)];
            cells[i] = switch (votes.outcome(i)) {
                case A -> votes.a(i) < votes.b(i) ? pair : pairs + pair;
                case B -> votes.a(i) < votes.b(i) ? pairs + pair : pair;
                case TIE -> 2 * pairs + pair;
                case BOTH_BAD -> bothBadTies ? 2 * pairs + pair : Votes.UNKNOWN;
            };
        }
        return cells;
    }
}
