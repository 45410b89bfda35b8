package io.etalon.quality.sequences;

import io.etalon.quality.IdOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Rankings and preferences of several people over the same items, kept as how often each item stands before each other.
 * A ranking of some of the items says nothing about the rest; equals count half for either. Items stand in the order of
 * their ids, so that the order of adding leaves no trace. Immutable; O(items^2) memory.
 *
 * <p>Strengths with intervals come from the ranking library (Bradley-Terry, Plackett-Luce); here is what needs no model.
 */
public final class Rankings {
    /** Up to so many items the best order is found among all, in O(2^items x items^2). */
    private static final int EXACT_ITEMS = 14;

    private static final int MOST_ITEMS = 4096;
    /** Every move lowers the disagreement, so that few passes are made; the limit guards against rounding. */
    private static final int MOST_PASSES = 1000;

    private final List<String> items;
    /** Weight with which the row stands before the column. */
    private final double[][] before;

    private Rankings(Builder builder) {
        this.items = List.copyOf(builder.before.keySet());
        this.before = new double[items.size()][items.size()];
        for (var row = 0; row < items.size(); row++) {
            var weights = builder.before.getOrDefault(items.get(row), Map.of());
            for (var column = 0; column < items.size(); column++) {
                before[row][column] = weights.getOrDefault(items.get(column), 0.0);
            }
        }
    }

    /** An item in an order and its share of won comparisons, ties half; 0.5 for an item that nobody compared. */
    public record Placed(String item, double score) {}

    /**
     * All items, the best first; items with equal scores stand in the order of their ids, which is no preference.
     *
     * @param disagreement weight of the comparisons that say otherwise, over that of all; 0 without comparisons
     * @param best whether no order has less disagreement (known for few items only)
     */
    public record Order(List<Placed> items, double disagreement, boolean best) {
        /** Item ids, the best first. */
        public List<String> ids() {
            return items.stream().map(Placed::item).toList();
        }
    }

    /** A builder without rankings. */
    public static Builder builder() {
        return new Builder();
    }

    /** All items, in the order of their ids. */
    public List<String> items() {
        return items;
    }

    /**
     * By share of comparisons won: for complete rankings the order of J.-C. de Borda's count (1781), for pairs that of
     * wins. O(items^2).
     */
    public Order borda() {
        return order(bordaOrder(), false);
    }

    /**
     * The order with which the fewest comparisons disagree (J. G. Kemeny, "Mathematics without numbers", Daedalus 88,
     * 1959): for up to 14 items the best of all, beyond that Borda's improved by moving single items until none helps,
     * O(items^2) a round.
     */
    public Order kemeny() {
        return items.size() <= EXACT_ITEMS ? order(exact(), true) : order(improved(bordaOrder()), false);
    }

    /** Kemeny's order by local search only, whatever the number of items. */
    Order kemenyByLocalSearch() {
        return order(improved(bordaOrder()), false);
    }

    private double score(int item) {
        var won = 0.0;
        var all = 0.0;
        for (var other = 0; other < items.size(); other++) {
            won += before[item][other];
            all += before[item][other] + before[other][item];
        }
        return all == 0 ? .5 : won / all;
    }

    private Order order(List<Integer> order, boolean best) {
        var against = 0.0;
        var all = 0.0;
        for (var i = 0; i < order.size(); i++) {
            for (var j = i + 1; j < order.size(); j++) {
                against += before[order.get(j)][order.get(i)];
                all += before[order.get(i)][order.get(j)] + before[order.get(j)][order.get(i)];
            }
        }
        var placed = order.stream()
                .map(item -> new Placed(items.get(item), score(item)))
                .toList();
        return new Order(placed, all == 0 ? 0 : against / all, best);
    }

    private List<Integer> bordaOrder() {
        var order = new ArrayList<Integer>();
        for (var item = 0; item < items.size(); item++) {
            order.add(item);
        }
        order.sort(Comparator.comparingDouble((Integer item) -> -score(item)));
        return order;
    }

    private List<Integer> improved(List<Integer> start) {
        var order = new ArrayList<>(start);
        var moved = true;
        for (var pass = 0; moved && pass < MOST_PASSES; pass++) {
            moved = false;
            for (var from = 0; from < order.size(); from++) {
                var to = bestPlace(order, from);
                if (to != from) {
                    order.add(to, order.remove(from));
                    moved = true;
                }
            }
        }
        return order;
    }

