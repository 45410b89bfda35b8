package io.etalon.ranking.model;

/** What becomes of votes that neither answer was acceptable. Their share is reported either way. */
public enum BothBad {
    /** They say nothing about which is better and stay out of the rating. */
    APART,
    /** They count as ties, as on the Chatbot Arena; for comparison with its boards only. */
    TIE
}
