package io.etalon.quality;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.RandomAccess;

/**
 * Judgements of workers on tasks, each the choice of one class: the input of truth inference and of agreement.
 *
 * <p>Held as compressed sparse rows: the judgements of task {@code t} are the positions {@code start(t)} to
 * {@code end(t)} (exclusive), sorted by worker and class. Tasks and workers are numbered in the order of their ids
 * (numbers by value, then words), classes in the order given or, without one, in the same order of ids; so the order
 * in which judgements were added leaves no trace. The same worker may judge the same task several times: each
 * judgement counts, which makes the number of judgements {@code n_il^(k)} of Dawid and Skene (1979).
 *
 * <p>Four bytes a judgement (worker and class in one number) and four a task; at most 2^31 - 1 judgements, and as many
 * pairs of worker and class.
 */
public final class Labels {
    private final List<String> tasks;
    private final List<String> workers;
    private final List<String> classes;
    private final int[] offsets;
    /** worker * classes + class of each judgement, ascending within a task; may be longer than there are judgements. */
    private final int[] cells;

    private final boolean repeats;

    /** Takes ownership of the arrays, whose tasks need not be sorted within. */
    private Labels(List<String> tasks, List<String> workers, List<String> classes, int[] offsets, int[] cells) {
        this.tasks = tasks;
        this.workers = workers;
        this.classes = classes;
        this.offsets = offsets;
        this.cells = cells;
        for (var task = 0; task < tasks.size(); task++) {
            Arrays.sort(cells, offsets[task], offsets[task + 1]);
        }
        this.repeats = hasRepetition();
    }

