package io.etalon.quality.truth;

import io.etalon.quality.Labels;
import java.util.Arrays;
import java.util.Map;

/** Tasks whose class is known, by index, ascending. */
final class Gold {
    private final int[] tasks;
    private final int[] classes;

    private Gold(int[] tasks, int[] classes) {
        this.tasks = tasks;
        this.classes = classes;
    }

    /** What is known of a task. */
    @FunctionalInterface
    interface Known {
        void is(int task, int label);
    }

    /**
     * The gold tasks that occur among the labels; others teach nothing about the workers and are left out.
     *
     * @throws IllegalArgumentException when the class of such a task is none of the labels' classes
     */
    static Gold of(Labels labels, Map<String, String> gold) {
        var tasks = gold.keySet().stream()
                .map(labels::taskIndex)
                .filter(index -> index.isPresent())
                .mapToInt(index -> index.getAsInt())
                .sorted()
                .toArray();
        var classes = Arrays.stream(tasks)
                .map(task -> {
                    var id = labels.tasks().get(task);
                    var label = gold.getOrDefault(id, "");
                    return labels.classIndex(label)
                            .orElseThrow(() -> new IllegalArgumentException("gold class \"" + label + "\" of task \""
                                    + id + "\" is none of the classes " + labels.classes()
                                    + "; build the labels with the full list of classes"));
                })
                .toArray();
        return new Gold(tasks, classes);
    }

    void between(int from, int to, Known action) {
        if (tasks.length == 0) {
            return;
        }
        var found = Arrays.binarySearch(tasks, from);
        for (var i = found < 0 ? -found - 1 : found; i < tasks.length && tasks[i] < to; i++) {
            action.is(tasks[i], classes[i]);
        }
    }
}
