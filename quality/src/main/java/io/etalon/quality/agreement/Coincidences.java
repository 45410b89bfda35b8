package io.etalon.quality.agreement;

import io.etalon.quality.Labels;
import java.util.Arrays;

/**
 * For every judged task, how often one said c where another said k: the pairable values of
 * Krippendorff, the raw material of every agreement figure over many raters.
 *
 * <p>A worker who judged a task several times has one voice there, divided among the classes in proportion to their
 * judgements; nobody is compared with themselves. Sparse: cell {@code i} of a task holds the ordered pairs of different
 * workers whose voices are {@code (cell / classes, cell % classes)}.
 */
final class Coincidences {
    private final int classes;
    private int tasks;
    private int[] workers = new int[16];
    private int[] ends = new int[16];
    private int[] cells = new int[64];
    private double[] pairs = new double[64];
    private int size;
    /** Voices by class of each task, tasks x classes. */
    private double[] voices;

    /** Counts the tasks that {@code leastWorkers} or more judged; with one worker a task has voices but no pairs. */
    Coincidences(Labels labels, int leastWorkers) {
        this.classes = labels.classes().size();
        this.voices = new double[16 * classes];
        for (var task = 0; task < labels.tasks().size(); task++) {
            add(labels, task, leastWorkers);
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

    double voices(int task, int label) {
        return voices[task * classes + label];
    }

    int start(int task) {
        return task == 0 ? 0 : ends[task - 1];
    }

    int end(int task) {
        return ends[task];
    }

    int first(int position) {
        return cells[position] / classes;
    }

    int second(int position) {
        return cells[position] % classes;
    }

    /** Weight of ordered pairs at a position; over a task of m workers they sum to m (m - 1). */
    double pairs(int position) {
        return pairs[position];
    }

    private void add(Labels labels, int task, int leastWorkers) {
        var all = new double[classes];
        var own = new double[classes * classes];
        var distinct = 0;
        for (var from = labels.start(task); from < labels.end(task); ) {
            var to = Voice.end(labels, task, from);
            var share = 1.0 / (to - from);
            for (var i = from; i < to; i++) {
                all[labels.classAt(i)] += share;
                for (var j = from; j < to; j++) {
                    own[labels.classAt(i) * classes + labels.classAt(j)] += share * share;
                }
            }
            distinct++;
            from = to;
        }
        if (distinct < leastWorkers) {
            return;
        }
        reserve();
        workers[tasks] = distinct;
        System.arraycopy(all, 0, voices, tasks * classes, classes);
        for (var first = 0; first < classes; first++) {
            for (var second = 0; second < classes; second++) {
                append(first * classes + second, all[first] * all[second] - own[first * classes + second]);
            }
        }
        ends[tasks++] = size;
    }

    private void append(int cell, double weight) {
        // What rounding leaves of a difference of equals is no pair.
        if (weight < 1e-12) {
            return;
        }
        if (size == cells.length) {
            cells = Arrays.copyOf(cells, size * 2);
            pairs = Arrays.copyOf(pairs, size * 2);
        }
        cells[size] = cell;
        pairs[size++] = weight;
    }

    private void reserve() {
        if (tasks == workers.length) {
            workers = Arrays.copyOf(workers, tasks * 2);
            ends = Arrays.copyOf(ends, tasks * 2);
            voices = Arrays.copyOf(voices, Math.multiplyExact(tasks * 2, classes));
        }
    }
}