    private boolean hasRepetition() {
        var classCount = Math.max(1, classes.size());
        for (var task = 0; task < tasks.size(); task++) {
            for (var i = start(task) + 1; i < end(task); i++) {
                // The lowest cell of a worker is above all of another's before.
                if (cells[i] - cells[i] % classCount <= cells[i - 1]) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Groups judgements by task with one counting sort; {@code cell} holds worker * classes + class. */
    private static Labels grouped(
            List<String> tasks, List<String> workers, List<String> classes, int[] task, int[] cell) {
        // Shifted by one more, so that filling turns starts into ends and ends are the next task's starts.
        var offsets = new int[tasks.size() + 2];
        for (var of : task) {
            offsets[of + 2]++;
        }
        Arrays.parallelPrefix(offsets, Integer::sum);
        var cells = new int[cell.length];
        for (var i = 0; i < cell.length; i++) {
            cells[offsets[task[i] + 1]++] = cell[i];
        }
        return new Labels(tasks, workers, classes, Arrays.copyOf(offsets, tasks.size() + 1), cells);
    }

    private static void requirePairsFit(int workers, int classes) {
        if ((long) workers * classes > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    workers + " workers x " + classes + " classes are more than 2^31 - 1 pairs");
        }
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
        requirePairsFit(workers, classes);
        var cell = new int[task.length];
        for (var i = 0; i < cell.length; i++) {
            cell[i] = worker[i] * classes + label[i];
        }
        return grouped(new Numbers(tasks), new Numbers(workers), new Numbers(classes), task, cell);
    }

    /**
     * A packer for judgements that are numbered already and come task by task: the way to hold hundreds of millions, since
     * nothing is copied. Ids are the numbers in decimal.
     *
     * @param tasks number of tasks
     * @param expected number of judgements expected; when it is exact the memory is taken once
     */
    public static Packer packer(int tasks, int workers, int classes, int expected) {
        requirePairsFit(workers, classes);
        return new Packer(tasks, workers, classes, expected);
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
        return offsets[offsets.length - 1];
    }

    /**
     * Refuses what nothing can be learnt from.
     *
     * @throws IllegalArgumentException when there is no judgement
     */
    public void requireJudgements() {
        if (size() == 0) {
            throw new IllegalArgumentException("there is no judgement to learn from");
        }
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
        return cells[position] / classes.size();
    }

    /** Class index of the judgement at a position. */
    public int classAt(int position) {
        return cells[position] % classes.size();
    }

    /**
     * Copies the judgements of the positions {@code from} to {@code to} (exclusive) to the front of {@code into}, each as
     * {@code worker * classes + class}: the fast way through all judgements.
     */
    public void copyCells(int from, int to, int[] into) {
        Objects.checkFromToIndex(from, to, size());
        System.arraycopy(cells, from, into, 0, to - from);
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

    /** Whether any worker judged any task more than once; known from the start, O(1). */
    public boolean repeats() {
        return repeats;
    }

    /** Number of judgements that repeat a (task, worker) pair: those after the first of each pair. */
    public int repeated() {
        var repeated = 0;
        for (var task = 0; task < tasks.size(); task++) {
            for (var i = start(task) + 1; i < end(task); i++) {
                repeated += workerAt(i) == workerAt(i - 1) ? 1 : 0;
            }
        }
        return repeated;
    }

    /**
     * The same without exact duplicates: of judgements that agree in task, worker and class one is kept, as published
     * comparisons of real crowds do, where a duplicate is a fault of the export. Judgements of one worker that
     * contradict each other all stay. Indices of tasks, workers and classes are unchanged. O(judgements).
     */
    public Labels withoutDuplicates() {
        var kept = new int[size()];
        var starts = new int[offsets.length];
        var next = 0;
        for (var task = 0; task < tasks.size(); task++) {
            for (var i = start(task); i < end(task); i++) {
                if (i == start(task) || cells[i] != cells[i - 1]) {
                    kept[next++] = cells[i];
                }
            }
            starts[task + 1] = next;
        }
        return next == size() ? this : new Labels(tasks, workers, classes, starts, Arrays.copyOf(kept, next));
    }

    /**
     * The same without names: workers are numbered in an order that follows from what they said alone, so that equal
     * judgements are equal to the last bit in every method, whoever gave them. Workers who said the same of the same tasks
     * are interchangeable. Tasks and classes stay. O(judgements x log workers).
     */
    public Labels anonymous() {
        var said = new int[workers.size()][];
        var given = new int[said.length];
        for (var i = 0; i < size(); i++) {
            given[workerAt(i)]++;
        }
        Arrays.setAll(said, worker -> new int[2 * given[worker]]);
        Arrays.fill(given, 0);
        for (var task = 0; task < tasks.size(); task++) {
            for (var i = start(task); i < end(task); i++) {
                var worker = workerAt(i);
                said[worker][given[worker]++] = task;
                said[worker][given[worker]++] = classAt(i);
            }
        }
        var order = new Integer[said.length];
        Arrays.setAll(order, worker -> worker);
        Arrays.sort(order, (one, other) -> Arrays.compare(said[one], said[other]));
        var number = new int[order.length];
        for (var i = 0; i < order.length; i++) {
            number[order[i]] = i;
        }
        var renumbered = new int[size()];
        Arrays.setAll(renumbered, i -> number[workerAt(i)] * classes.size() + classAt(i));
        return new Labels(tasks, new Numbers(workers.size()), classes, offsets, renumbered);
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

    /**
     * Collects judgements in any order: eight bytes each, twelve while {@link #build} works, and the ids once. Not safe for
     * concurrent use.
     */
    public static final class Builder {
        private final List<String> classOrder;
        private final IdNumbers tasks = new IdNumbers();
        private final IdNumbers workers = new IdNumbers();
        private final IdNumbers classes = new IdNumbers();
        private final Judgements judgements = new Judgements();

        private Builder(List<String> classOrder) {
            this.classOrder = classOrder;
            classOrder.forEach(classes::number);
        }

        /**
         * Adds one judgement.
         *
         * @throws IllegalArgumentException when classes were given and {@code labelId} is none of them
         * @throws ArithmeticException when there are 2^31 - 1 judgements already
         */
        public Builder add(String taskId, String workerId, String labelId) {
            if (!classOrder.isEmpty() && !classes.contains(labelId)) {
                throw new IllegalArgumentException("label \"" + labelId + "\" of worker \"" + workerId + "\" on task \""
                        + taskId + "\" is none of the classes " + classOrder);
            }
            judgements.add(tasks.number(taskId), workers.number(workerId), classes.number(labelId));
            return this;
        }

        /** Adds one judgement by numeric ids; the same as adding their decimal texts. */
        public Builder add(long taskId, long workerId, long labelId) {
            return add(Long.toString(taskId), Long.toString(workerId), Long.toString(labelId));
        }

        /** Number of judgements added so far. */
        public int size() {
            return judgements.size();
        }

        /**
         * Memory in bytes, about, that the builder and {@link #build} together take at most: twelve for each judgement, and
         * for each id its text, 64 and some.
         */
        public long memory() {
            return judgements.memory() + 4L * judgements.size() + tasks.memory() + workers.memory() + classes.memory();
        }

        /** Number of tasks so far. */
        public int tasks() {
            return tasks.size();
        }

        /** Number of classes so far. */
        public int classes() {
            return classes.size();
        }

        /** The judgements added so far; the builder may go on. */
        public Labels build() {
            var taskIds = tasks.sorted();
            var workerIds = workers.sorted();
            var classIds = classOrder.isEmpty() ? classes.sorted() : classOrder;
            requirePairsFit(workerIds.size(), classIds.size());
            var task = tasks.renumbered(taskIds);
            var worker = workers.renumbered(workerIds);
            var label = classes.renumbered(classIds);
            // Shifted by one more, so that filling turns starts into ends and ends are the next task's starts.
            var offsets = new int[taskIds.size() + 2];
            judgements.each((t, w, c) -> offsets[task[t] + 2]++);
            Arrays.parallelPrefix(offsets, Integer::sum);
            var cells = new int[judgements.size()];
            judgements.each((t, w, c) -> cells[offsets[task[t] + 1]++] = worker[w] * classIds.size() + label[c]);
            return new Labels(taskIds, workerIds, classIds, Arrays.copyOf(offsets, taskIds.size() + 1), cells);
        }
    }

    /** Packs numbered judgements task by task, in task order. Not safe for concurrent use. */
    public static final class Packer {
        private final int workers;
        private final int classes;
        private final int[] offsets;
        private int[] cells;
        private int task = -1;

        private Packer(int tasks, int workers, int classes, int expected) {
            this.workers = workers;
            this.classes = classes;
            this.offsets = new int[tasks + 1];
            this.cells = new int[expected];
        }

        /** Goes on to the next task: task 0 at the first call. A task may stay without a judgement. */
        public Packer nextTask() {
            if (task + 2 == offsets.length) {
                throw new IllegalStateException("all " + (task + 1) + " tasks are packed");
            }
            task++;
            offsets[task + 1] = offsets[task];
            return this;
        }

        /** Adds a judgement on the present task. */
        public Packer add(int worker, int label) {
            Objects.checkIndex(worker, workers);
            Objects.checkIndex(label, classes);
            if (task < 0) {
                throw new IllegalStateException("no task was begun");
            }
            var at = offsets[task + 1];
            if (at == cells.length) {
                cells = Arrays.copyOf(cells, Math.addExact(at, Math.max(64, at >> 1)));
            }
            cells[at] = worker * classes + label;
            offsets[task + 1] = at + 1;
            return this;
        }

        /** The judgements; tasks that were not begun have none. The packer is empty afterwards. */
        public Labels build() {
            while (task + 2 < offsets.length) {
                nextTask();
            }
            var labels = new Labels(
                    new Numbers(offsets.length - 1),
                    new Numbers(workers),
                    new Numbers(classes),
                    offsets.clone(),
                    cells);
            Arrays.fill(offsets, 0);
            cells = new int[0];
            task = -1;
            return labels;
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
