package io.etalon.quality.truth;

import io.etalon.quality.IdOrder;
import io.etalon.quality.Interval;
import java.util.Map;

/**
 * How often a consensus is right where the truth is known.
 *
 * @param correct expected number of right answers; a tie of m classes that holds the truth counts 1/m
 * @param tasks gold tasks that carry a judgement: the denominator
 * @param unjudged gold tasks without a judgement, which are not scored
 * @param interval 95 % Wilson interval of {@link #value()}
 */
public record Accuracy(double correct, int tasks, int unjudged, Interval interval) {
    /** Share of right answers, 0 to 1. */
    public double value() {
        return correct / tasks;
    }

    /**
     * Scores a consensus against gold, task id to class id. Ids compare as texts. A gold class that nobody ever chose
     * counts as missed.
     *
     * @throws IllegalArgumentException when no gold task carries a judgement
     */
    public static Accuracy of(Consensus consensus, Map<String, String> gold) {
        var labels = consensus.labels();
        var unjudged = 0;
        var correct = 0.0;
        var judged = 0;
        for (var task : gold.keySet().stream().sorted(IdOrder.INSTANCE).toList()) {
            var index = labels.taskIndex(task);
            if (index.isEmpty() || labels.start(index.getAsInt()) == labels.end(index.getAsInt())) {
                unjudged++;
            } else {
                judged++;
                correct += consensus.best(index.getAsInt()).scoreAgainst(gold.getOrDefault(task, ""));
            }
        }
        if (judged == 0) {
            throw new IllegalArgumentException("none of the " + gold.size() + " gold tasks carries a judgement");
        }
        return new Accuracy(correct, judged, unjudged, Interval.wilson(correct, judged));
    }
}
