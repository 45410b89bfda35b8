package io.etalon.ranking;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The groups of models between which no chain of results runs both ways: the strongly connected components of the graph
 * whose edges run from winner to loser (R. Tarjan, "Depth-first search and linear graph algorithms", SIAM J. Computing 1,
 * 1972), a tie being an edge both ways. A maximum of the likelihood needs one island (L. Ford, "Solution of a ranking problem
 * from binary comparisons", American Mathematical Monthly 64, 1957): between two islands the difference is unbounded when they
 * met, and unknown when they did not.
 *
 * @param groups model ids of each island, sorted by number; winners before those they beat
 */
public record Islands(List<List<String>> groups) {
    private static final int SHOWN = 5;

    public Islands {
        groups = groups.stream().map(List::copyOf).toList();
    }

    /** The islands of counted votes, in O(models + pairs). */
    public static Islands of(PairCounts counts) {
        return named(counts, components(counts, true));
    }

    /**
     * Whether pairs in which both won, or that tied, join all models: enough for one island, not needed, and a glance at each
     * pair, for whoever asks a thousand times.
     */
    public static boolean joinedBothWays(PairCounts counts) {
        var parent = new int[counts.models().size()];
        Arrays.setAll(parent, i -> i);
        var apart = parent.length;
        for (var pair = 0; pair < counts.pairs() && apart > 1; pair++) {
            if (counts.ties(pair) > 0 || counts.winsFirst(pair) > 0 && counts.winsSecond(pair) > 0) {
                var i = root(parent, counts.first(pair));
                var j = root(parent, counts.second(pair));
                parent[i] = j;
                apart -= i == j ? 0 : 1;
            }
        }
        return apart <= 1;
    }

    private static int root(int[] parent, int node) {
        var at = node;
        while (parent[at] != at) {
            parent[at] = parent[parent[at]];
            at = parent[at];
        }
        return at;
    }

    /** Whether the models beat each other in some cycle when ties are left aside. */
    public static boolean winsHaveCycle(PairCounts counts) {
        for (var pair = 0; pair < counts.pairs(); pair++) {
            if (counts.winsFirst(pair) > 0 && counts.winsSecond(pair) > 0) {
                return true;
            }
        }
        var components = components(counts, false);
        return components.length > 0 && Arrays.stream(components).max().orElse(0) + 1 < components.length;
    }

    /** Whether all models are on one island. */
    public boolean connected() {
        return groups.size() <= 1;
    }

    /** A sentence that names the islands, the first models of each. */
    public String describe() {
        var text = new StringBuilder().append(groups.size()).append(" islands: ");
        for (var i = 0; i < Math.min(SHOWN, groups.size()); i++) {
            var group = groups.get(i);
            text.append(i == 0 ? "" : "; ").append(String.join(", ", group.subList(0, Math.min(SHOWN, group.size()))));
            if (group.size() > SHOWN) {
                text.append(" and ").append(group.size() - SHOWN).append(" more");
            }
        }
        return text.append(groups.size() > SHOWN ? "; and " + (groups.size() - SHOWN) + " more islands" : "")
                .toString();
    }

    private static Islands named(PairCounts counts, int[] component) {
        var islands = Arrays.stream(component).max().orElse(-1) + 1;
        var groups = new ArrayList<List<String>>();
        for (var i = 0; i < islands; i++) {
            groups.add(new ArrayList<>());
        }
        // Tarjan completes losers first, so the last component is at the top.
        for (var model = 0; model < component.length; model++) {
            groups.get(islands - 1 - component[model]).add(counts.models().get(model));
        }
        return new Islands(groups);
    }

    private static int[] components(PairCounts counts, boolean withTies) {
        var n = counts.models().size();
        var offsets = new int[n + 1];
        for (var pair = 0; pair < counts.pairs(); pair++) {
            offsets[counts.first(pair) + 1] += edge(counts.winsFirst(pair), counts.ties(pair), withTies);
            offsets[counts.second(pair) + 1] += edge(counts.winsSecond(pair), counts.ties(pair), withTies);
        }
        Arrays.parallelPrefix(offsets, Integer::sum);
        var target = new int[offsets[n]];
        var next = Arrays.copyOf(offsets, n);
        for (var pair = 0; pair < counts.pairs(); pair++) {
            var i = counts.first(pair);
            var j = counts.second(pair);
            if (edge(counts.winsFirst(pair), counts.ties(pair), withTies) > 0) {
                target[next[i]++] = j;
            }
            if (edge(counts.winsSecond(pair), counts.ties(pair), withTies) > 0) {
                target[next[j]++] = i;
            }
        }
        return new Tarjan(offsets, target).components();
    }

    private static int edge(double wins, double ties, boolean withTies) {
        return wins > 0 || withTies && ties > 0 ? 1 : 0;
    }

    /** The walk, with its own stack: thousands of models in a chain would overflow the thread's. */
    private static final class Tarjan {
        private final int[] offsets;
        private final int[] target;
        private final int[] order;
        private final int[] low;
        private final int[] component;
        private final int[] cursor;
        private final ArrayDeque<Integer> path = new ArrayDeque<>();
        private final ArrayDeque<Integer> open = new ArrayDeque<>();
        private int visited;
        private int found;

        Tarjan(int[] offsets, int[] target) {
            var n = offsets.length - 1;
            this.offsets = offsets;
            this.target = target;
            this.order = new int[n];
            this.low = new int[n];
            this.component = new int[n];
            this.cursor = Arrays.copyOf(offsets, n);
            Arrays.fill(component, -1);
        }

        int[] components() {
            for (var root = 0; root < order.length; root++) {
                if (order[root] == 0) {
                    walk(root);
                }
            }
            return component;
        }

        private void walk(int root) {
            enter(root);
            while (!path.isEmpty()) {
                int node = path.element();
                if (cursor[node] < offsets[node + 1]) {
                    var to = target[cursor[node]++];
                    if (order[to] == 0) {
                        enter(to);
                    } else if (component[to] < 0) {
                        low[node] = Math.min(low[node], order[to]);
                    }
                } else {
                    path.pop();
                    leave(node);
                }
            }
        }

        private void enter(int node) {
            order[node] = ++visited;
            low[node] = visited;
            path.push(node);
            open.push(node);
        }

        private void leave(int node) {
            if (low[node] == order[node]) {
                int member;
                do {
                    member = open.pop();
                    component[member] = found;
                } while (member != node);
                found++;
            }
            if (!path.isEmpty()) {
                int parent = path.element();
                low[parent] = Math.min(low[parent], low[node]);
            }
        }
    }
}
