package io.etalon.quality.choice;

import io.etalon.quality.Bootstrap;
import io.etalon.quality.Estimate;
import io.etalon.quality.Interval;
import io.etalon.quality.Labels;
import io.etalon.quality.choice.CalibratedTruth.Candidate;
import io.etalon.quality.truth.Consensus;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Lets gold choose the method and set the confidence right.
 *
 * <p>No method is best everywhere; with fifty gold tasks the choice by accuracy beats every single method, while the
 * likelihood of held-out judgements is no guide. Each candidate is fitted once on all judgements and never sees gold, so
 * that gold decides only which one and at what temperature. Both decisions are repeated without each fold of gold to
 * score that fold: the accuracy and the calibration error reported are of the whole procedure, not of its luck. Where the
 * temperature does not lower the log loss of the folds held out, or raises their calibration error, confidences stay as
 * they are, which the reason says; the one bit of that decision is all that the reported error is chosen by. Equal
 * accuracies are decided by log loss after the temperature, then by the order of the candidates.
 *
 * <p>Costs the fits of the candidates and O(gold x classes) for each fold and step of the temperature.
 *
 * @param candidates methods to choose among, the first being the one to use without enough gold
 * @param minimumGold judged gold tasks below which there is no choice, only a temperature
 * @param folds folds of gold; fewer when there are fewer tasks
 * @param bootstrap resampling of gold tasks for the interval of the accuracy; its seed also deals the folds
 */
public record AutoTruth(List<TruthMethod> candidates, int minimumGold, int folds, Bootstrap bootstrap) {
    private static final long DEFAULT_SEED = 20;

    public AutoTruth {
        candidates = List.copyOf(candidates);
        if (candidates.isEmpty() || candidates.contains(TruthMethod.AUTO)) {
            throw new IllegalArgumentException("needs candidates other than auto, got " + candidates);
        }
        if (folds < 2 || minimumGold < 1) {
            throw new IllegalArgumentException(
                    "needs two folds and a gold task at least, got " + folds + " and " + minimumGold);
        }
    }

    /** The six methods that together beat each alone on fifteen real sets; twenty gold tasks, ten folds. */
    public static AutoTruth standard() {
        return new AutoTruth(
                List.of(
                        TruthMethod.HIERARCHICAL,
                        TruthMethod.DAWID_SKENE_MAP,
                        TruthMethod.BAYESIAN_AVERAGE,
                        TruthMethod.WAWA,
                        TruthMethod.ONE_COIN,
                        TruthMethod.MAJORITY),
                20,
                10,
                Bootstrap.seeded(DEFAULT_SEED));
    }

    /** The same procedure over other methods. */
    public AutoTruth withCandidates(List<TruthMethod> methods) {
        return new AutoTruth(methods, minimumGold, folds, bootstrap);
    }

    /**
     * Chooses, calibrates and estimates.
     *
     * @param gold task id to class id; may be empty
     * @throws IllegalArgumentException when there is no judgement
     */
    public CalibratedTruth fit(Labels labels, Map<String, String> gold) {
        labels.requireJudgements();
        var tasks = GoldTasks.of(labels, gold);
        if (tasks.size() == 0) {
            return withoutGold(labels, gold.size());
        }
        var fits = new EnumMap<TruthMethod, Consensus>(TruthMethod.class);
        candidates.forEach(method -> fits.computeIfAbsent(method, m -> m.evidence(labels)));
        var ranked = rank(fits, tasks);
        var chosen = choose(ranked, tasks);
        var heldOut = crossFit(fits, tasks);
        var calibrates = heldOut.calibrates();
        var temperature = calibrates ? new Temperature(chosen.temperature()) : Temperature.NONE;
        var consensus = fit(fits, chosen.method());
        return new CalibratedTruth(
                chosen.method(),
                calibrates ? temperature.apply(consensus) : consensus,
                temperature,
                Optional.of(accuracy(heldOut.scores)),
                Optional.of(calibrates ? heldOut.tempered() : heldOut.raw()),
                ranked,
                reason(ranked, chosen, tasks) + calibration(chosen, heldOut));
    }

    /** Gold as seen by methods and temperatures that were chosen without it. */
    private static final class HeldOut {
        final double[] scores;
        final double[] confidences;
        final double[] rawConfidences;
        double loss;
        double rawLoss;

        HeldOut(int tasks) {
            scores = new double[tasks];
            confidences = new double[tasks];
            rawConfidences = new double[tasks];
        }

        Reliability tempered() {
            return Reliability.of(confidences, scores);
        }

        Reliability raw() {
            return Reliability.of(rawConfidences, scores);
        }

        /** Whether a temperature serves tasks that it was not fitted to. */
        boolean calibrates() {
            return loss < rawLoss && tempered().error() <= raw().error();
        }
    }

    private CalibratedTruth withoutGold(Labels labels, int unjudged) {
        var method = candidates.getFirst();
        var why = unjudged == 0 ? "There is no gold" : "None of the " + unjudged + " gold tasks carries a judgement";
        return new CalibratedTruth(
                method,
                method.fit(labels),
                Temperature.NONE,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                why + ", so " + method.word() + " is used"
                        + (candidates.size() > 1 ? ", the best on average" : "")
                        + "; its confidence is uncalibrated and as a rule too high.");
    }

