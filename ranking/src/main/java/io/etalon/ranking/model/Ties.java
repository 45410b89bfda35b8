package io.etalon.ranking.model;

/** What a tie says about two strengths; x and y are their odds, {@code e^theta}. */
public enum Ties {
    /**
     * A tie has probability {@code nu sqrt(xy) / (x + y + nu sqrt(xy))} (R. Davidson, "On extending the Bradley-Terry model to
     * accommodate ties in paired comparison experiments", JASA 65, 1970). Ratings rest on decided votes and ties alike.
     */
    DAVIDSON,
    /**
     * A win needs a margin: {@code x / (x + theta y)}, and a tie is what is left (P. Rao and L. Kupper, "Ties in
     * paired-comparison experiments", JASA 62, 1967).
     */
    RAO_KUPPER,
    /** A tie is half a win for each, which is no likelihood of ties but what the public boards of chat models do. */
    HALF
}
