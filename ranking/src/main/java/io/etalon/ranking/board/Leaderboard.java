package io.etalon.ranking.board;

import io.etalon.ranking.interval.Clustering;
import io.etalon.ranking.model.Ties;
import java.util.List;
import java.util.OptionalDouble;

/**
 * A board.
 *
 * @param standings the models, best first; equals in the order of their ids
 * @param anchor the fixed point of the scale
 * @param level coverage of the intervals, such as 0.95
 * @param clusterings the clusterings whose widest interval is printed, with the number of clusters of each
 * @param ties how ties were counted; half wins when there were none
 * @param tieParameter Davidson's nu or Rao and Kupper's theta
 * @param style effects of the style columns, in their order; empty without style control
 * @param votes number of votes, those that both were bad included
 * @param effectiveVotes {@code (sum w)^2 / sum w^2}
 * @param logLikelihood at the maximum
 * @param warnings what a reader must know before believing the numbers
 */
public record Leaderboard(
        List<Standing> standings,
        Anchor anchor,
        double level,
        List<ClusterCount> clusterings,
        Ties ties,
        OptionalDouble tieParameter,
        List<StyleEffect> style,
        int votes,
        double effectiveVotes,
        double logLikelihood,
        List<String> warnings)
        implements Ranking {
    public Leaderboard {
        standings = List.copyOf(standings);
        clusterings = List.copyOf(clusterings);
        style = List.copyOf(style);
        warnings = List.copyOf(warnings);
    }

    /** How many clusters a clustering found. */
    public record ClusterCount(Clustering clustering, int clusters) {}
}
