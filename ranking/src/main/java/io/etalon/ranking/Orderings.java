package io.etalon.ranking;

import io.etalon.quality.IdOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/**
 * Rankings of two or more items each, best first, complete or not: the input of Plackett-Luce. Items are numbered in the
 * order of their ids. Immutable.
 */
public final class Orderings {
    private final List<String> items;
    private final int[][] order;
    private final int[] places;

    private Orderings(List<String> items, int[][] order, int[] places) {
        this.items = List.copyOf(items);
        this.order = order;
        this.places = places;
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Item ids in index order, unmodifiable. */
    public List<String> items() {
        return items;
    }

    /** Number of rankings. */
    public int size() {
        return order.length;
    }

    /** Number of items of a ranking. */
    public int length(int ranking) {
        return order[ranking].length;
    }

    /** The item at a place of a ranking, 0 being the best; places from {@link #decided} on are in no order. */
    public int item(int ranking, int place) {
        return order[ranking][place];
    }

    /** Number of places that were decided against all items after them. */
    public int decided(int ranking) {
        return places[ranking];
    }

    /** How often each item was put before each other one, as counts of pairs. */
    public PairCounts pairs() {
        var n = items.size();
        var wins = new double[n][n];
        for (var ranking = 0; ranking < size(); ranking++) {
            for (var place = 0; place < decided(ranking); place++) {
                for (var later = place + 1; later < length(ranking); later++) {
                    wins[item(ranking, place)][item(ranking, later)]++;
                }
            }
        }
        return PairCounts.of(items, wins, new double[n][n]);
    }

    /** Collects rankings in any order. Not safe for concurrent use. */
    public static final class Builder {
        private final Map<String, Integer> numbers = new HashMap<>();
        private final List<int[]> order = new ArrayList<>();
        private final List<Integer> places = new ArrayList<>();

        private Builder() {}

        /** Adds a ranking, best first. */
        public Builder add(List<String> bestFirst) {
            return add(bestFirst, List.of());
        }

        /**
         * Adds a ranking whose best are known and whose rest is not in order, such as a choice of one from many.
         *
         * @throws IllegalArgumentException when an item comes twice, or fewer than two are compared
         */
        public Builder add(List<String> bestFirst, List<String> rest) {
            var all = new ArrayList<>(bestFirst);
            all.addAll(rest);
            if (bestFirst.isEmpty() || all.size() < 2 || new HashSet<>(all).size() != all.size()) {
                throw new IllegalArgumentException(
                        "a ranking needs two or more different items, got " + bestFirst + " before " + rest);
            }
            order.add(all.stream()
                    .mapToInt(id -> numbers.computeIfAbsent(id, unused -> numbers.size()))
                    .toArray());
            places.add(Math.min(bestFirst.size(), all.size() - 1));
            return this;
        }

        /** The rankings added so far; the builder may go on. */
        public Orderings build() {
            var ids = new ArrayList<>(numbers.keySet());
            ids.sort(IdOrder.INSTANCE);
            var place = new int[ids.size()];
            for (var i = 0; i < place.length; i++) {
                place[numbers.getOrDefault(ids.get(i), 0)] = i;
            }
            var renumbered = order.stream()
                    .map(items -> Arrays.stream(items).map(item -> place[item]).toArray())
                    .toArray(int[][]::new);
            return new Orderings(
                    ids, renumbered, places.stream().mapToInt(Integer::intValue).toArray());
        }
    }
}
