package io.etalon.ranking.design;

import io.etalon.ranking.Votes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Voters who do not vote like the others. Each vote of a voter gets a p-value against the other people's votes on the same pair,
 * and the product of {@code 1 / (2 sqrt p)} is a martingale for those who do (V. Vovk's power martingale; the test of W.-L. Chiang
 * et al., "Chatbot Arena", arXiv 2403.04132), so by J. Ville (1939) it exceeds {@code 1 / alpha} with probability alpha at most,
 * however often it is looked at.
 *
 * @param alpha chance to suspect a voter who votes like the others
 * @param fewest votes below which nobody is judged
 * @param most votes of a voter that are looked at
 * @param seed seed of the randomised p-values
 */
public record VoterMartingale(double alpha, int fewest, int most, long seed) {
    private static final int OUTCOMES = 4;

    public VoterMartingale {
        if (!(alpha > 0 && alpha < 1) || fewest < 1 || most < fewest) {
            throw new IllegalArgumentException("alpha " + alpha + ", from " + fewest + " to " + most + " votes");
        }
    }

    /** Alpha of 5 %, from 5 to 100 votes. */
    public static VoterMartingale standard() {
        return new VoterMartingale(.05, 5, 100, 1);
    }

    /**
     * A voter's evidence.
     *
     * @param voter number of the voter
     * @param votes votes looked at
     * @param highest the largest value of the martingale
     */
    public record Suspicion(int voter, int votes, double highest) {}

    /** The voters whose martingale exceeded {@code 1 / alpha}, the most suspicious first. O(votes + models^2). */
    public List<Suspicion> suspicions(Votes votes) {
        var counts = new HashMap<Long, int[]>();
        var byVoter = new TreeMap<Integer, List<Integer>>();
        for (var i = 0; i < votes.size(); i++) {
            counts.computeIfAbsent(pair(votes, i), unused -> new int[OUTCOMES])[outcome(votes, i)]++;
            if (votes.voter(i) != Votes.UNKNOWN) {
                byVoter.computeIfAbsent(votes.voter(i), unused -> new ArrayList<>())
                        .add(i);
            }
        }
        var random = new SplittableRandom(seed);
        var suspicions = new ArrayList<Suspicion>();
        byVoter.forEach((voter, own) -> {
            if (own.size() >= fewest) {
                var highest = highest(votes, own, counts, random.split());
                if (highest > 1 / alpha) {
                    suspicions.add(new Suspicion(voter, Math.min(most, own.size()), highest));
                }
            }
        });
        suspicions.sort((left, right) -> left.highest == right.highest
                ? Integer.compare(left.voter, right.voter)
                : Double.compare(right.highest, left.highest));
        return suspicions;
    }

    private double highest(Votes votes, List<Integer> own, HashMap<Long, int[]> counts, SplittableRandom random) {
        var others = new HashMap<Long, int[]>();
        for (int vote : own) {
            var pair = pair(votes, vote);
            others.computeIfAbsent(
                            pair,
                            key -> counts.getOrDefault(key, new int[OUTCOMES]).clone())[outcome(votes, vote)]--;
        }
        var logarithm = 0.0;
        var highest = 0.0;
        for (int vote : own.subList(0, Math.min(most, own.size()))) {
            var known = others.getOrDefault(pair(votes, vote), new int[OUTCOMES]);
            logarithm -= Math.log(2) + Math.log(pValue(known, outcome(votes, vote), random)) / 2;
            highest = Math.max(highest, logarithm);
        }
        return Math.exp(Math.min(700, highest));
    }

    /** Share of outcomes no more common than this one, itself among them, ties broken at random: uniform if exchangeable. */
    private static double pValue(int[] others, int outcome, SplittableRandom random) {
        var frequency = others[outcome] + 1;
        var rarer = 0;
        var same = 0;
        for (var code = 0; code < others.length; code++) {
            var count = code == outcome ? frequency : others[code];
            rarer += count < frequency ? count : 0;
            same += count == frequency ? count : 0;
        }
        var total = 1 + Arrays.stream(others).sum();
        return Math.max(1e-12, (rarer + (1 - random.nextDouble()) * same) / total);
    }

    private static long pair(Votes votes, int vote) {
        return (long) Math.min(votes.a(vote), votes.b(vote)) << 32 | Math.max(votes.a(vote), votes.b(vote));
    }

    private static int outcome(Votes votes, int vote) {
        var code = votes.outcomeCode(vote);
        return code < 2 && votes.a(vote) > votes.b(vote) ? 1 - code : code;
    }
}
