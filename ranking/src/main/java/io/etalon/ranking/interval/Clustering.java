package io.etalon.ranking.interval;

/** Which votes are taken to depend on one another. */
public enum Clustering {
    /**
     * The widest of {@link #PROMPT}, {@link #VOTER} and {@link #TWO_WAY} for each number published; with one column only, that
     * one; with none, {@link #ROWS} and a warning. The default.
     */
    LARGEST,
    /** Votes on the same prompt. */
    PROMPT,
    /** Votes of the same voter. */
    VOTER,
    /**
     * Votes that share the prompt or the voter: {@code V(prompt) + V(voter) - V(both)} (A. C. Cameron, J. Gelbach and D. Miller,
     * "Robust inference with multiway clustering", Journal of Business & Economic Statistics 29, 2011).
     */
    TWO_WAY,
    /** None: too narrow wherever prompts or voters come back, and said so in a warning. */
    ROWS
}
