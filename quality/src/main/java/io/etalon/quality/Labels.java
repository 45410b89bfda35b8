package io.etalon.quality;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.RandomAccess;
import java.util.function.Function;

/**
 * Judgements of workers on tasks, each the choice of one class: the input of truth inference and of agreement.
 *
 * <p>Held as compressed sparse rows: the judgements of task {@code t} are the positions {@code start(t)} to
 * {@code end(t)} (exclusive), sorted by worker and class. Tasks and workers are numbered in the order of their ids
 * (numbers by value, then words), classes in the order given or, without one, in the same order of ids; so the order
 * in which judgements were added leaves no trace. The same worker may judge the same task several times: each
 * judgement counts, which makes the number of judgements {@code n_il^(k)} of Dawid and Skene (1979).
 *
 * <p>Eight bytes a judgement; at most 2^31 - 1 judgements.
 */
public final class Labels {
    private final List<String> tasks;
    private final List<String> workers;
    private final List<String> classes;
    private final int[] offsets;
    private final int[] workerOf;
    private final int[] classOf;

    private Labels(List<String> tasks, List<String> workers, List<String> classes, Columns columns) {
        this.tasks = tasks;
        this.workers = workers;
        this.classes = classes;
        var sorted = columns.sortedBy(c -> c.label, classes.size())
                .sortedBy(c -> c.worker, workers.size())
                .sortedBy(c -> c.task, tasks.size());
        this.workerOf = sorted.worker;
        this.classOf = sorted.label;
        this.offsets = new int[tasks.size() + 1];
        for (var task : sorted.task) {
            offsets[task + 1]++;
        }
        Arrays.parallelPrefix(offsets, Integer::sum);
    }

    /** A builder whose classes will be those that occur, in the order of their ids. */
    public static Builder builder() {
        return new Builder(List.of());
    }

    /**
     * A builder with the classes and their order given: a class may remain without a judgement, and a judgement
     * outside the list is refused.
     */
    public static Builder builder(List<String> classes) {
        if (classes.isEmpty()) {
            throw new IllegalArgumentException("the list of classes is empty");
        }
        if (classes.stream().distinct().count() != classes.size()) {
            throw new IllegalArgumentException("the list of classes names one twice: " + classes);
        }
        return new Builder(List.copyOf(classes));
    }

    /**
     * Judgements that are numbered already: the i-th is that {@code worker[i]} gave {@code task[i]} the class
     * {@code label[i]}. Ids are the numbers in decimal. The arrays are copied.
     *
     * @throws IllegalArgumentException when the arrays differ in length or a number is outside {@code [0, count)}
     */
    public static Labels ofIndices(int[] task, int[] worker, int[] label, int tasks, int workers, int classes) {
        if (task.length != worker.length || task.length != label.length) {
            throw new IllegalArgumentException("columns differ in length: " + task.length + " tasks, " + worker.length
                    + " workers, " + label.length + " labels");
        }
        requireBelow(task, tasks, "task");
        requireBelow(worker, workers, "worker");
        requireBelow(label, classes, "class");
        return new Labels(
                new Numbers(tasks), new Numbers(workers), new Numbers(classes), new Columns(task, worker, label));
    }

    private static void requireBelow(int[] column, int bound, String name) {
        for (var i = 0; i < column.length; i++) {
            if (column[i] < 0 || column[i] >= bound) {
                throw new IllegalArgumentException(
                        name + " " + column[i] + " at " + i + " is outside [0, " + bound + ")");
            }
        }
    }

    /** Number of judgements. */
    public int size() {
        return workerOf.length;
    }

    /** Task ids in index order, unmodifiable. */
    public List<String> tasks() {
        return tasks;
    }

    /** Worker ids in index order, unmodifiable. */
    public List<String> workers() {
        return workers;
    }

    /** Class ids in index order, unmodifiable. */
    public List<String> classes() {
        return classes;
    }

    /** Position of the first judgement of a task. */
    public int start(int task) {
        return offsets[task];
    }

    /** Position after the last judgement of a task. */
    public int end(int task) {
        return offsets[task + 1];
    }

    /** Worker index of the judgement at a position. */
    public int workerAt(int position) {
        return workerOf[position];
    }

    /** Class index of the judgement at a position. */
    public int classAt(int position) {
        return classOf[position];
    }

    /** Index of a task id, in O(log tasks). */
    public OptionalInt taskIndex(String id) {
        return indexIn(tasks, id);
    }

    /** Index of a worker id, in O(log workers). */
    public OptionalInt workerIndex(String id) {
        return indexIn(workers, id);
    }

    /** Index of a class id, in O(classes). */
    public OptionalInt classIndex(String id) {
        var index = classes.indexOf(id);
        return index < 0 ? OptionalInt.empty() : OptionalInt.of(index);
    }

