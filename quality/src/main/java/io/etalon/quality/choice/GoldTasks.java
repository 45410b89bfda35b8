package io.etalon.quality.choice;

import io.etalon.quality.IdOrder;
import io.etalon.quality.Labels;
import io.etalon.quality.truth.Consensus;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** The gold tasks that carry a judgement, by index, in the order of their ids. */
final class GoldTasks {
    /** A gold class that nobody ever chose. */
    static final int UNKNOWN = -1;

    private final int[] tasks;
    private final int[] truths;

    private GoldTasks(int[] tasks, int[] truths) {
        this.tasks = tasks;
        this.truths = truths;
    }

    static GoldTasks of(Labels labels, Map<String, String> gold) {
        var tasks = new int[gold.size()];
        var truths = new int[gold.size()];
        var size = 0;
        for (var id : gold.keySet().stream().sorted(IdOrder.INSTANCE).toList()) {
            var task = labels.taskIndex(id);
            if (task.isPresent() && labels.start(task.getAsInt()) < labels.end(task.getAsInt())) {
                tasks[size] = task.getAsInt();
                truths[size] = labels.classIndex(gold.getOrDefault(id, "")).orElse(UNKNOWN);
                size++;
            }
        }
        return new GoldTasks(Arrays.copyOf(tasks, size), Arrays.copyOf(truths, size));
    }

    int size() {
        return tasks.length;
    }

    int task(int i) {
        return tasks[i];
    }

    /** Class index of the truth, or {@link #UNKNOWN}. */
    int truth(int i) {
        return truths[i];
    }

    /** Expected score of the consensus on the i-th gold task: 1/m when the truth is one of m best classes, else 0. */
    double score(Consensus consensus, int i) {
        return truths[i] == UNKNOWN ? 0 : consensus.score(tasks[i], truths[i]);
    }

    /** A random fold, 0 to {@code folds - 1}, for each gold task; the folds differ in size by one at most. */
    int[] folds(int folds, long seed) {
        var result = new int[tasks.length];
        Arrays.setAll(result, i -> i % folds);
        var random = new SplittableRandom(seed);
        for (var i = result.length - 1; i > 0; i--) {
            var other = random.nextInt(i + 1);
            var kept = result[i];
            result[i] = result[other];
            result[other] = kept;
        }
        return result;
    }

    /** The gold tasks of one fold, or those of all others. */
    GoldTasks part(int[] folds, int fold, boolean inside) {
        var chosen = IntStream.range(0, tasks.length)
                .filter(i -> (folds[i] == fold) == inside)
                .toArray();
        return new GoldTasks(
                Arrays.stream(chosen).map(i -> tasks[i]).toArray(),
                Arrays.stream(chosen).map(i -> truths[i]).toArray());
    }
}