    /** The candidates as this gold sees them, best first. */
    List<Candidate> rank(Map<TruthMethod, Consensus> fits, GoldTasks gold) {
        var result = new ArrayList<Candidate>();
        for (var method : candidates) {
            var consensus = fit(fits, method);
            var score = 0.0;
            for (var i = 0; i < gold.size(); i++) {
                score += gold.score(consensus, i);
            }
            var temperature = Temperature.fit(consensus, gold);
            result.add(new Candidate(
                    method, score / gold.size(), temperature.loss(consensus, gold) / gold.size(), temperature.value()));
        }
        // Sums of 1/m differ in the last bits by order alone: nine digits decide, then the log loss, then the list.
        result.sort(Comparator.comparingLong((Candidate candidate) -> -Math.round(candidate.accuracy() * 1e9))
                .thenComparingDouble(Candidate::logLoss));
        return result;
    }

    private Candidate choose(List<Candidate> ranked, GoldTasks gold) {
        var first = ranked.getFirst();
        if (gold.size() >= minimumGold) {
            return first;
        }
        return ranked.stream()
                .filter(candidate -> candidate.method() == candidates.getFirst())
                .findFirst()
                .orElse(first);
    }

    private HeldOut crossFit(Map<TruthMethod, Consensus> fits, GoldTasks gold) {
        var result = new HeldOut(gold.size());
        var count = Math.min(folds, gold.size());
        var foldOf = gold.folds(count, bootstrap.seed());
        for (var fold = 0; fold < count; fold++) {
            var rest = gold.part(foldOf, fold, false);
            var method = rest.size() == 0
                    ? candidates.getFirst()
                    : choose(rank(fits, rest), rest).method();
            var consensus = fit(fits, method);
            var temperature = Temperature.fit(consensus, rest);
            var own = gold.part(foldOf, fold, true);
            result.loss += temperature.loss(consensus, own);
            result.rawLoss += Temperature.NONE.loss(consensus, own);
            for (var i = 0; i < gold.size(); i++) {
                if (foldOf[i] == fold) {
                    result.scores[i] = gold.score(consensus, i);
                    result.confidences[i] = temperature.confidence(consensus, gold.task(i));
                    result.rawConfidences[i] = consensus.confidence(gold.task(i));
                }
            }
        }
        return result;
    }

    /** The bootstrap knows no doubt where all tasks score alike; there the score interval of Wilson stands in. */
    private Estimate accuracy(double[] scores) {
        var estimate = bootstrap
                .estimate(scores.length, drawn -> {
                    var right = 0.0;
                    for (var i = 0; i < scores.length; i++) {
                        right += drawn[i] * scores[i];
                    }
                    return OptionalDouble.of(right / scores.length);
                })
                .orElseThrow();
        if (estimate.interval().low() < estimate.interval().high()) {
            return estimate;
        }
        var wilson = Interval.wilson(Math.min(scores.length, estimate.value() * scores.length), scores.length);
        return new Estimate(estimate.value(), wilson, estimate.units(), estimate.undefined());
    }

    private String reason(List<Candidate> ranked, Candidate chosen, GoldTasks gold) {
        var tasks = gold.size() + (gold.size() == 1 ? " gold task" : " gold tasks");
        if (candidates.size() == 1) {
            return String.format(
                    Locale.ROOT,
                    "%s was asked for; it is right on %.1f %% of %s.",
                    chosen.method().word(),
                    100 * chosen.accuracy(),
                    tasks);
        }
        if (gold.size() < minimumGold) {
            return String.format(
                    Locale.ROOT,
                    "%s is too little to choose by (%d are needed), so %s is used, the best on average.",
                    tasks,
                    minimumGold,
                    chosen.method().word());
        }
        var next = ranked.get(1);
        var equal = Math.abs(chosen.accuracy() - next.accuracy()) < 1e-9;
        return String.format(
                Locale.ROOT,
                equal
                        ? "%s is right on %.1f %% of %s, the most of %d methods and with less doubt than %s (%.1f %%)."
                        : "%s is right on %.1f %% of %s, the most of %d methods (next: %s, %.1f %%).",
                chosen.method().word(),
                100 * chosen.accuracy(),
                tasks,
                ranked.size(),
                next.method().word(),
                100 * next.accuracy());
    }

    private static String calibration(Candidate chosen, HeldOut heldOut) {
        if (heldOut.calibrates()) {
            return String.format(
                    Locale.ROOT, " Its confidence is calibrated on them with temperature %.2f.", chosen.temperature());
        }
        return String.format(
                Locale.ROOT,
                " Its confidence stays as it is: a temperature (%.2f) does not help gold tasks held out"
                        + " (calibration error %.3f with it, %.3f without).",
                chosen.temperature(),
                heldOut.tempered().error(),
                heldOut.raw().error());
    }

    private static Consensus fit(Map<TruthMethod, Consensus> fits, TruthMethod method) {
        var consensus = fits.get(method);
        if (consensus == null) {
            throw new IllegalStateException(method + " was not fitted");
        }
        return consensus;
    }
}
