package io.etalon.ranking.judge;

import io.etalon.quality.Interval;
import io.etalon.ranking.judge.ClusteredMean.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;

/**
 * The calibration sheet of a judge: what must be read before its verdicts are. Clusters count in every error.
 *
 * @param verdicts number of comparisons that people and the judge both saw
 * @param agreement share of verdicts equal to the human vote, ties being one class
 * @param agreementDecided the same where neither said tie
 * @param kappa Cohen's kappa over the three classes; empty when one class is all there is
 * @param positionFlip share of verdicts that change with the order of the answers
 * @param longerByJudge win rate that the judge gives the longer answer, less that which people give it: its length bias
 * @param models for each model, the judge's win rate less people's on the same comparisons, by id; for the judge's own family it
 *     is the self-preference, together with whatever makes the judge more extreme than people
 * @param curve stated confidence against agreement, in ten bins; empty bins left out
 * @param calibrationError mean distance of confidence and agreement over the curve, by weight; empty without confidences
 */
public record JudgeSheet(
        int verdicts,
        ClusteredMean agreement,
        Optional<ClusteredMean> agreementDecided,
        Optional<Double> kappa,
        Optional<ClusteredMean> positionFlip,
        Optional<ClusteredMean> longerByJudge,
        List<Lean> models,
        List<Bin> curve,
        Optional<Double> calibrationError) {
    private static final int BINS = 10;
    private static final int CLASSES = 3;

    public JudgeSheet {
        models = List.copyOf(models);
        curve = List.copyOf(curve);
    }

    /** How much better the judge thinks of a model than people do. */
    public record Lean(String model, double byJudge, double byPeople, ClusteredMean difference) {}

    /** Verdicts of about the same stated confidence. */
    public record Bin(double confidence, double agreement, Interval interval, int verdicts) {}

    /**
     * The sheet of these verdicts.
     *
     * @throws IllegalArgumentException when they are of fewer than two clusters
     */
    public static JudgeSheet of(List<Verdict> verdicts) {
        var curve = curve(verdicts);
        return new JudgeSheet(
                verdicts.size(),
                ClusteredMean.of(values(verdicts, v -> agrees(v) ? 1 : 0)),
                mean(verdicts.stream().filter(v -> decided(v)).toList(), v -> agrees(v) ? 1 : 0),
                kappa(verdicts),
                mean(
                        verdicts.stream().filter(v -> v.swapped().isPresent()).toList(),
                        v -> Verdict.score(v.judge())
                                        == Verdict.score(v.swapped().orElseThrow())
                                ? 0
                                : 1),
                mean(
                        verdicts.stream()
                                .filter(v -> v.lengthDifference().orElse(0) != 0)
                                .toList(),
                        v -> Math.signum(v.lengthDifference().orElseThrow())
                                * (Verdict.score(v.judge()) - v.humanScore())),
                leans(verdicts),
                curve,
                calibrationError(curve));
    }

    private static boolean agrees(Verdict verdict) {
        return Verdict.score(verdict.judge()) == Verdict.score(verdict.human());
    }

    private static boolean decided(Verdict verdict) {
        return Verdict.score(verdict.judge()) != .5 && Verdict.score(verdict.human()) != .5;
    }

    private static List<Value> values(List<Verdict> verdicts, ToDoubleFunction<Verdict> of) {
        return verdicts.stream()
                .map(v -> new Value(v.cluster(), of.applyAsDouble(v)))
                .toList();
    }

    private static Optional<ClusteredMean> mean(List<Verdict> verdicts, ToDoubleFunction<Verdict> of) {
        var clusters = new HashSet<String>();
        verdicts.forEach(v -> clusters.add(v.cluster()));
        return clusters.size() < 2 ? Optional.empty() : Optional.of(ClusteredMean.of(values(verdicts, of)));
    }

    private static Optional<Double> kappa(List<Verdict> verdicts) {
        var table = new double[CLASSES][CLASSES];
        verdicts.forEach(v -> table[(int) (2 * Verdict.score(v.judge()))][(int) (2 * Verdict.score(v.human()))]++);
        var observed = 0.0;
        var chance = 0.0;
        for (var c = 0; c < CLASSES; c++) {
            var judge = 0.0;
            var human = 0.0;
            for (var k = 0; k < CLASSES; k++) {
                judge += table[c][k];
                human += table[k][c];
            }
            observed += table[c][c] / verdicts.size();
            chance += judge * human / ((double) verdicts.size() * verdicts.size());
        }
        return chance < 1 - 1e-12 ? Optional.of((observed - chance) / (1 - chance)) : Optional.empty();
    }

    private static List<Lean> leans(List<Verdict> verdicts) {
        var names = new TreeSet<String>();
        verdicts.forEach(v -> {
            names.add(v.modelA());
            names.add(v.modelB());
        });
        var leans = new ArrayList<Lean>();
        for (var model : names) {
            var own = verdicts.stream()
                    .filter(v -> v.modelA().equals(model) || v.modelB().equals(model))
                    .toList();
            ToDoubleFunction<Verdict> judge = v -> side(v, model, Verdict.score(v.judge()));
            ToDoubleFunction<Verdict> people = v -> side(v, model, v.humanScore());
            mean(own, v -> judge.applyAsDouble(v) - people.applyAsDouble(v))
                    .ifPresent(difference -> leans.add(new Lean(
                            model,
                            own.stream().mapToDouble(judge).average().orElse(0),
                            own.stream().mapToDouble(people).average().orElse(0),
                            difference)));
        }
        return leans;
    }

    private static double side(Verdict verdict, String model, double scoreOfA) {
        return verdict.modelA().equals(model) ? scoreOfA : 1 - scoreOfA;
    }

    private static List<Bin> curve(List<Verdict> verdicts) {
        var bins = new ArrayList<Bin>();
        for (var bin = 0; bin < BINS; bin++) {
            var low = (double) bin / BINS;
            var high = bin + 1 == BINS ? 1.1 : (bin + 1.0) / BINS;
            var inside = verdicts.stream()
                    .filter(v ->
                            v.confidence().orElse(-1) >= low && v.confidence().orElse(-1) < high)
                    .toList();
            if (!inside.isEmpty()) {
                var right = inside.stream().filter(JudgeSheet::agrees).count();
                bins.add(new Bin(
                        inside.stream()
                                .mapToDouble(v -> v.confidence().orElseThrow())
                                .average()
                                .orElseThrow(),
                        (double) right / inside.size(),
                        Interval.wilson(right, inside.size()),
                        inside.size()));
            }
        }
        return bins;
    }

    private static Optional<Double> calibrationError(List<Bin> curve) {
        var total = curve.stream().mapToInt(Bin::verdicts).sum();
        return total == 0
                ? Optional.empty()
                : Optional.of(curve.stream()
                        .mapToDouble(bin -> Math.abs(bin.confidence - bin.agreement) * bin.verdicts / total)
                        .sum());
    }
}
