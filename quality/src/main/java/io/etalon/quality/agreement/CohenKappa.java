package io.etalon.quality.agreement;

import io.etalon.quality.Bootstrap;
import io.etalon.quality.Labels;
import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * Cohen's kappa of two workers over the tasks that both judged, chance being the product of their own class shares
 * (J. Cohen, "A coefficient of agreement for nominal scales", Educational and Psychological Measurement 20, 1960).
 */
final class CohenKappa implements Bootstrap.Statistic {
    private final int classes;
    private final int tasks;
    /** Voices of either worker on each common task, tasks x classes. */
    private final double[] left;

    private final double[] right;

    CohenKappa(Labels labels, int leftWorker, int rightWorker) {
        this.classes = labels.classes().size();
        var common = 0;
        var capacity = Math.multiplyExact(labels.tasks().size(), classes);
        var leftVoices = new double[capacity];
        var rightVoices = new double[capacity];
        for (var task = 0; task < labels.tasks().size(); task++) {
            if (speak(labels, task, leftWorker, leftVoices, common * classes)
                    && speak(labels, task, rightWorker, rightVoices, common * classes)) {
                common++;
            } else {
                Arrays.fill(leftVoices, common * classes, (common + 1) * classes, 0);
            }
        }
        this.tasks = common;
        this.left = leftVoices;
        this.right = rightVoices;
    }

    private static boolean speak(Labels labels, int task, int worker, double[] voices, int at) {
        for (var from = labels.start(task); from < labels.end(task); from++) {
            if (labels.workerAt(from) == worker) {
                var to = Voice.end(labels, task, from);
                for (var i = from; i < to; i++) {
                    voices[at + labels.classAt(i)] += 1.0 / (to - from);
                }
                return true;
            }
        }
        return false;
    }

    /** Number of tasks that both judged. */
    int tasks() {
        return tasks;
    }

    @Override
    public OptionalDouble of(int[] drawn) {
        var total = 0;
        var observed = 0.0;
        var leftSum = new double[classes];
        var rightSum = new double[classes];
        for (var task = 0; task < tasks; task++) {
            total += drawn[task];
            for (var label = 0; label < classes; label++) {
                var i = task * classes + label;
                observed += drawn[task] * left[i] * right[i];
                leftSum[label] += drawn[task] * left[i];
                rightSum[label] += drawn[task] * right[i];
            }
        }
        if (total == 0) {
            return OptionalDouble.empty();
        }
        var chance = 0.0;
        for (var label = 0; label < classes; label++) {
            chance += leftSum[label] / total * (rightSum[label] / total);
        }
        return Agreement.beyondChance(observed / total, chance);
    }
}
