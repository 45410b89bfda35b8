package io.etalon.ranking.judge;

import io.etalon.ranking.Outcome;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A human vote and the judge's verdict on the same two answers.
 *
 * @param cluster what makes verdicts depend on one another, such as the prompt
 * @param human the person's vote; ties and "both bad" are the same here
 * @param judge the judge's verdict with the answers in this order
 * @param swapped the judge's verdict with the answers swapped, told as if they were not
 * @param lengthDifference length of a's answer minus b's, in any unit
 * @param confidence the judge's stated probability that its verdict is right
 */
public record Verdict(
        String cluster,
        String modelA,
        String modelB,
        Outcome human,
        Outcome judge,
        Optional<Outcome> swapped,
        OptionalDouble lengthDifference,
        OptionalDouble confidence) {
    public Verdict {
        if (confidence.isPresent() && !(confidence.getAsDouble() >= 0 && confidence.getAsDouble() <= 1)) {
            throw new IllegalArgumentException("confidence must be between 0 and 1, got " + confidence);
        }
        if (lengthDifference.isPresent() && !Double.isFinite(lengthDifference.getAsDouble())) {
            throw new IllegalArgumentException("length difference must be finite, got " + lengthDifference);
        }
    }

    /** A verdict of which no more is known. */
    public static Verdict of(String cluster, String modelA, String modelB, Outcome human, Outcome judge) {
        return new Verdict(
                cluster, modelA, modelB, human, judge, Optional.empty(), OptionalDouble.empty(), OptionalDouble.empty());
    }

    /** 1 when a wins, 0 when b does, half for a tie of any kind. */
    static double score(Outcome outcome) {
        return switch (outcome) {
            case A -> 1;
            case B -> 0;
            case TIE, BOTH_BAD -> .5;
        };
    }
}
