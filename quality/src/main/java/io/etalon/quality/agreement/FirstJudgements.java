package io.etalon.quality.agreement;

import io.etalon.quality.Labels;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Collects judgements of which the first of each (task, worker) pair stands and later ones are counted and dropped: the
 * rule for sources whose repetitions are accidents. Not safe for concurrent use.
 */
public final class FirstJudgements {
    /** Memory that a judgement takes here, about, besides that of the labels: its pair, with texts of its own. */
    public static final int BYTES = 200;

    private final Labels.Builder labels;
    private final Set<Pair> seen = new HashSet<>();
    private int dropped;

    private record Pair(String task, String worker) {}

    /** Classes will be those that occur. */
    public FirstJudgements() {
        this.labels = Labels.builder();
    }

    /** Classes and their order are given, as for {@link Labels#builder(List)}. */
    public FirstJudgements(List<String> classes) {
        this.labels = Labels.builder(classes);
    }

    /** Those that stand go to a builder. */
    public FirstJudgements(Labels.Builder labels) {
        this.labels = labels;
    }

    /**
     * Adds a judgement unless the worker judged the task before.
     *
     * @return whether it stands
     */
    public boolean add(String task, String worker, String label) {
        if (!seen.add(new Pair(task, worker))) {
            dropped++;
            return false;
        }
        labels.add(task, worker, label);
        return true;
    }

    /** Number of judgements dropped so far. */
    public int dropped() {
        return dropped;
    }

    /** The judgements that stand; collecting may go on. */
    public Labels build() {
        return labels.build();
    }
}
