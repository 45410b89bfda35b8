package io.etalon.quality.agreement;

import io.etalon.quality.Labels;
import java.util.List;
import java.util.OptionalDouble;

/** Raw agreement between every two workers, and the number of tasks it rests on; symmetric, O(workers^2) memory. */
public final class AgreementMatrix {
    private static final int MOST_WORKERS = 8192;

    private final List<String> workers;
    private final double[] agreed;
    private final int[] common;

    /**
     * Counts all pairs.
     *
     * @throws IllegalArgumentException for more than 8,192 workers: a matrix that nobody reads
     */
    AgreementMatrix(Labels labels) {
        this.workers = labels.workers();
        if (workers.size() > MOST_WORKERS) {
            throw new IllegalArgumentException(
                    workers.size() + " workers are too many for a matrix; at most " + MOST_WORKERS);
        }
        this.agreed = new double[workers.size() * workers.size()];
        this.common = new int[workers.size() * workers.size()];
        for (var task = 0; task < labels.tasks().size(); task++) {
            for (var from = labels.start(task); from < labels.end(task); from = Voice.end(labels, task, from)) {
                var to = Voice.end(labels, task, from);
                for (var other = to; other < labels.end(task); other = Voice.end(labels, task, other)) {
                    add(labels, from, to, other, Voice.end(labels, task, other));
                }
            }
        }
    }

    private void add(Labels labels, int from, int to, int otherFrom, int otherTo) {
        var equal = 0;
        for (var i = from; i < to; i++) {
            for (var j = otherFrom; j < otherTo; j++) {
                equal += labels.classAt(i) == labels.classAt(j) ? 1 : 0;
            }
        }
        var share = (double) equal / ((to - from) * (otherTo - otherFrom));
        var cell = labels.workerAt(from) * workers.size() + labels.workerAt(otherFrom);
        var mirror = labels.workerAt(otherFrom) * workers.size() + labels.workerAt(from);
        agreed[cell] += share;
        agreed[mirror] += share;
        common[cell]++;
        common[mirror]++;
    }

    /** Worker ids, the order of rows and columns. */
    public List<String> workers() {
        return workers;
    }

    /** Number of tasks that both workers judged; 0 on the diagonal. */
    public int common(int left, int right) {
        return common[left * workers.size() + right];
    }

    /** Mean agreement over the tasks that both judged; empty when there is none, and on the diagonal. */
    public OptionalDouble agreement(int left, int right) {
        var tasks = common(left, right);
        return tasks == 0 ? OptionalDouble.empty() : OptionalDouble.of(agreed[left * workers.size() + right] / tasks);
    }
}