    /** Number of judgements that repeat a (task, worker) pair: those after the first of each pair. */
    public int repeated() {
        var repeated = 0;
        for (var task = 0; task < tasks.size(); task++) {
            for (var i = start(task) + 1; i < end(task); i++) {
                repeated += workerOf[i] == workerOf[i - 1] ? 1 : 0;
            }
        }
        return repeated;
    }

    private static OptionalInt indexIn(List<String> sortedIds, String id) {
        var index = Collections.binarySearch(sortedIds, id, IdOrder.INSTANCE);
        return index < 0 ? OptionalInt.empty() : OptionalInt.of(index);
    }

    @Override
    public String toString() {
        return size() + " judgements of " + workers.size() + " workers on " + tasks.size() + " tasks in "
                + classes.size() + " classes";
    }

    /** Collects judgements in any order. Not safe for concurrent use. */
    public static final class Builder {
        private final List<String> classOrder;
        private final Map<String, Integer> tasks = new HashMap<>();
        private final Map<String, Integer> workers = new HashMap<>();
        private final Map<String, Integer> classes = new HashMap<>();
        private int[] task = new int[64];
        private int[] worker = new int[64];
        private int[] label = new int[64];
        private int size;

        private Builder(List<String> classOrder) {
            this.classOrder = classOrder;
            classOrder.forEach(id -> number(classes, id));
        }

        /**
         * Adds one judgement.
         *
         * @throws IllegalArgumentException when classes were given and {@code labelId} is none of them
         */
        public Builder add(String taskId, String workerId, String labelId) {
            if (!classOrder.isEmpty() && !classes.containsKey(labelId)) {
                throw new IllegalArgumentException("label \"" + labelId + "\" of worker \"" + workerId + "\" on task \""
                        + taskId + "\" is none of the classes " + classOrder);
            }
            if (size == task.length) {
                var capacity = size + (size >> 1);
                task = Arrays.copyOf(task, capacity);
                worker = Arrays.copyOf(worker, capacity);
                label = Arrays.copyOf(label, capacity);
            }
            task[size] = number(tasks, taskId);
            worker[size] = number(workers, workerId);
            label[size] = number(classes, labelId);
            size++;
            return this;
        }

        /** Adds one judgement by numeric ids; the same as adding their decimal texts. */
        public Builder add(long taskId, long workerId, long labelId) {
            return add(Long.toString(taskId), Long.toString(workerId), Long.toString(labelId));
        }

        /** The judgements added so far; the builder may go on. */
        public Labels build() {
            var taskIds = sorted(tasks);
            var workerIds = sorted(workers);
            var classIds = classOrder.isEmpty() ? sorted(classes) : classOrder;
            return new Labels(
                    taskIds,
                    workerIds,
                    classIds,
                    new Columns(
                            renumbered(task, tasks, taskIds),
                            renumbered(worker, workers, workerIds),
                            renumbered(label, classes, classIds)));
        }

        private int[] renumbered(int[] column, Map<String, Integer> numbers, List<String> ids) {
            var newNumber = new int[ids.size()];
            for (var i = 0; i < newNumber.length; i++) {
                newNumber[numbers.getOrDefault(ids.get(i), -1)] = i;
            }
            var result = new int[size];
            for (var i = 0; i < size; i++) {
                result[i] = newNumber[column[i]];
            }
            return result;
        }

        private static int number(Map<String, Integer> numbers, String id) {
            var next = numbers.size();
            var known = numbers.putIfAbsent(id, next);
            return known == null ? next : known;
        }

        private static List<String> sorted(Map<String, Integer> numbers) {
            var ids = new ArrayList<>(numbers.keySet());
            ids.sort(IdOrder.INSTANCE);
            return List.copyOf(ids);
        }
    }

    /** Three parallel columns, sorted by stable counting sort. */
    private static final class Columns {
        private final int[] task;
        private final int[] worker;
        private final int[] label;

        Columns(int[] task, int[] worker, int[] label) {
            this.task = task;
            this.worker = worker;
            this.label = label;
        }

        Columns sortedBy(Function<Columns, int[]> column, int bound) {
            var key = column.apply(this);
            var next = new int[bound + 1];
            for (var value : key) {
                next[value + 1]++;
            }
            Arrays.parallelPrefix(next, Integer::sum);
            var result = new Columns(new int[key.length], new int[key.length], new int[key.length]);
            for (var i = 0; i < key.length; i++) {
                var to = next[key[i]]++;
                result.task[to] = task[i];
                result.worker[to] = worker[i];
                result.label[to] = label[i];
            }
            return result;
        }
    }

    /** The ids "0", "1", ... without holding them. */
    private static final class Numbers extends AbstractList<String> implements RandomAccess {
        private final int size;

        Numbers(int size) {
            this.size = size;
        }

        @Override
        public String get(int index) {
            Objects.checkIndex(index, size);
            return Integer.toString(index);
        }

        @Override
        public int size() {
            return size;
        }
    }
}
