package io.etalon.quality.agreement;

import io.etalon.quality.Labels;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalDouble;

/** Agreement between every two workers, and the number of tasks it rests on; symmetric, O(workers^2) memory. */
public final class AgreementMatrix {
    private static final int MOST_WORKERS = 8192;

    private final List<String> workers;
    private final double[] agreement;
    private final BitSet exists = new BitSet();
    private final int[] common;

    /**
     * Measures all pairs, in O(pairs of judgements on a task).
     *
     * @throws IllegalArgumentException for more than 8,192 workers: a matrix that nobody reads
     */
    AgreementMatrix(Labels labels, AgreementMetric metric, Distance distance) {
        this.workers = labels.workers();
        if (workers.size() > MOST_WORKERS) {
            throw new IllegalArgumentException(
                    workers.size() + " workers are too many for a matrix; at most " + MOST_WORKERS);
        }
        this.agreement = new double[workers.size() * workers.size()];
        this.common = new int[workers.size() * workers.size()];
        var shared = new Labels.Builder[workers.size()];
        var judged = judged(labels);
        for (var left = 0; left < workers.size(); left++) {
            for (var task : judged[left]) {
                share(labels, left, task, shared);
            }
            for (var right = left + 1; right < workers.size(); right++) {
                if (shared[right] != null) {
                    var value =
                            metric.statistic(shared[right].build(), distance).value();
                    set(left, right, value);
                    set(right, left, value);
                    shared[right] = null;
                }
            }
        }
    }

    /** The tasks of every worker, each once. */
    private static int[][] judged(Labels labels) {
        var counts = new int[labels.workers().size()];
        for (var pass = 0; ; pass++) {
            var tasks = new int[counts.length][];
            for (var worker = 0; worker < counts.length; worker++) {
                tasks[worker] = new int[counts[worker]];
            }
            var next = new int[counts.length];
            for (var task = 0; task < labels.tasks().size(); task++) {
                for (var i = labels.start(task); i < labels.end(task); i = Voice.end(labels, task, i)) {
                    var worker = labels.workerAt(i);
                    if (pass == 1) {
                        tasks[worker][next[worker]] = task;
                    }
                    next[worker]++;
                }
            }
            if (pass == 1) {
                return tasks;
            }
            counts = next;
        }
    }

    private void share(Labels labels, int left, int task, Labels.Builder[] shared) {
        var from = labels.start(task);
        while (labels.workerAt(from) != left) {
            from++;
        }
        var to = Voice.end(labels, task, from);
        for (var other = to; other < labels.end(task); other = Voice.end(labels, task, other)) {
            var right = labels.workerAt(other);
            if (shared[right] == null) {
                shared[right] = Labels.builder(labels.classes());
            }
            copy(labels, task, from, to, shared[right]);
            copy(labels, task, other, Voice.end(labels, task, other), shared[right]);
            common[left * workers.size() + right]++;
            common[right * workers.size() + left]++;
        }
    }

    /**
     * The judgements of two workers on the tasks that both judged, with all classes.
     *
     * @throws IllegalArgumentException when a worker is unknown or both are the same
     */
    static Labels of(Labels labels, String left, String right) {
        if (left.equals(right)) {
            throw new IllegalArgumentException("worker \"" + left + "\" cannot be compared with themselves");
        }
        var pair = List.of(worker(labels, left), worker(labels, right));
        var both = labels.classes().isEmpty() ? Labels.builder() : Labels.builder(labels.classes());
        for (var task = 0; task < labels.tasks().size(); task++) {
            var starts = new int[] {-1, -1};
            for (var i = labels.start(task); i < labels.end(task); i = Voice.end(labels, task, i)) {
                var side = pair.indexOf(labels.workerAt(i));
                if (side >= 0) {
                    starts[side] = i;
                }
            }
            if (starts[0] >= 0 && starts[1] >= 0) {
                copy(labels, task, starts[0], Voice.end(labels, task, starts[0]), both);
                copy(labels, task, starts[1], Voice.end(labels, task, starts[1]), both);
            }
        }
        return both.build();
    }

    private static int worker(Labels labels, String id) {
        return labels.workerIndex(id).orElseThrow(() -> new IllegalArgumentException("no worker \"" + id + "\""));
    }

    private static void copy(Labels labels, int task, int from, int to, Labels.Builder target) {
        for (var i = from; i < to; i++) {
            target.add(
                    labels.tasks().get(task),
                    labels.workers().get(labels.workerAt(i)),
                    labels.classes().get(labels.classAt(i)));
        }
    }

    private void set(int left, int right, OptionalDouble value) {
        if (value.isPresent()) {
            var cell = left * workers.size() + right;
            agreement[cell] = value.getAsDouble();
            exists.set(cell);
        }
    }

    /** Worker ids, the order of rows and columns. */
    public List<String> workers() {
        return workers;
    }

    /** Number of tasks that both workers judged; 0 on the diagonal. */
    public int common(int left, int right) {
        return common[left * workers.size() + right];
    }

    /** Agreement over the tasks that both judged; empty where it does not exist, and on the diagonal. */
    public OptionalDouble agreement(int left, int right) {
        var cell = left * workers.size() + right;
        return exists.get(cell) ? OptionalDouble.of(agreement[cell]) : OptionalDouble.empty();
    }
}
