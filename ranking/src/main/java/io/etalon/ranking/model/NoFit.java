package io.etalon.ranking.model;

import io.etalon.ranking.Islands;

/**
 * The likelihood has no maximum, so there is nothing to publish.
 *
 * @param islands the groups of models that results connect; one group when the reason is another
 * @param message what is wrong and what would help, for people
 */
public record NoFit(Reason reason, Islands islands, String message) implements Fitting {
    /** Why there is no maximum. */
    public enum Reason {
        /** There is nothing to compare. */
        NO_VOTES,
        /** The models fall into groups that no chain of results connects both ways. */
        ISLANDS,
        /** Ties explain everything: their parameter grows without bound. */
        TIES,
        /** A style column is constant at 0, is a sum of others, or separates winners from losers. */
        STYLE
    }
}
