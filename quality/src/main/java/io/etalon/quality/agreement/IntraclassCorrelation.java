package io.etalon.quality.agreement;

import io.etalon.quality.Labels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * Intraclass correlation of single numeric judgements (P. E. Shrout and J. L. Fleiss, "Intraclass correlations: uses in
 * assessing rater reliability", Psychological Bulletin 86, 1979; names after K. O. McGraw and S. P. Wong, Psychological
 * Methods 1, 1996). A worker's repeated judgements of a task count as one, their mean.
 */
final class IntraclassCorrelation implements TaskStatistic {
    private final Form form;
    /** Values of each task; for the two-way forms in worker order and all of one length. */
    private final double[][] rows;

    /** Which variance counts as disagreement. */
    enum Form {
        /** ICC(1): workers differ from task to task; any number of two or more on a task. */
        ONE_WAY,
        /** ICC(A,1): the same workers on every task, and their biases are disagreement. */
        AGREEMENT,
        /** ICC(C,1): the same workers on every task, and their biases are forgiven. */
        CONSISTENCY
    }

    IntraclassCorrelation(Labels labels, Form form) {
        this.form = form;
        var numbers = ClassNumbers.of(labels, "the intraclass correlation");
        var present = (int) IntStream.range(0, labels.size())
                .map(labels::workerAt)
                .distinct()
                .count();
        var least = form == Form.ONE_WAY ? 2 : Math.max(2, present);
        var kept = new ArrayList<double[]>();
        for (var task = 0; task < labels.tasks().size(); task++) {
            var row = row(labels, task, numbers);
            if (row.length >= least) {
                kept.add(row);
            }
        }
        this.rows = kept.toArray(double[][]::new);
    }

    private static double[] row(Labels labels, int task, double[] numbers) {
        var row = new double[labels.end(task) - labels.start(task)];
        var workers = 0;
        for (var from = labels.start(task); from < labels.end(task); ) {
            var to = Voice.end(labels, task, from);
            for (var i = from; i < to; i++) {
                row[workers] += numbers[labels.classAt(i)] / (to - from);
            }
            workers++;
            from = to;
        }
        return Arrays.copyOf(row, workers);
    }

    @Override
    public int tasks() {
        return rows.length;
    }

    /** O(values). */
    @Override
    public OptionalDouble of(int[] drawn) {
        var tasks = 0;
        var values = 0.0;
        var squaredSizes = 0.0;
        var total = 0.0;
        for (var task = 0; task < rows.length; task++) {
            var size = (double) rows[task].length;
            tasks += drawn[task];
            values += drawn[task] * size;
            squaredSizes += drawn[task] * size * size;
            total += drawn[task] * sum(rows[task]);
        }
        if (tasks < 2) {
            return OptionalDouble.empty();
        }
        var grand = total / values;
        var between = 0.0;
        var within = 0.0;
        for (var task = 0; task < rows.length; task++) {
            var mean = sum(rows[task]) / rows[task].length;
            between += drawn[task] * rows[task].length * (mean - grand) * (mean - grand);
            for (var value : rows[task]) {
                within += drawn[task] * (value - mean) * (value - mean);
            }
        }
        return switch (form) {
            case ONE_WAY -> {
                var size = (values - squaredSizes / values) / (tasks - 1);
                yield ratio(between / (tasks - 1), within / (values - tasks), size - 1, 0);
            }
            case AGREEMENT, CONSISTENCY -> twoWay(drawn, tasks, grand, between, within);
        };
    }

    private OptionalDouble twoWay(int[] drawn, int tasks, double grand, double between, double within) {
        var workers = rows[0].length;
        var columns = new double[workers];
        for (var task = 0; task < rows.length; task++) {
            for (var worker = 0; worker < workers; worker++) {
                columns[worker] += drawn[task] * (rows[task][worker] - grand);
            }
        }
        var ofWorkers = 0.0;
        for (var column : columns) {
            ofWorkers += column * column / tasks;
        }
        var rest = Math.max(0, within - ofWorkers) / ((double) (tasks - 1) * (workers - 1));
        var bias = form == Form.CONSISTENCY ? 0 : workers * (ofWorkers / (workers - 1) - rest) / tasks;
        return ratio(between / (tasks - 1), rest, workers - 1.0, bias);
    }

    /** Empty where nothing varies at all. */
    private static OptionalDouble ratio(double between, double within, double others, double bias) {
        var all = between + others * within + bias;
        return all > CERTAIN ? OptionalDouble.of((between - within) / all) : OptionalDouble.empty();
    }

    private static double sum(double[] row) {
        var sum = 0.0;
        for (var value : row) {
            sum += value;
        }
        return sum;
    }
}
