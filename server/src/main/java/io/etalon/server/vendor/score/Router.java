package io.etalon.server.vendor.score;

import static java.util.Locale.ROOT;

import io.etalon.quality.SpecialFunctions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;

/** Decides shares by a policy. Stateless; equal arguments give equal shares. */
public final class Router {
    private static final int DRAWS = 1_000;
    private static final int BISECTIONS = 60;

    private final RoutingPolicy policy;
    private final List<Candidate> open;
    private final List<String> reasons = new ArrayList<>();

    private Router(RoutingPolicy policy, List<Candidate> open) {
        this.policy = policy;
        this.open = open;
    }

    /**
     * Decides.
     *
     * @param candidates the workforces of the project, in a fixed order
     * @param waiting answers that are to be given
     * @param spent of a budget since the policy is in force
     * @param turn which decision it is: each has its own draws
     */
    public static Allocation decide(
            RoutingPolicy policy, List<Candidate> candidates, long waiting, double spent, long turn) {
        var parts = new TreeMap<UUID, Double>();
        candidates.forEach(one -> parts.put(one.workforce(), 0.0));
        var router = new Router(
                policy, candidates.stream().filter(one -> one.closed() == null).toList());
        if (!router.open.isEmpty()) {
            var shares = router.shares(waiting, spent, turn);
            for (var i = 0; i < shares.length; i++) {
                parts.put(router.open.get(i).workforce(), shares[i]);
            }
        }
        candidates.stream()
                .filter(one -> one.closed() != null)
                .forEach(one -> router.reasons.add(one.name() + " takes nothing: " + one.closed()));
        return new Allocation(parts, router.reasons);
    }

    private double[] shares(long waiting, double spent, long turn) {
        return switch (policy.kind()) {
            case RoutingPolicy.FIXED -> fixed();
            case RoutingPolicy.CHEAPEST -> cheapest();
            case RoutingPolicy.BEST -> best(waiting, spent);
            case RoutingPolicy.ADAPTIVE -> adaptive(turn);
            case null, default -> throw new IllegalArgumentException("no policy decides by " + policy.kind());
        };
    }

    /** The shares of those who may work, made up to 1. */
    private double[] fixed() {
        var asked = policy.shares();
        var shares = open.stream()
                .mapToDouble(one -> asked == null ? 0 : asked.getOrDefault(one.workforce(), 0.0))
                .toArray();
        var sum = Arrays.stream(shares).sum();
        reasons.add(
                sum > 1 - 1e-6
                        ? "The shares are fixed."
                        : sum > 0
                                ? "The shares are fixed; those who may work share the rest in proportion."
                                : "The shares are fixed for workforces that may not work; the others have equal parts.");
        return Arrays.stream(shares)
                .map(share -> sum > 0 ? share / sum : 1.0 / shares.length)
                .toArray();
    }