    /** Where an item of the order would best stand, all others staying: itself unless strictly better. */
    private int bestPlace(List<Integer> order, int from) {
        var item = order.get(from);
        var best = from;
        var least = -1e-9;
        var change = 0.0;
        for (var to = from - 1; to >= 0; to--) {
            change += before[order.get(to)][item] - before[item][order.get(to)];
            if (change < least) {
                least = change;
                best = to;
            }
        }
        change = 0;
        for (var to = from + 1; to < order.size(); to++) {
            change += before[item][order.get(to)] - before[order.get(to)][item];
            if (change < least) {
                least = change;
                best = to;
            }
        }
        return best;
    }

    /** Least disagreement of every set of items as the head of the order, by the item that ends it. */
    private List<Integer> exact() {
        var sets = 1 << items.size();
        var least = new double[sets];
        var last = new int[sets];
        for (var set = 1; set < sets; set++) {
            least[set] = Double.POSITIVE_INFINITY;
            for (var item = items.size() - 1; item >= 0; item--) {
                if ((set >> item & 1) == 1) {
                    var cost = least[set ^ 1 << item];
                    for (var other = 0; other < items.size(); other++) {
                        cost += (set >> other & 1) == 1 ? before[item][other] : 0;
                    }
                    // Of equal orders the one that ends with the later id, so that ids come in order.
                    if (cost < least[set] - 1e-9) {
                        least[set] = cost;
                        last[set] = item;
                    }
                }
            }
        }
        var order = new ArrayList<Integer>();
        for (var set = sets - 1; set != 0; set ^= 1 << last[set]) {
            order.add(last[set]);
        }
        return order.reversed();
    }

    /** Collects rankings and preferences in any order. Not safe for concurrent use. */
    public static final class Builder {
        private final Map<String, Map<String, Double>> before = new TreeMap<>(IdOrder.INSTANCE);

        private Builder() {}

        /** Adds items, so that they stand in the result even when nobody compares them. */
        public Builder items(List<String> ids) {
            for (var id : ids) {
                before.putIfAbsent(id, new TreeMap<>());
                if (before.size() > MOST_ITEMS) {
                    throw new IllegalArgumentException("more than " + MOST_ITEMS + " items are too many to rank");
                }
            }
            return this;
        }

        /** Adds that one item was preferred to another. */
        public Builder prefer(String better, String worse) {
            return compare(better, worse, 1);
        }

        /** Adds that two items were found equal. */
        public Builder tie(String left, String right) {
            return compare(left, right, .5).compare(right, left, .5);
        }

        /**
         * Adds a ranking, the best first.
         *
         * @throws IllegalArgumentException when an item stands in it twice
         */
        public Builder rank(List<String> bestFirst) {
            return rankGroups(bestFirst.stream().map(List::of).toList());
        }

        /** Adds a ranking of groups, the best first; the items of a group are equals. */
        public Builder rankGroups(List<List<String>> bestFirst) {
            var all = bestFirst.stream().flatMap(List::stream).toList();
            if (all.stream().distinct().count() != all.size()) {
                throw new IllegalArgumentException("a ranking names an item twice: " + bestFirst);
            }
            items(all);
            for (var group = 0; group < bestFirst.size(); group++) {
                var own = bestFirst.get(group);
                for (var i = 0; i < own.size(); i++) {
                    for (var j = i + 1; j < own.size(); j++) {
                        tie(own.get(i), own.get(j));
                    }
                    for (var later : bestFirst.subList(group + 1, bestFirst.size())) {
                        for (var worse : later) {
                            prefer(own.get(i), worse);
                        }
                    }
                }
            }
            return this;
        }

        /**
         * Adds a comparison of some weight.
         *
         * @throws IllegalArgumentException when the items are the same or the weight is not above 0 and finite
         */
        public Builder compare(String better, String worse, double weight) {
            if (better.equals(worse)) {
                throw new IllegalArgumentException("item \"" + better + "\" cannot be compared with itself");
            }
            if (!(weight > 0) || Double.isInfinite(weight)) {
                throw new IllegalArgumentException("weight must be above 0 and finite, got " + weight);
            }
            items(List.of(better, worse));
            before.getOrDefault(better, Map.of()).merge(worse, weight, Double::sum);
            return this;
        }

        /** What was added so far; the builder may go on. */
        public Rankings build() {
            return new Rankings(this);
        }
    }
}
