package io.etalon.ranking.board;

import io.etalon.quality.Interval;

/**
 * What a style column is worth to voters.
 *
 * @param effect natural log-odds for a difference of {@code unit}
 * @param unit root mean square of the column
 */
public record StyleEffect(String column, double effect, double standardError, Interval interval, double unit) {}