    private double[] cheapest() {
        var bound = policy.quality() == null ? 0 : policy.quality();
        var meets = IntStream.range(0, open.size())
                .filter(i -> open.get(i)
                        .accuracy()
                        .filter(a -> a.interval().low() >= bound)
                        .isPresent())
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> open.get(i).cost()))
                .toList();
        var order = new ArrayList<>(meets);
        // After those who meet the bound, the others by what they would reach at least.
        IntStream.range(0, open.size())
                .filter(i -> !meets.contains(i))
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -least(open.get(i))))
                .forEach(order::add);
        var first = open.get(order.getFirst());
        reasons.add(
                meets.isEmpty()
                        ? String.format(
                                ROOT,
                                "Nobody is known to reach %.1f %%; %s comes nearest (%s).",
                                100 * bound,
                                first.name(),
                                known(first))
                        : String.format(
                                ROOT,
                                "%s is the cheapest that reaches %.1f %%: %s, %s.",
                                first.name(),
                                100 * bound,
                                priced(first),
                                known(first)));
        return fill(order);
    }

    private static double least(Candidate one) {
        return one.accuracy().map(a -> a.interval().low()).orElse(0.0);
    }

    /** Most accuracy under a mean price: the order by accuracy minus a price of money, which is raised until it fits. */
    private double[] best(long waiting, double spent) {
        var left = Math.max(0, policy.money().doubleValue() - spent);
        var each = waiting == 0 ? Double.MAX_VALUE : left / waiting;
        var dear = fill(order(0));
        if (cost(dear) <= each) {
            reasons.add(String.format(
                    ROOT,
                    "The budget pays for the best order of accuracy: %.4f an annotation, %.4f are used.",
                    each,
                    cost(dear)));
            return dear;
        }
        var low = 0.0;
        var high = 1e9;
        var cheap = fill(order(high));
        if (cost(cheap) > each) {
            reasons.add(String.format(
                    ROOT,
                    "The budget pays %.4f an annotation and the cheapest shares cost %.4f: it will not last.",
                    each,
                    cost(cheap)));
            return cheap;
        }
        for (var i = 0; i < BISECTIONS; i++) {
            var middle = (low + high) / 2;
            var shares = fill(order(middle));
            if (cost(shares) > each) {
                low = middle;
                dear = shares;
            } else {
                high = middle;
                cheap = shares;
            }
        }
        var weight = (each - cost(cheap)) / (cost(dear) - cost(cheap));
        var mixed = new double[dear.length];
        for (var i = 0; i < mixed.length; i++) {
            mixed[i] = weight * dear[i] + (1 - weight) * cheap[i];
        }
        reasons.add(String.format(
                ROOT,
                "The budget pays %.4f an annotation; these shares use it up with the best accuracy to expect.",
                each));
        return mixed;
    }

    private List<Integer> order(double priceOfMoney) {
        return IntStream.range(0, open.size())
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) ->
                        priceOfMoney * open.get(i).cost() - open.get(i).expected()))
                .toList();
    }

    private double cost(double[] shares) {
        return IntStream.range(0, shares.length)
                .mapToDouble(i -> shares[i] * open.get(i).cost())
                .sum();
    }

    /**
     * The probability that each is the cheapest per correct annotation (W. R. Thompson, "On the likelihood that one unknown
     * probability exceeds another", Biometrika 25, 1933), by draws from what is believed of each.
     */
    private double[] adaptive(long turn) {
        var random = new SplittableRandom(policy.draws() * 0x9E3779B97F4A7C15L + turn);
        var wins = new double[open.size()];
        for (var draw = 0; draw < DRAWS; draw++) {
            var best = -1;
            var least = Double.MAX_VALUE;
            for (var i = 0; i < wins.length; i++) {
                var beliefs = open.get(i).beliefs();
                var accuracy = SpecialFunctions.betaQuantile(
                        Math.clamp(random.nextDouble(), 1e-9, 1 - 1e-9), beliefs[0], beliefs[1]);
                // Without prices, the one is the best that is right most often.
                var cost = Math.max(open.get(i).cost(), 1e-9) / Math.max(accuracy, 1e-9);
                if (cost < least) {
                    least = cost;
                    best = i;
                }
            }
            wins[best] += 1.0 / DRAWS;
        }
        for (var i = 0; i < wins.length; i++) {
            reasons.add(String.format(
                    ROOT,
                    "%s is the cheapest per correct annotation with probability %.3f: %s, %s.",
                    open.get(i).name(),
                    wins[i],
                    priced(open.get(i)),
                    known(open.get(i))));
        }
        return within(wins);
    }

    private static String known(Candidate one) {
        return one.accuracy()
                .map(a -> String.format(
                        ROOT,
                        "right on %.1f %% (%.1f to %.1f)",
                        100 * a.value(),
                        100 * a.interval().low(),
                        100 * a.interval().high()))
                .orElse("not measured yet");
    }

    private static String priced(Candidate one) {
        return one.price() == null ? "no price" : String.format(ROOT, "%.4f an annotation", one.price());
    }

    /** Everybody's floor, and what is left to the first ones up to the cap. */
    private double[] fill(List<Integer> order) {
        var bounds = bounds();
        var shares = new double[open.size()];
        Arrays.fill(shares, bounds[0]);
        var rest = 1 - bounds[0] * shares.length;
        for (var i : order) {
            var more = Math.min(rest, bounds[1] - bounds[0]);
            shares[i] += more;
            rest -= more;
        }
        return shares;
    }

    /** The nearest shares in proportion that keep floor and cap. */
    private double[] within(double[] wanted) {
        var bounds = bounds();
        var low = 0.0;
        var high = 1e12;
        for (var i = 0; i < 2 * BISECTIONS; i++) {
            var middle = (low + high) / 2;
            if (Arrays.stream(clamped(wanted, middle, bounds)).sum() < 1) {
                low = middle;
            } else {
                high = middle;
            }
        }
        var shares = clamped(wanted, high, bounds);
        var sum = Arrays.stream(shares).sum();
        return Arrays.stream(shares).map(share -> share / sum).toArray();
    }

    private static double[] clamped(double[] wanted, double times, double[] bounds) {
        // A little for who never won, so that caps below one can be filled.
        return Arrays.stream(wanted)
                .map(share -> Math.clamp((share + 1e-9) * times, bounds[0], bounds[1]))
                .toArray();
    }

    /** Floor and cap, widened where so many workforces cannot keep them. */
    private double[] bounds() {
        var equal = 1.0 / open.size();
        return new double[] {Math.min(policy.least(), equal), Math.max(policy.most(), equal)};
    }
}
