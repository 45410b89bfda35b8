package io.etalon.ranking.design;

import io.etalon.quality.Interval;

/**
 * An interval for the mean of values between 0 and 1 (a win rate, ties being half) that may be looked at after every vote: with
 * probability {@code level} it holds at all times at once, so stopping when it decides costs nothing. The predictable plug-in
 * empirical Bernstein sequence of I. Waudby-Smith and A. Ramdas, "Estimating means of bounded random variables by betting", JRSS B
 * 86, 2024, theorem 2, intersected over time. Constant memory; not safe for concurrent use.
 */
public final class ConfidenceSequence {
    private static final double LARGEST_BET = .5;

    private final double logTerm;
    private long size;
    private double sum;
    private double squares;
    private double bets;
    private double betSum;
    private double penalty;
    private double low;
    private double high = 1;

    /**
     * @param level coverage at all times together, such as 0.95
     */
    public ConfidenceSequence(double level) {
        if (!(level > 0 && level < 1)) {
            throw new IllegalArgumentException("level must be between 0 and 1, got " + level);
        }
        this.logTerm = Math.log(2 / (1 - level));
    }

    /**
     * Takes the next value in.
     *
     * @throws IllegalArgumentException unless it is between 0 and 1
     */
    public void add(double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException("values must be between 0 and 1, got " + value);
        }
        size++;
        var meanBefore = (.5 + sum) / size;
        var varianceBefore = (.25 + squares) / size;
        var bet = Math.min(LARGEST_BET, Math.sqrt(2 * logTerm / (varianceBefore * size * Math.log1p(size))));
        var surprise = value - meanBefore;
        bets += bet;
        betSum += bet * value;
        penalty += surprise * surprise * (-Math.log1p(-bet) - bet);
        sum += value;
        var mean = (.5 + sum) / (size + 1);
        squares += (value - mean) * (value - mean);
        var half = (logTerm + penalty) / bets;
        var centre = betSum / bets;
        low = Math.max(low, centre - half);
        high = Math.min(high, centre + half);
    }

    /** Number of values so far. */
    public long size() {
        return size;
    }

    /** The interval as it stands; a point when all that was left contradicts itself, which happens with probability 1 - level. */
    public Interval interval() {
        return low <= high ? new Interval(low, high) : new Interval((low + high) / 2, (low + high) / 2);
    }

    /** What the interval says about a region of no practical difference. */
    public Decision against(Interval indifference) {
        var now = interval();
        if (now.low() > indifference.high()) {
            return Decision.ABOVE;
        }
        if (now.high() < indifference.low()) {
            return Decision.BELOW;
        }
        return indifference.low() <= now.low() && now.high() <= indifference.high()
                ? Decision.EQUIVALENT
                : Decision.GO_ON;
    }

    /** Whether to stop collecting, and with what verdict. */
    public enum Decision {
        /** The mean is above the region. */
        ABOVE,
        /** The mean is below the region. */
        BELOW,
        /** The mean is inside the region: no difference that matters. */
        EQUIVALENT,
        /** Not yet decided. */
        GO_ON
    }
}
