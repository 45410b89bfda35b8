package io.etalon.quality.numeric;

import io.etalon.quality.IdOrder;
import io.etalon.quality.Labels;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Numbers that workers gave tasks. A worker who gave a task several numbers counts once, with their mean. Tasks and
 * workers stand in the order of their ids, the numbers of a task in the order of its workers, so that the order of adding
 * leaves no trace. Immutable.
 */
public final class Numbers {
    private final List<String> tasks;
    private final List<String> workers;
    private final int[] offsets;
    private final int[] workerOf;
    private final double[] values;
    private final int repeated;

    private Numbers(Builder builder) {
        this.tasks = List.copyOf(builder.byTask.keySet());
        var everyone = new TreeSet<String>(IdOrder.INSTANCE);
        builder.byTask.values().forEach(own -> everyone.addAll(own.keySet()));
        this.workers = List.copyOf(everyone);
        this.offsets = new int[tasks.size() + 1];
        var size = builder.byTask.values().stream().mapToInt(Map::size).sum();
        this.workerOf = new int[size];
        this.values = new double[size];
        this.repeated = builder.size - size;
        var position = 0;
        var task = 0;
        for (var own : builder.byTask.values()) {
            for (var answer : own.entrySet()) {
                workerOf[position] = Collections.binarySearch(workers, answer.getKey(), IdOrder.INSTANCE);
                values[position++] = mean(answer.getValue());
            }
            offsets[++task] = position;
        }
    }

    /** Sums in order of size, so that the order of adding leaves no trace in the last bit. */
    private static double mean(List<Double> values) {
        return values.stream().sorted().mapToDouble(Double::doubleValue).sum() / values.size();
    }

    /** A builder without numbers. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Labels whose classes are numbers.
     *
     * @throws IllegalArgumentException naming the first class that is none
     */
    public static Numbers of(Labels labels) {
        var builder = builder();
        for (var task = 0; task < labels.tasks().size(); task++) {
            for (var i = labels.start(task); i < labels.end(task); i++) {
                var id = labels.classes().get(labels.classAt(i));
                if (!IdOrder.isNumber(id)) {
                    throw new IllegalArgumentException("\"" + id + "\" of worker \""
                            + labels.workers().get(labels.workerAt(i)) + "\" on task \""
                            + labels.tasks().get(task) + "\" is no decimal number");
                }
                builder.add(labels.tasks().get(task), labels.workers().get(labels.workerAt(i)), Double.parseDouble(id));
            }
        }
        return builder.build();
    }

    /** Task ids in index order. */
    public List<String> tasks() {
        return tasks;
    }

    /** Worker ids in index order. */
    public List<String> workers() {
        return workers;
    }

    /** Number of numbers, a (task, worker) pair counting once. */
    public int size() {
        return values.length;
    }

    /** Numbers that repeat a (task, worker) pair and went into its mean. */
    public int repeated() {
        return repeated;
    }

    /** Position of the first number of a task. */
    public int start(int task) {
        return offsets[task];
    }

    /** Position after the last number of a task. */
    public int end(int task) {
        return offsets[task + 1];
    }

    /** Worker index of the number at a position. */
    public int workerAt(int position) {
        return workerOf[position];
    }

    /** The number at a position. */
    public double valueAt(int position) {
        return values[position];
    }

    /** Index of a task id, in O(log tasks). */
    public OptionalInt taskIndex(String id) {
        var index = Collections.binarySearch(tasks, id, IdOrder.INSTANCE);
        return index < 0 ? OptionalInt.empty() : OptionalInt.of(index);
    }

    /** Collects numbers in any order. Not safe for concurrent use. */
    public static final class Builder {
        private final Map<String, Map<String, List<Double>>> byTask = new TreeMap<>(IdOrder.INSTANCE);
        private int size;

        private Builder() {}

        /**
         * Adds a number.
         *
         * @throws IllegalArgumentException when it is NaN or infinite
         */
        public Builder add(String task, String worker, double value) {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException(
                        "worker \"" + worker + "\" gave task \"" + task + "\" " + value + ", which is no number");
            }
            byTask.computeIfAbsent(task, id -> new TreeMap<>(IdOrder.INSTANCE))
                    .computeIfAbsent(worker, id -> new ArrayList<>())
                    .add(value);
            size++;
            return this;
        }

        /** The numbers added so far; the builder may go on. */
        public Numbers build() {
            return new Numbers(this);
        }
    }
}
