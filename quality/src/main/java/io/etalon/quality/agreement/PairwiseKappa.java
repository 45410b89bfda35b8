package io.etalon.quality.agreement;

import io.etalon.quality.Labels;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Cohen's kappa, chance being the product of the two workers' own class shares (J. Cohen, "A coefficient of agreement
 * for nominal scales", Educational and Psychological Measurement 20, 1960; with weights: "Weighted kappa",
 * Psychological Bulletin 70, 1968). For more than two workers the mean over the pairs for which it exists, each pair
 * counting by its common tasks: Light's kappa (Psychological Bulletin 76, 1971) where all judged everything.
 */
final class PairwiseKappa implements TaskStatistic {
    private static final int MOST_CELLS = 1 << 25;

    private final int classes;
    private final int pairs;
    private final Weighting.Weights weights;
    private int tasks;
    /** For each common judgement of two workers: task-wise runs of pair, left class, right class and weight. */
    private int[] ends = new int[16];

    private int[] pair = new int[64];
    private int[] left = new int[64];
    private int[] right = new int[64];
    private double[] weight = new double[64];
    private int size;

    PairwiseKappa(Labels labels, Weighting.Weights weights) {
        this.classes = labels.classes().size();
        this.weights = weights;
        var numbers = new HashMap<Long, Integer>();
        for (var task = 0; task < labels.tasks().size(); task++) {
            var before = size;
            addTask(labels, task, numbers);
            if (size > before) {
                ends = tasks == ends.length ? Arrays.copyOf(ends, tasks * 2) : ends;
                ends[tasks++] = size;
            }
        }
        this.pairs = numbers.size();
        if ((long) pairs * classes > MOST_CELLS) {
            throw new IllegalArgumentException(pairs + " pairs of workers with " + classes
                    + " classes are too many for Cohen's kappa; use krippendorff");
        }
    }

    private void addTask(Labels labels, int task, Map<Long, Integer> numbers) {
        for (var from = labels.start(task); from < labels.end(task); from = Voice.end(labels, task, from)) {
            var to = Voice.end(labels, task, from);
            for (var other = to; other < labels.end(task); other = Voice.end(labels, task, other)) {
                var otherTo = Voice.end(labels, task, other);
                var key = (long) labels.workerAt(from) * labels.workers().size() + labels.workerAt(other);
                var next = numbers.size();
                var known = numbers.putIfAbsent(key, next);
                var share = 1.0 / ((double) (to - from) * (otherTo - other));
                for (var i = from; i < to; i++) {
                    for (var j = other; j < otherTo; j++) {
                        append(known == null ? next : known, labels.classAt(i), labels.classAt(j), share);
                    }
                }
            }
        }
    }

    private void append(int number, int leftClass, int rightClass, double share) {
        if (size == pair.length) {
            var capacity = Math.multiplyExact(size, 2);
            pair = Arrays.copyOf(pair, capacity);
            left = Arrays.copyOf(left, capacity);
            right = Arrays.copyOf(right, capacity);
            weight = Arrays.copyOf(weight, capacity);
        }
        pair[size] = number;
        left[size] = leftClass;
        right[size] = rightClass;
        weight[size++] = share;
    }

    @Override
    public int tasks() {
        return tasks;
    }

    /** O(common judgements + pairs x classes^2), and without weights O(common judgements + pairs x classes). */
    @Override
    public OptionalDouble of(int[] drawn) {
        var common = new double[pairs];
        var observed = new double[pairs];
        var leftSums = new double[pairs * classes];
        var rightSums = new double[pairs * classes];
        for (var task = 0; task < tasks; task++) {
            for (var i = task == 0 ? 0 : ends[task - 1]; drawn[task] > 0 && i < ends[task]; i++) {
                var mass = drawn[task] * weight[i];
                common[pair[i]] += mass;
                observed[pair[i]] += mass * weights.between().of(left[i], right[i]);
                leftSums[pair[i] * classes + left[i]] += mass;
                rightSums[pair[i] * classes + right[i]] += mass;
            }
        }
        var sum = 0.0;
        var total = 0.0;
        for (var number = 0; number < pairs; number++) {
            var kappa = kappa(
                    common[number],
                    observed[number],
                    Arrays.copyOfRange(leftSums, number * classes, (number + 1) * classes),
                    Arrays.copyOfRange(rightSums, number * classes, (number + 1) * classes));
            if (kappa.isPresent()) {
                sum += common[number] * kappa.getAsDouble();
                total += common[number];
            }
        }
        return total > 0 ? OptionalDouble.of(sum / total) : OptionalDouble.empty();
    }

    private OptionalDouble kappa(double common, double observed, double[] leftShares, double[] rightShares) {
        if (common == 0) {
            return OptionalDouble.empty();
        }
        for (var label = 0; label < classes; label++) {
            leftShares[label] /= common;
            rightShares[label] /= common;
        }
        return TaskStatistic.beyondChance(observed / common, weights.ofShares(leftShares, rightShares));
    }
}
