package io.etalon.ranking.board;

/** The point of the Elo scale that is fixed. It moves every number and no difference, rank or error. */
public sealed interface Anchor {
    /** Elo points for one unit of natural log-odds: 400 points are odds of 10 to 1. */
    double POINTS_PER_LOG_ODDS = 400 / Math.log(10);

    /** Elo points of this anchor. */
    double points();

    /** The mean of all models is at {@code points}. */
    record Mean(double points) implements Anchor {}

    /** A model is at {@code points}. */
    record Model(String model, double points) implements Anchor {}

    /** The mean of all models is at 1000. */
    static Anchor standard() {
        return new Mean(1000);
    }
}
