package io.etalon.ranking.judge;

import io.etalon.ranking.Outcome;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What people and the judge say about the same two answers.
 *
 * @param cluster what makes verdicts depend on one another, such as the prompt
 * @param human the person's vote, or what most people said; ties and "both bad" are the same here
 * @param humanScore share of people for a, ties being half: between 0 and 1
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
        double humanScore,
        Outcome judge,
        Optional<Outcome> swapped,
        OptionalDouble lengthDifference,
        OptionalDouble confidence) {
    public Verdict {
        if (!(humanScore >= 0 && humanScore <= 1)) {
            throw new IllegalArgumentException("human score must be between 0 and 1, got " + humanScore);
        }
        if (confidence.isPresent() && !(confidence.getAsDouble() >= 0 && confidence.getAsDouble() <= 1)) {
            throw new IllegalArgumentException("confidence must be between 0 and 1, got " + confidence);
        }
        if (lengthDifference.isPresent() && !Double.isFinite(lengthDifference.getAsDouble())) {
            throw new IllegalArgumentException("length difference must be finite, got " + lengthDifference);
        }
    }

    /** A verdict beside one person's vote, of which no more is known. */
    public static Verdict of(String cluster, String modelA, String modelB, Outcome human, Outcome judge) {
        return new Verdict(
                cluster,
                modelA,
                modelB,
                human,
                score(human),
                judge,
                Optional.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty());
    }

    /** The same verdict beside several people's votes. */
    public Verdict withHumanScore(double share) {
        return new Verdict(cluster, modelA, modelB, human, share, judge, swapped, lengthDifference, confidence);
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
