package io.etalon.ranking.board;

import io.etalon.quality.Interval;
import io.etalon.ranking.interval.RankRanges;
import java.util.Optional;

/**
 * One line of a board. Ratings, errors and intervals are in Elo points; errors are against the mean of the field.
 *
 * @param rank place by rating, 1 is best; equal ratings share it
 * @param ranks ranks that this model may truly have: with probability {@code level} all lines of the board are right at once
 * @param bootstrap percentile interval of the bootstrap of the widest clustering's clusters, when asked for
 * @param votes weight of the votes that named this model, those that both were bad included
 * @param winRate share of decided votes won, ties being half
 * @param bothBad share of this model's votes that neither answer was good
 * @param next how far the next model is below; empty for the last
 */
public record Standing(
        int rank,
        String model,
        double rating,
        double standardError,
        Interval interval,
        RankRanges.Range ranks,
        Optional<Interval> bootstrap,
        double votes,
        double winRate,
        double bothBad,
        Optional<Gap> next) {}
