package io.etalon.quality;

/**
 * A statistic with its bootstrap interval.
 *
 * @param value the statistic of the data as given
 * @param interval percentile interval over resampled units
 * @param units number of units (tasks, assets) that were resampled
 * @param undefined replicates in which the statistic did not exist and which the interval leaves out; many of them mean
 *     that the interval rests on little
 */
public record Estimate(double value, Interval interval, int units, int undefined) {}
