package io.etalon.quality.shapes.masks;

import io.etalon.quality.IdOrder;
import io.etalon.quality.shapes.Sums;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The true mask and each annotator's error rates from masks alone, pixel by pixel, by expectation-maximisation.
 *
 * <p>{@link #staple()}: annotator j marks a pixel of the object with probability p_j (sensitivity) and leaves out one of
 * the background with q_j (specificity), pixels independent; the object's share of the image is fixed at the mean of the
 * masks' shares (S. K. Warfield, K. H. Zou and W. M. Wells, "Simultaneous truth and performance level estimation
 * (STAPLE)", IEEE Transactions on Medical Imaging 23(7), 2004). All pixels count, so that a small object in a large image
 * makes for a small share and a high specificity.
 *
 * <p>{@link #oneCoin()}: one probability of being right for both, learnt on the pixels that anybody marked, as crowd-kit's
 * segmentation EM does; the object's share is learnt too. The better choice where annotators differ in care and not in
 * taste.
 *
 * <p>An annotator's rates are shared by all assets given; for the paper's rates by image, fit the images one by one. Pixels
 * marked by the same annotators are alike, so an iteration costs O(different patterns x annotators), at most 64
 * annotators an asset. The names and the order of annotators have no influence.
 *
 * @param rates which rates an annotator has
 * @param tolerance largest change of a rate that counts as converged
 * @param maxIterations limit on the number of iterations
 */
public record MaskModel(Rates rates, double tolerance, int maxIterations) {
    /** Which rates an annotator has. */
    public enum Rates {
        /** One probability of being right. */
        ONE_COIN,
        /** Sensitivity and specificity. */
        STAPLE
    }

    private static final double DEFAULT_TOLERANCE = 1e-9;
    private static final int DEFAULT_ITERATIONS = 1000;
    /** Where the paper's authors start: everybody almost right. */
    private static final double START = 0.99999;

    public MaskModel {
        if (!(tolerance >= 0) || maxIterations < 1) {
            throw new IllegalArgumentException(
                    "needs a tolerance of 0 or more and an iteration, got " + tolerance + " and " + maxIterations);
        }
    }

    /** STAPLE to convergence. */
    public static MaskModel staple() {
        return new MaskModel(Rates.STAPLE, DEFAULT_TOLERANCE, DEFAULT_ITERATIONS);
    }

    /** One rate an annotator, to convergence. */
    public static MaskModel oneCoin() {
        return new MaskModel(Rates.ONE_COIN, DEFAULT_TOLERANCE, DEFAULT_ITERATIONS);
    }

    /**
     * The pixels that more than half of the masks hold: of two masks what they share.
     *
     * @throws IllegalArgumentException without a mask, or for masks of different sizes
     */
    public static Mask majority(Collection<Mask> masks) {
        var patterns = new MaskPatterns(List.copyOf(masks));
        var chosen = new boolean[patterns.size()];
        for (var k = 0; k < chosen.length; k++) {
            chosen[k] = 2 * patterns.votes(k) > patterns.masks();
        }
        return patterns.mask(chosen);
    }

    /**
     * How an annotator marks pixels.
     *
     * @param sensitivity probability of marking a pixel of the object
     * @param specificity probability of leaving out a pixel that is not; the same number for one coin
     */
    public record Skill(double sensitivity, double specificity) {}

    /**
     * A fitted model.
     *
     * @param masks of every asset the pixels that are more likely inside than not
     * @param skills by annotator id
     */
    public record Fit(List<Mask> masks, NavigableMap<String, Skill> skills, int iterations, boolean converged) {
        public Fit {
            masks = List.copyOf(masks);
            skills = Collections.unmodifiableNavigableMap(skills);
        }
    }

    /**
     * Fits the model to assets, each given as one mask by annotator.
     *
     * @throws IllegalArgumentException when an asset has no mask, masks of different sizes or more than 64
     */
    public Fit fit(List<? extends Map<String, Mask>> assets) {
        var ids = new TreeSet<>(IdOrder.INSTANCE);
        assets.forEach(asset -> ids.addAll(asset.keySet()));
        var em = new Em(List.copyOf(ids), assets, rates);
        var iterations = 0;
        var converged = false;
        while (!converged && iterations < maxIterations) {
            iterations++;
            converged = em.step() <= tolerance;
        }
        return new Fit(em.masks(), em.skills(), iterations, converged);
    }

    private static final class Em {
        private final List<String> annotators;
        private final Rates rates;
        private final List<MaskPatterns> assets = new ArrayList<>();
        private final List<int[]> annotatorOf = new ArrayList<>();
        private final List<double[]> inside = new ArrayList<>();
        private final double[] share;
        private final double[] sensitivity;
        private final double[] specificity;

        Em(List<String> annotators, List<? extends Map<String, Mask>> given, Rates rates) {
            this.annotators = annotators;
            this.rates = rates;
            this.share = new double[given.size()];
            this.sensitivity = new double[annotators.size()];
            this.specificity = new double[annotators.size()];
            Arrays.fill(sensitivity, START);
            Arrays.fill(specificity, START);
            for (var asset : given) {
                var sorted = new TreeMap<String, Mask>(IdOrder.INSTANCE);
                sorted.putAll(asset);
                var patterns = new MaskPatterns(List.copyOf(sorted.values()));
                annotatorOf.add(sorted.keySet().stream()
                        .mapToInt(id -> Collections.binarySearch(annotators, id, IdOrder.INSTANCE))
                        .toArray());
                share[assets.size()] = meanShare(patterns);
                inside.add(new double[patterns.size()]);
                assets.add(patterns);
            }
            switch (rates) {
                case STAPLE -> expect();
                case ONE_COIN -> fromVotes();
            }
        }

        /** Whether the pixels of a pattern count: a coin says nothing about what nobody marked. */
        private boolean counts(MaskPatterns patterns, int pattern) {
            return rates == Rates.STAPLE || patterns.votes(pattern) > 0;
        }

        private double meanShare(MaskPatterns patterns) {
            var marked = 0L;
            var all = 0L;
            for (var k = 0; k < patterns.size(); k++) {
                if (counts(patterns, k)) {
                    marked += patterns.pixels(k) * patterns.votes(k);
                    all += patterns.pixels(k) * patterns.masks();
                }
            }
            return all == 0 ? 0 : (double) marked / all;
        }

        private void fromVotes() {
            for (var a = 0; a < assets.size(); a++) {
                for (var k = 0; k < inside.get(a).length; k++) {
                    inside.get(a)[k] =
                            (double) assets.get(a).votes(k) / assets.get(a).masks();
                }
            }
        }

        /** One M and one E step; returns the largest change of a rate. */
        double step() {
            var counts = new double[annotators.size()][4];
            for (var a = 0; a < assets.size(); a++) {
                tally(a, counts);
            }
            var change = 0.0;
            for (var j = 0; j < counts.length; j++) {
                var hits = counts[j][0];
                var object = counts[j][1];
                var rejections = counts[j][2];
                var background = counts[j][3];
                var both = object + background == 0 ? 1 : (hits + rejections) / (object + background);
                var p = rates == Rates.ONE_COIN ? both : object == 0 ? sensitivity[j] : hits / object;
                var q = rates == Rates.ONE_COIN ? both : background == 0 ? specificity[j] : rejections / background;
                change = Math.max(change, Math.max(Math.abs(p - sensitivity[j]), Math.abs(q - specificity[j])));
                sensitivity[j] = p;
                specificity[j] = q;
            }
            expect();
            return change;
        }

        private void tally(int a, double[][] counts) {
            var patterns = assets.get(a);
            var objectShare = 0.0;
            var all = 0.0;
            for (var k = 0; k < patterns.size(); k++) {
                if (!counts(patterns, k)) {
                    continue;
                }
                var object = patterns.pixels(k) * inside.get(a)[k];
                var background = patterns.pixels(k) - object;
                objectShare += object;
                all += patterns.pixels(k);
                for (var m = 0; m < patterns.masks(); m++) {
                    var count = counts[annotatorOf.get(a)[m]];
                    count[0] += patterns.marked(k, m) ? object : 0;
                    count[1] += object;
                    count[2] += patterns.marked(k, m) ? 0 : background;
                    count[3] += background;
                }
            }
            if (rates == Rates.ONE_COIN && all > 0) {
                share[a] = objectShare / all;
            }
        }

        private void expect() {
            for (var a = 0; a < assets.size(); a++) {
                var patterns = assets.get(a);
                for (var k = 0; k < patterns.size(); k++) {
                    inside.get(a)[k] = counts(patterns, k) ? posterior(a, k) : 0;
                }
            }
        }

        private double posterior(int a, int pattern) {
            var patterns = assets.get(a);
            var object = new double[patterns.masks() + 1];
            var background = new double[patterns.masks() + 1];
            for (var m = 0; m < patterns.masks(); m++) {
                var j = annotatorOf.get(a)[m];
                var marked = patterns.marked(pattern, m);
                object[m] = log(marked ? sensitivity[j] : 1 - sensitivity[j]);
                background[m] = log(marked ? 1 - specificity[j] : specificity[j]);
            }
            object[patterns.masks()] = log(share[a]);
            background[patterns.masks()] = log(1 - share[a]);
            return 1 / (1 + StrictMath.exp(Sums.sorted(background) - Sums.sorted(object)));
        }

        /** Bounded, so that one who was never wrong so far does not outvote everybody for ever. */
        private static double log(double probability) {
            return StrictMath.log(Math.clamp(probability, 1e-12, 1));
        }

        List<Mask> masks() {
            var masks = new ArrayList<Mask>();
            for (var a = 0; a < assets.size(); a++) {
                var chosen = new boolean[assets.get(a).size()];
                for (var k = 0; k < chosen.length; k++) {
                    chosen[k] = inside.get(a)[k] > 0.5;
                }
                masks.add(assets.get(a).mask(chosen));
            }
            return masks;
        }

        NavigableMap<String, Skill> skills() {
            var skills = new TreeMap<String, Skill>(IdOrder.INSTANCE);
            for (var j = 0; j < annotators.size(); j++) {
                skills.put(annotators.get(j), new Skill(sensitivity[j], specificity[j]));
            }
            return skills;
        }
    }
}
