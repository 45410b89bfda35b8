package io.etalon.ranking.board;

import io.etalon.quality.Interval;
import java.util.OptionalInt;

/**
 * The difference between neighbours on a board, in Elo points.
 *
 * @param below the model one line below
 * @param interval interval of the difference, which is not the difference of two intervals
 * @param votesToFlip fewest votes found whose removal swaps the two, refitted to be sure; empty when not asked for, or when
 *     no removal that keeps the models connected does
 */
public record Gap(String below, double difference, double standardError, Interval interval, OptionalInt votesToFlip) {}
