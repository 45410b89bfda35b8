package io.etalon.benchmarks;

/**
 * One goal and what was measured for it.
 *
 * @param name what was measured, in words
 * @param unit unit of {@code measured} and {@code yardstick}, such as {@code labels/s} or {@code s}
 * @param measured our figure
 * @param yardstick the peer's or the machine's figure of the same run, or the limit that was set
 * @param ratio how many times as good as the yardstick: larger is better, whatever the unit
 * @param goal the least ratio wanted
 */
public record Goal(String name, String unit, double measured, double yardstick, double ratio, double goal) {
    /** A goal where more is better (a rate). */
    public static Goal ofRate(String name, String unit, double measured, double yardstick, double goal) {
        return new Goal(name, unit, measured, yardstick, measured / yardstick, goal);
    }

    /** A goal where less is better (a duration, a size). */
    public static Goal ofCost(String name, String unit, double measured, double yardstick, double goal) {
        return new Goal(name, unit, measured, yardstick, yardstick / measured, goal);
    }

    /** Whether the ratio reaches the goal. */
    public boolean holds() {
        return ratio >= goal;
    }
}
