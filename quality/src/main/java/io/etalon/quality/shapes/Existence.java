package io.etalon.quality.shapes;

import java.util.Arrays;
import java.util.List;

/**
 * Which candidates are objects, by expectation-maximisation over a mixture of two thinned Poisson processes.
 *
 * <p>An asset has objects and decoys at mean numbers of its own; annotator j, looking at the asset, draws each object
 * with probability p_j and each decoy with d_j, independently. What nobody drew is not seen, so the seen patterns of one
 * kind are Poisson too, and the expected number of unseen ones is the mean number times the product of (1 - p_j). The E
 * step gives every candidate the probability of being an object and counts the unseen; the M step counts. Rates are shrunk
 * to the pooled ones with the weight of four candidates, the pooled ones towards 0.8 for objects and 0.2 for decoys: without
 * the latter, decoys that nobody shares could be ever more and ever fainter.
 */
final class Existence {
    private static final double STRENGTH = 4;
    private static final double[] PRIOR = {0.2, 0.8};
    private static final double TOLERANCE = 1e-8;
    private static final int MOST_ITERATIONS = 1000;
    private static final int DECOY = 0;
    private static final int OBJECT = 1;

    /**
     * A place on an asset that somebody drew.
     *
     * @param annotators numbers of those who did, each once
     */
    record Candidate(int asset, int[] annotators) {}

    private final List<Candidate> candidates;
    private final List<int[]> looks;
    private final double[] probability;
    private final double[][] unseen;
    private final double[][] drawn;
    private final double[] number = new double[2];
    private int iterations;
    private boolean converged;

    private Existence(List<Candidate> candidates, List<int[]> looks, int annotators) {
        this.candidates = candidates;
        this.looks = looks;
        this.probability = new double[candidates.size()];
        this.unseen = new double[2][looks.size()];
        this.drawn = new double[2][annotators];
    }

    /** Fits the model; {@code looks} has for every asset the numbers of those who looked at it. */
    static Existence fit(List<Candidate> candidates, List<int[]> looks, int annotators) {
        var fit = new Existence(candidates, looks, annotators);
        fit.fromVotes();
        var before = Double.NaN;
        while (!fit.converged && fit.iterations < MOST_ITERATIONS) {
            fit.maximise();
            var likelihood = fit.expect();
            fit.iterations++;
            // NaN on the first pass compares as false, so that two passes are made at least.
            fit.converged = Math.abs(likelihood - before) <= TOLERANCE * Math.max(1, candidates.size());
            before = likelihood;
        }
        return fit;
    }

    private void fromVotes() {
        for (var c = 0; c < probability.length; c++) {
            var candidate = candidates.get(c);
            probability[c] = (double) candidate.annotators.length / looks.get(candidate.asset).length;
        }
    }

    private void maximise() {
        for (var kind = DECOY; kind <= OBJECT; kind++) {
            var hits = new double[drawn[kind].length];
            var chances = new double[drawn[kind].length];
            var sum = 0.0;
            for (var c = 0; c < probability.length; c++) {
                var candidate = candidates.get(c);
                var weight = kind == OBJECT ? probability[c] : 1 - probability[c];
                sum += weight;
                for (var j : candidate.annotators) {
                    hits[j] += weight;
                }
                for (var j : looks.get(candidate.asset)) {
                    chances[j] += weight;
                }
            }
            for (var asset = 0; asset < looks.size(); asset++) {
                sum += unseen[kind][asset];
                for (var j : looks.get(asset)) {
                    chances[j] += unseen[kind][asset];
                }
            }
            number[kind] = Math.max(sum / Math.max(1, looks.size()), Double.MIN_NORMAL);
            var pooled =
                    (Sums.sorted(hits.clone()) + STRENGTH * PRIOR[kind]) / (Sums.sorted(chances.clone()) + STRENGTH);
            for (var j = 0; j < hits.length; j++) {
                drawn[kind][j] = (hits[j] + STRENGTH * pooled) / (chances[j] + STRENGTH);
            }
        }
    }

    /** Probabilities, unseen numbers, and the log likelihood up to a constant. */
    private double expect() {
        var nobody = new double[2][looks.size()];
        var likelihood = 0.0;
        for (var kind = DECOY; kind <= OBJECT; kind++) {
            for (var asset = 0; asset < looks.size(); asset++) {
                var rates = drawn[kind];
                nobody[kind][asset] = Sums.sorted(Arrays.stream(looks.get(asset))
                        .mapToDouble(j -> StrictMath.log1p(-rates[j]))
                        .toArray());
                unseen[kind][asset] = number[kind] * StrictMath.exp(nobody[kind][asset]);
                likelihood += unseen[kind][asset] - number[kind];
            }
        }
        for (var c = 0; c < probability.length; c++) {
            var decoy = logRate(c, DECOY, nobody);
            var object = logRate(c, OBJECT, nobody);
            probability[c] = 1 / (1 + StrictMath.exp(decoy - object));
            likelihood += Math.max(decoy, object) + StrictMath.log1p(StrictMath.exp(-Math.abs(decoy - object)));
        }
        return likelihood;
    }

    private double logRate(int number, int kind, double[][] nobody) {
        var candidate = candidates.get(number);
        var rates = drawn[kind];
        var odds = Arrays.stream(candidate.annotators)
                .mapToDouble(j -> StrictMath.log(rates[j]) - StrictMath.log1p(-rates[j]))
                .toArray();
        return StrictMath.log(this.number[kind]) + nobody[kind][candidate.asset] + Sums.sorted(odds);
    }

    /** Probability that a candidate is an object. */
    double probability(int candidate) {
        return probability[candidate];
    }

    /** Expected number of objects on an asset. */
    double objects() {
        return number[OBJECT];
    }

    /** Expected number of objects on all assets that nobody drew. */
    double unseen() {
        return Arrays.stream(unseen[OBJECT]).sum();
    }

    /** Probability that an annotator leaves out an object. */
    double missRate(int annotator) {
        return 1 - drawn[OBJECT][annotator];
    }

    /** Expected number of decoys that an annotator draws on an asset. */
    double falseAlarms(int annotator) {
        return number[DECOY] * drawn[DECOY][annotator];
    }

    int iterations() {
        return iterations;
    }

    boolean converged() {
        return converged;
    }
}
