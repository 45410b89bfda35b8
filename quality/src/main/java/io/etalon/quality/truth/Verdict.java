package io.etalon.quality.truth;

import java.util.List;

/** What the judgements on one task add up to: one class, or several that are equally likely. */
public sealed interface Verdict {
    /** One class is more likely than all others. */
    record Winner(String label) implements Verdict {}

    /** Two or more classes share the highest probability; they stand in class order, which is no preference. */
    record Tie(List<String> labels) implements Verdict {
        public Tie {
            labels = List.copyOf(labels);
            if (labels.size() < 2) {
                throw new IllegalArgumentException("a tie needs two classes or more, got " + labels);
            }
        }
    }

    /** The classes that share the highest probability: one for a winner. */
    default List<String> candidates() {
        return switch (this) {
            case Winner(var label) -> List.of(label);
            case Tie(var labels) -> labels;
        };
    }

    /** Expected score of a random choice among the candidates: 1/m when the truth is one of m, else 0. */
    default double scoreAgainst(String truth) {
        var candidates = candidates();
        return candidates.contains(truth) ? 1.0 / candidates.size() : 0;
    }
}
