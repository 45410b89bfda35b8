package io.etalon.quality.truth;

import io.etalon.quality.Labels;
import io.etalon.quality.SpecialFunctions;
import java.util.Arrays;

/**
 * The mean field of {@link Ebcc}: for every task the probability of each (class, group), with the Dirichlet parameters
 * it implies for classes, groups within a class, and what a worker says of a (class, group).
 */
final class EbccField {
    /** Prior mass of a class' groups together: sparse, so that groups without use die out. */
    private static final double GROUP_PRIOR = 0.1;

    private static final double RELATIVE = 1e-5;
    private static final double LEAST_PRIOR = 1e-3;

    private final Ebcc model;
    private final Labels labels;
    private final int classes;
    private final int groups;
    private final int states;
    /** Tasks x states; state = class * groups + group. */
    private final double[] field;

    private double[] posteriors;
    /** Prior count of each class: its mass in the vote shares, as in the authors' experiments. */
    private final double[] classPrior;

    private final double[] classCounts;
    private final double[] classLogs;
    private final double[] groupCounts;
    private final double[] groupLogs;
    /** (worker, said, state). */
    private final double[] saidCounts;

    private final double[] saidLogs;

    EbccField(Ebcc model, Labels labels, double[] groupShares) {
        this.model = model;
        this.labels = labels;
        this.classes = labels.classes().size();
        this.groups = model.groups();
        this.states = classes * groups;
        this.posteriors = MajorityVote.shares(labels);
        this.field = new double[Math.multiplyExact(labels.tasks().size(), states)];
        for (var i = 0; i < field.length; i++) {
            var task = i / states;
            field[i] = posteriors[i / groups] * groupShares[task * groups + i % groups];
        }
        this.classPrior = TaskScores.columnSums(posteriors, classes);
        for (var label = 0; label < classes; label++) {
            // A class without a vote keeps a prior that the gamma function can bear.
            classPrior[label] = Math.max(LEAST_PRIOR, classPrior[label]);
        }
        this.classCounts = new double[classes];
        this.classLogs = new double[classes];
        this.groupCounts = new double[states];
        this.groupLogs = new double[states];
        this.saidCounts = new double[Math.multiplyExact(labels.workers().size(), classes * states)];
        this.saidLogs = new double[saidCounts.length];
    }

    double[] posteriors() {
        return posteriors;
    }

    /** One round of updates; true when no class probability moved by more than the tolerance. */
    boolean update(double tolerance) {
        count();
        takeLogs();
        expect();
        var next = new double[posteriors.length];
        for (var i = 0; i < field.length; i++) {
            next[i / groups] += field[i];
        }
        var converged = TaskScores.close(posteriors, next, tolerance, RELATIVE);
        posteriors = next;
        return converged;
    }

    private void count() {
        System.arraycopy(classPrior, 0, classCounts, 0, classes);
        Arrays.fill(groupCounts, GROUP_PRIOR / groups);
        for (var i = 0; i < saidCounts.length; i++) {
            saidCounts[i] = i / states % classes == i % states / groups ? model.diagonal() : model.offDiagonal();
        }
        for (var i = 0; i < posteriors.length; i++) {
            classCounts[i % classes] += posteriors[i];
        }
        for (var i = 0; i < field.length; i++) {
            groupCounts[i % states] += field[i];
        }
        for (var task = 0; task < labels.tasks().size(); task++) {
            var row = task * states;
            for (var i = labels.start(task); i < labels.end(task); i++) {
                var cell = cell(i);
                for (var state = 0; state < states; state++) {
                    saidCounts[cell + state] += field[row + state];
                }
            }
        }
    }

    private int cell(int position) {
        return (labels.workerAt(position) * classes + labels.classAt(position)) * states;
    }

    private void takeLogs() {
        toLogs(classCounts, classLogs, 0, 1, classes);
        for (var label = 0; label < classes; label++) {
            toLogs(groupCounts, groupLogs, label * groups, 1, groups);
        }
        for (var worker = 0; worker < labels.workers().size(); worker++) {
            for (var state = 0; state < states; state++) {
                toLogs(saidCounts, saidLogs, worker * classes * states + state, states, classes);
            }
        }
    }

    /** Expected logarithms under a Dirichlet distribution whose parameters stand {@code step} apart. */
    private static void toLogs(double[] counts, double[] logs, int first, int step, int count) {
        var sum = 0.0;
        for (var i = 0; i < count; i++) {
            sum += counts[first + i * step];
        }
        var total = SpecialFunctions.digamma(sum);
        for (var i = 0; i < count; i++) {
            logs[first + i * step] = SpecialFunctions.digamma(counts[first + i * step]) - total;
        }
    }

    private void expect() {
        for (var task = 0; task < labels.tasks().size(); task++) {
            var row = task * states;
            for (var state = 0; state < states; state++) {
                field[row + state] = classLogs[state / groups] + groupLogs[state];
            }
            for (var i = labels.start(task); i < labels.end(task); i++) {
                var cell = cell(i);
                for (var state = 0; state < states; state++) {
                    field[row + state] += saidLogs[cell + state];
                }
            }
            SpecialFunctions.softmax(field, row, states);
        }
    }

    /** The authors' bound: terms of the counts before the last update, entropy of the field after it. */
    double lowerBound() {
        var bound = dirichletTerms(classCounts, 0, 1, classes);
        for (var label = 0; label < classes; label++) {
            bound += dirichletTerms(groupCounts, label * groups, 1, groups);
        }
        for (var worker = 0; worker < labels.workers().size(); worker++) {
            for (var state = 0; state < states; state++) {
                bound += dirichletTerms(saidCounts, worker * classes * states + state, states, classes);
            }
        }
        for (var probability : field) {
            bound -= probability > 0 ? probability * StrictMath.log(probability) : 0;
        }
        return bound;
    }

    /**
     * Expected log density of the counts plus the entropy of a Dirichlet distribution: the digamma terms cancel and the
     * logarithm of its normaliser is left.
     */
    private static double dirichletTerms(double[] counts, int first, int step, int count) {
        var terms = 0.0;
        var sum = 0.0;
        for (var i = 0; i < count; i++) {
            var cell = first + i * step;
            terms += SpecialFunctions.logGamma(counts[cell]);
            sum += counts[cell];
        }
        return terms - SpecialFunctions.logGamma(sum);
    }
}
