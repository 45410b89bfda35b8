package io.etalon.quality.agreement;

import io.etalon.quality.Labels;
import java.util.Arrays;

/**
 * The voices of one task, counted; reused from task to task. A worker who judged the task several times has one voice
 * there, divided among the classes in proportion to their judgements; nobody is compared with themselves.
 */
final class Tally {
    private final Labels labels;
    private final double[] voices;
    private final int[] seen;
    private int distinct;
    private int workers;
    private boolean repeats;
    private int task;

    Tally(Labels labels) {
        this.labels = labels;
        this.voices = new double[labels.classes().size()];
        this.seen = new int[voices.length];
    }

    /** Counts a task anew, in O(judgements of the task). */
    void count(int newTask) {
        for (var i = 0; i < distinct; i++) {
            voices[seen[i]] = 0;
        }
        task = newTask;
        distinct = 0;
        workers = 0;
        repeats = false;
        var end = labels.end(task);
        var last = -1;
        for (var i = labels.start(task); i < end; i++) {
            var worker = labels.workerAt(i);
            repeats |= worker == last;
            workers += worker == last ? 0 : 1;
            last = worker;
            add(labels.classAt(i), 1);
        }
        if (repeats) {
            divide();
        }
    }

    private void divide() {
        for (var i = 0; i < distinct; i++) {
            voices[seen[i]] = 0;
        }
        distinct = 0;
        for (var from = labels.start(task); from < labels.end(task); ) {
            var to = Voice.end(labels, task, from);
            for (var i = from; i < to; i++) {
                add(labels.classAt(i), 1.0 / (to - from));
            }
            from = to;
        }
    }

    private void add(int label, double voice) {
        if (voices[label] == 0) {
            seen[distinct++] = label;
        }
        voices[label] += voice;
    }

    /** Number of different workers. */
    int workers() {
        return workers;
    }

    /** Number of different classes. */
    int distinct() {
        return distinct;
    }

    /** The i-th class that occurs; the order has no meaning. */
    int label(int i) {
        return seen[i];
    }

    /** The classes that occur, in order. */
    int[] sortedLabels() {
        var labelsSeen = Arrays.copyOf(seen, distinct);
        Arrays.sort(labelsSeen);
        return labelsSeen;
    }

    /** Whether a worker judged the task more than once. */
    boolean repeats() {
        return repeats;
    }

    double voices(int label) {
        return voices[label];
    }

    /** Weight of the ordered pairs of different workers whose voices are c and k; over all c and k m (m - 1). */
    double pairs(int c, int k) {
        return voices[c] * voices[k] - (repeats ? own(c, k) : c == k ? voices[c] : 0);
    }

    /** The same in which people are paired with themselves. */
    private double own(int c, int k) {
        var sum = 0.0;
        for (var from = labels.start(task); from < labels.end(task); ) {
            var to = Voice.end(labels, task, from);
            var saidC = 0;
            var saidK = 0;
            for (var i = from; i < to; i++) {
                saidC += labels.classAt(i) == c ? 1 : 0;
                saidK += labels.classAt(i) == k ? 1 : 0;
            }
            sum += (double) saidC * saidK / ((double) (to - from) * (to - from));
            from = to;
        }
        return sum;
    }
}
