package io.etalon.server.vendor.score;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.etalon.annotation.Fault;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a project's waiting work is divided among its workforces. Immutable; it may hold any draft, and {@link #faults} says what
 * is wrong with it.
 *
 * @param kind {@code fixed}: these shares; {@code cheapest}: all to the cheapest that meets {@code quality}; {@code best}: the
 *     best accuracy that {@code budget} pays for; {@code adaptive}: Thompson sampling on the cost of a correct annotation
 * @param shares with fixed: by workforce, adding up to 1
 * @param quality with cheapest: the accuracy that the lower end of a workforce's interval has to reach, above 0 and below 1
 * @param budget with best: for all that waits when the policy is set and for what is planned later, a decimal number in the currency of the contracts
 * @param floor the least share of each workforce that may work at all, 0.05 without: what gets nothing is never measured
 * @param cap the most, 1 without
 * @param overlap the share of the tasks whose answers are spread over the workforces, so that they are measured on the same
 *     work; 0 without. These tasks need two answers or more: the queue's own overlap widens the same tasks
 * @param everyMinutes how often shares are decided anew, 60 without
 * @param seed of the random draws, 1 without
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RoutingPolicy(
        @Nullable String kind,
        @Nullable Map<UUID, Double> shares,
        @Nullable Double quality,
        @Nullable String budget,
        @Nullable Double floor,
        @Nullable Double cap,
        @Nullable Double overlap,
        @Nullable Integer everyMinutes,
        @Nullable Long seed) {
    public static final String FIXED = "fixed";
    public static final String CHEAPEST = "cheapest";
    public static final String BEST = "best";
    public static final String ADAPTIVE = "adaptive";

    private static final Pattern AMOUNT = Pattern.compile("\\d{1,12}(\\.\\d{1,6})?");
    private static final int A_WEEK = 7 * 24 * 60;

    /** The short form: fixed shares. */
    public static RoutingPolicy fixed(Map<UUID, Double> shares) {
        return new RoutingPolicy(FIXED, shares, null, null, null, null, null, null, null);
    }

    @JsonIgnore
    double least() {
        return floor == null ? 0.05 : floor;
    }

    @JsonIgnore
    double most() {
        return cap == null ? 1 : cap;
    }

    /** The share of the tasks whose answers are spread. */
    @JsonIgnore
    public double crossed() {
        return overlap == null ? 0 : overlap;
    }

    /** Minutes between two decisions. */
    @JsonIgnore
    public int minutes() {
        return everyMinutes == null ? 60 : everyMinutes;
    }

    @JsonIgnore
    long draws() {
        return seed == null ? 1 : seed;
    }

    /**
     * What is wrong with it, each with its place; empty when it can be in force.
     *
     * @param workforces those that the project draws on
     */
    public List<Fault> faults(Set<UUID> workforces) {
        var faults = new ArrayList<Fault>();
        switch (kind) {
            case FIXED -> fixed(faults, workforces);
            case CHEAPEST -> {
                if (quality == null || !(quality > 0 && quality < 1)) {
                    faults.add(new Fault("/quality", "must be above 0 and below 1"));
                }
            }
            case BEST -> {
                if (budget == null || !AMOUNT.matcher(budget).matches()) {
                    faults.add(new Fault("/budget", "must be a decimal number, such as \"1200.50\""));
                }
            }
            case ADAPTIVE -> {}
            case null, default -> faults.add(new Fault("/kind", "must be fixed, cheapest, best or adaptive"));
        }
        within(faults, floor, "/floor");
        within(faults, cap, "/cap");
        within(faults, overlap, "/overlap");
        if (faults.isEmpty() && least() > most()) {
            faults.add(new Fault("/floor", "must not be above cap"));
        }
        if (everyMinutes != null && (everyMinutes < 1 || everyMinutes > A_WEEK)) {
            faults.add(new Fault("/everyMinutes", "must be from 1 to " + A_WEEK));
        }
        return faults;
    }

    private void fixed(List<Fault> faults, Set<UUID> workforces) {
        if (shares == null || shares.isEmpty()) {
            faults.add(new Fault("/shares", "is missing"));
            return;
        }
        var sum = 0.0;
        for (var share : shares.entrySet()) {
            var pointer = "/shares/" + share.getKey();
            if (!workforces.contains(share.getKey())) {
                faults.add(new Fault(pointer, "is not a workforce of this project"));
            }
            if (!(share.getValue() >= 0 && share.getValue() <= 1)) {
                faults.add(new Fault(pointer, "must be from 0 to 1"));
            }
            sum += share.getValue();
        }
        if (faults.isEmpty() && Math.abs(sum - 1) > 1e-6) {
            faults.add(new Fault("/shares", "must add up to 1, not " + sum));
        }
    }

    private static void within(List<Fault> faults, @Nullable Double value, String pointer) {
        if (value != null && !(value >= 0 && value <= 1)) {
            faults.add(new Fault(pointer, "must be from 0 to 1"));
        }
    }

    BigDecimal money() {
        return new BigDecimal(budget == null ? "0" : budget);
    }
}
