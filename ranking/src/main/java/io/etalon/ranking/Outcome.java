package io.etalon.ranking;

import java.util.Locale;

/** What a voter said about two answers shown side by side. */
public enum Outcome {
    /** The first answer is better. */
    A,
    /** The second answer is better. */
    B,
    /** Both are about equally good. */
    TIE,
    /** Neither is acceptable: not the same as a tie, and never silently taken for one. */
    BOTH_BAD;

    private static final Outcome[] ALL = values();

    /** The outcome with that ordinal, without copying the table of values. */
    static Outcome at(int ordinal) {
        return ALL[ordinal];
    }

    /**
     * Reads {@code a}, {@code b}, {@code tie}, {@code both_bad} and the words of the Chatbot Arena records
     * ({@code model_a}, {@code model_b}, {@code tie (bothbad)}, {@code bothbad}), in any case.
     *
     * @throws IllegalArgumentException when the word is none of them
     */
    public static Outcome parse(String word) {
        return switch (word.strip().toLowerCase(Locale.ROOT)) {
            case "a", "model_a" -> A;
            case "b", "model_b" -> B;
            case "tie" -> TIE;
            case "both_bad", "bothbad", "tie (bothbad)" -> BOTH_BAD;
            default -> throw new IllegalArgumentException("winner \"" + word + "\" is none of a, b, tie, both_bad");
        };
    }
}
