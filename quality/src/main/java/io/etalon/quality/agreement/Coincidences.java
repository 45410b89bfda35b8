package io.etalon.quality.agreement;

import io.etalon.quality.Labels;
import java.util.Arrays;

/**
 * For every judged task the voices of each class, and how often one said c where another said k: the pairable values of
 * Krippendorff, the raw material of every figure over many raters. Sparse, 12 bytes a voice and 16 a cell; a task of m
 * workers has at most m voices and m (m + 1) / 2 cells, so that a bootstrap replicate never looks at a judgement again.
 */
final class Coincidences {
    private final int classes;
    private int tasks;
    private int[] workers = new int[16];
    private int[] voiceEnds = new int[16];
    private int[] voiceClass = new int[64];
    private double[] voice = new double[64];
    private int[] cellEnds = new int[16];
    private int[] first = new int[64];
    private int[] second = new int[64];
    private double[] pairs = new double[64];
    private int voiceCount;
    private int cellCount;

    /** Counts the tasks that {@code leastWorkers} or more judged; with one worker a task has voices but no pairs. */
    Coincidences(Labels labels, int leastWorkers) {
        this.classes = labels.classes().size();
        var tally = new Tally(labels);
        for (var task = 0; task < labels.tasks().size(); task++) {
            tally.count(task);
            if (tally.workers() >= leastWorkers) {
                add(tally);
            }
        }
    }

    /** Number of tasks counted. */
    int tasks() {
        return tasks;
    }

    int classes() {
        return classes;
    }

    /** Number of different workers on a task. */
    int workers(int task) {
        return workers[task];
    }

    /** Adds the voices of a task to sums by class, times a factor. */
    void addVoices(int task, double factor, double[] sums) {
        for (var i = task == 0 ? 0 : voiceEnds[task - 1]; i < voiceEnds[task]; i++) {
            sums[voiceClass[i]] += factor * voice[i];
        }
    }

    int start(int task) {
        return task == 0 ? 0 : cellEnds[task - 1];
    }

    int end(int task) {
        return cellEnds[task];
    }

    int first(int position) {
        return first[position];
    }

    int second(int position) {
        return second[position];
    }

    /** Weight of the pairs of a cell in either order; over a task of m workers they sum to m (m - 1). */
    double pairs(int position) {
        return pairs[position];
    }

    /** Share of the pairs of workers on each task that agree, near agreement as weighted; 0 where there is no pair. */
    double[] agreements(Weighting.Weights weights) {
        var agreement = new double[tasks];
        for (var task = 0; task < tasks; task++) {
            for (var i = start(task); i < end(task); i++) {
                agreement[task] += pairs[i] * weights.between().of(first[i], second[i]);
            }
            agreement[task] /= Math.max(1.0, (double) workers[task] * (workers[task] - 1));
        }
        return agreement;
    }

    private void add(Tally tally) {
        reserve(tally.distinct());
        workers[tasks] = tally.workers();
        var order = new int[tally.distinct()];
        Arrays.setAll(order, tally::label);
        // Sums run in class order, so that the order of workers leaves no trace in the last bit.
        Arrays.sort(order);
        for (var i = 0; i < order.length; i++) {
            voiceClass[voiceCount] = order[i];
            voice[voiceCount++] = tally.voices(order[i]);
            for (var j = i; j < order.length; j++) {
                var weight = tally.pairs(order[i], order[j]) * (i == j ? 1 : 2);
                // What rounding leaves of a difference of equals is no pair.
                if (weight > 1e-12) {
                    first[cellCount] = order[i];
                    second[cellCount] = order[j];
                    pairs[cellCount++] = weight;
                }
            }
        }
        voiceEnds[tasks] = voiceCount;
        cellEnds[tasks++] = cellCount;
    }

    private void reserve(int distinct) {
        if (tasks == workers.length) {
            workers = Arrays.copyOf(workers, tasks * 2);
            voiceEnds = Arrays.copyOf(voiceEnds, tasks * 2);
            cellEnds = Arrays.copyOf(cellEnds, tasks * 2);
        }
        if (voiceCount + distinct > voice.length) {
            var capacity = Math.max(voiceCount + distinct, voice.length * 2);
            voiceClass = Arrays.copyOf(voiceClass, capacity);
            voice = Arrays.copyOf(voice, capacity);
        }
        var cells = Math.addExact(cellCount, Math.multiplyExact(distinct, distinct + 1) / 2);
        if (cells > pairs.length) {
            var capacity = Math.max(cells, pairs.length * 2);
            first = Arrays.copyOf(first, capacity);
            second = Arrays.copyOf(second, capacity);
            pairs = Arrays.copyOf(pairs, capacity);
        }
    }
}
