package io.etalon.quality.truth;

import io.etalon.quality.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.IntFunction;

/**
 * How good one worker is, measured on the judgements they gave.
 *
 * <p>The consensus includes the worker's own judgements, so that with few workers a task the figure flatters; gold does
 * not have this fault.
 *
 * @param worker worker id
 * @param judgements number of judgements
 * @param tasks number of distinct tasks judged
 * @param agreed expected number of judgements that equal the truth: the sum of the consensus' probabilities of what the
 *     worker said
 * @param interval 95 % Wilson interval of {@link #agreement()}, taking the judgements as independent
 * @param modelAccuracy from a fitted model, the probability that the worker is right about a task drawn from the whole:
 *     the diagonal of the confusion matrix weighted by the class marginals; empty when no model was fitted
 */
public record AnnotatorSkill(
        String worker, int judgements, int tasks, double agreed, Interval interval, OptionalDouble modelAccuracy) {

    /** Expected share of judgements that equal the truth, 0 to 1. */
    public double agreement() {
        return agreed / judgements;
    }

    /** Skill of every worker with a judgement against any consensus, in worker order. */
    public static List<AnnotatorSkill> of(Consensus consensus) {
        return of(consensus, worker -> OptionalDouble.empty());
    }

    /** Skill of every worker with a judgement against a fitted model, in worker order. */
    public static List<AnnotatorSkill> of(DawidSkene.Fit fit) {
        var marginals = fit.classMarginals();
        return of(fit.consensus(), worker -> {
            var accuracy = 0.0;
            for (var label = 0; label < marginals.length; label++) {
                accuracy += marginals[label] * fit.errorRate(worker, label, label);
            }
            return OptionalDouble.of(accuracy);
        });
    }

    private static List<AnnotatorSkill> of(Consensus consensus, IntFunction<OptionalDouble> modelAccuracy) {
        var labels = consensus.labels();
        var workers = labels.workers().size();
        var judgements = new int[workers];
        var tasks = new int[workers];
        var agreed = new double[workers];
        for (var task = 0; task < labels.tasks().size(); task++) {
            for (var i = labels.start(task); i < labels.end(task); i++) {
                var worker = labels.workerAt(i);
                judgements[worker]++;
                tasks[worker] += i > labels.start(task) && labels.workerAt(i - 1) == worker ? 0 : 1;
                agreed[worker] += consensus.posterior(task, labels.classAt(i));
            }
        }
        var skills = new ArrayList<AnnotatorSkill>();
        for (var worker = 0; worker < workers; worker++) {
            if (judgements[worker] > 0) {
                skills.add(new AnnotatorSkill(
                        labels.workers().get(worker),
                        judgements[worker],
                        tasks[worker],
                        agreed[worker],
                        Interval.wilson(agreed[worker], judgements[worker]),
                        modelAccuracy.apply(worker)));
            }
        }
        return skills;
    }
}
