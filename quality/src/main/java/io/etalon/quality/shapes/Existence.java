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
 * to the pooled ones with the weight of four candidates, the pooled ones towards 0.8 for objects and 0.2 for decoys. The crowd's
 * rate on decoys is 0.02 at least: decoys that nobody shares could else be ever more and ever fainter.
 */
final class Existence {
    private static final double STRENGTH = 4;
    private static final double[] PRIOR = {0.2, 0.8};
    private static final double TOLERANCE = 1e-6;
    private static final int MOST_ITERATIONS = 200;
    private static final double FAINT = 0.02;
    private static final double BRIGHTEST = 0.999999;
    private static final double LEAST_NUMBER = 1e-9;
    private static final double LONGER = 4;
    private static final double MOST_STEPS = 64;
    private static final double MOST_LOG = 25;
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
        fit.climb();
        return fit;
    }

    /**
     * EM with squared extrapolation (R. Varadhan and C. Roland, "Simple and globally convergent methods for accelerating the
     * convergence of any EM algorithm", 2008): where hardly any decoy is shared, plain EM creeps, since most are unseen. It
     * ends when a plain step moves no logarithm by more than the tolerance; a leap from where such a step is much longer
     * than before is taken back. The likelihood is no measure here: shrinking to the pool lowers it.
     */
    private void climb() {
        while (!converged && iterations < MOST_ITERATIONS) {
            iterations++;
            var start = parameters();
            var once = step();
            var length = distance(start, once);
            converged = length <= TOLERANCE;
            if (!converged) {
                var twice = step();
                var far = leap(start, once, twice);
                set(far);
                if (!(distance(far, step()) <= LONGER * length)) {
                    set(twice);
                }
            }
        }
        expect();
    }

    private double[] step() {
        expect();
        maximise();
        return parameters();
    }

    private static double distance(double[] from, double[] to) {
        var most = 0.0;
        for (var i = 0; i < from.length; i++) {
            most = Math.max(most, Math.abs(to[i] - from[i]));
        }
        return most;
    }

    private static double[] leap(double[] start, double[] once, double[] twice) {
        var steps = new double[start.length];
        var bends = new double[start.length];
        for (var i = 0; i < start.length; i++) {
            steps[i] = (once[i] - start[i]) * (once[i] - start[i]);
            var second = twice[i] - 2 * once[i] + start[i];
            bends[i] = second * second;
        }
        var step = Sums.sorted(steps);
        var bend = Sums.sorted(bends);
        var length = bend == 0 ? 1 : Math.clamp(Math.sqrt(step / bend), 1, MOST_STEPS);
        var result = new double[start.length];
        for (var i = 0; i < start.length; i++) {
            result[i] = start[i]
                    + 2 * length * (once[i] - start[i])
                    + length * length * (twice[i] - 2 * once[i] + start[i]);
        }
        return result;
    }

    /** Logarithms of the numbers and log odds of the rates: every value is a possible one. */
    private double[] parameters() {
        var annotators = drawn[OBJECT].length;
        var result = new double[2 + 2 * annotators];
        for (var kind = DECOY; kind <= OBJECT; kind++) {
            result[kind] = StrictMath.log(number[kind]);
            for (var j = 0; j < annotators; j++) {
                result[2 + kind * annotators + j] = logit(drawn[kind][j]);
            }
        }
        return result;
    }

    private void set(double[] parameters) {
        var annotators = drawn[OBJECT].length;
        for (var kind = DECOY; kind <= OBJECT; kind++) {
            number[kind] = StrictMath.exp(Math.clamp(parameters[kind], -MOST_LOG, MOST_LOG));
            for (var j = 0; j < annotators; j++) {
                var odds = Math.clamp(parameters[2 + kind * annotators + j], -MOST_LOG, MOST_LOG);
                drawn[kind][j] = 1 / (1 + StrictMath.exp(-odds));
            }
        }
    }

    private static double logit(double probability) {
        return StrictMath.log(probability) - StrictMath.log1p(-probability);
    }

    /**
     * Objects by the votes; decoys as if hardly any were shared, which three annotators cannot tell from decoys that are:
     * the data must speak for sharing.
     */
    private void fromVotes() {
        for (var c = 0; c < probability.length; c++) {
            var candidate = candidates.get(c);
            probability[c] = (double) candidate.annotators.length / looks.get(candidate.asset).length;
        }
        maximise();
        Arrays.fill(drawn[DECOY], FAINT);
        number[DECOY] /= FAINT;
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
            number[kind] = Math.max(sum / Math.max(1, looks.size()), LEAST_NUMBER);
            var pooled =
                    (Sums.sorted(hits.clone()) + STRENGTH * PRIOR[kind]) / (Sums.sorted(chances.clone()) + STRENGTH);
            // Fainter decoys are hardly shared, and how many more of them there are, nothing can tell.
            var brighter = kind == DECOY ? Math.max(1, FAINT / pooled) : 1;
            number[kind] /= brighter;
            for (var j = 0; j < hits.length; j++) {
                drawn[kind][j] =
                        Math.min(BRIGHTEST, brighter * (hits[j] + STRENGTH * pooled) / (chances[j] + STRENGTH));
            }
        }
    }

    /** Probabilities and unseen numbers. */
    private void expect() {
        var nobody = new double[2][looks.size()];
        for (var kind = DECOY; kind <= OBJECT; kind++) {
            for (var asset = 0; asset < looks.size(); asset++) {
                var rates = drawn[kind];
                nobody[kind][asset] = Sums.sorted(Arrays.stream(looks.get(asset))
                        .mapToDouble(j -> StrictMath.log1p(-rates[j]))
                        .toArray());
                unseen[kind][asset] = number[kind] * StrictMath.exp(nobody[kind][asset]);
            }
        }
        var odds = new double[][] {logits(drawn[DECOY]), logits(drawn[OBJECT])};
        for (var c = 0; c < probability.length; c++) {
            var candidate = candidates.get(c);
            var decoy = logRate(candidate, DECOY, nobody[DECOY], odds[DECOY]);
            var object = logRate(candidate, OBJECT, nobody[OBJECT], odds[OBJECT]);
            probability[c] = 1 / (1 + StrictMath.exp(decoy - object));
        }
    }

    private double logRate(Candidate candidate, int kind, double[] nobody, double[] odds) {
        var terms = new double[candidate.annotators.length];
        for (var i = 0; i < terms.length; i++) {
            terms[i] = odds[candidate.annotators[i]];
        }
        return StrictMath.log(number[kind]) + nobody[candidate.asset] + Sums.sorted(terms);
    }

    private static double[] logits(double[] rates) {
        return Arrays.stream(rates).map(Existence::logit).toArray();
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
