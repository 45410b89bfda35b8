package io.etalon.server.vendor.score;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How much hangs on few. The index is the sum of the squared shares (O. C. Herfindahl, 1950; A. O. Hirschman, 1945): 1 where
 * one has all, 1/n where n have equal parts. Competition authorities multiply it by 10,000.
 *
 * @param shares by who, adding up to 1; empty when there is nothing to share
 * @param index the Herfindahl-Hirschman index; 0 when there is nothing
 * @param effective the number of equal partners that would have the same index
 */
public record Concentration(SortedMap<String, Double> shares, double index, double effective) {
    /** Of amounts that are not negative. */
    public static Concentration of(Map<String, ? extends Number> amounts) {
        var all = amounts.values().stream().mapToDouble(Number::doubleValue).sum();
        var shares = new TreeMap<String, Double>();
        if (!(all > 0)) {
            return new Concentration(shares, 0, 0);
        }
        amounts.forEach((who, amount) -> shares.put(who, amount.doubleValue() / all));
        var index = shares.values().stream().mapToDouble(share -> share * share).sum();
        return new Concentration(shares, index, 1 / index);
    }
}
