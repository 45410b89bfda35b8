package io.etalon.ranking.interval;

import io.etalon.ranking.Votes;
import java.util.Arrays;

/**
 * Votes sorted by cluster. A vote whose cluster is unknown is a cluster of its own.
 *
 * @param order vote indices, those of a cluster side by side, each cluster's in their own order
 * @param ends position after the last vote of each cluster
 */
@SuppressWarnings("ArrayRecordComponent") // Internal, and as long as the votes: handed over, never compared.
record Clusters(int[] order, int[] ends) {
    /** The number of a vote's cluster, or {@link Votes#UNKNOWN}. */
    @FunctionalInterface
    interface Column {
        int of(int vote);
    }

    static Clusters of(Votes votes, Column column, int count) {
        var order = sorted(votes, identity(votes.size()), column, count);
        return new Clusters(order, ends(order, column, vote -> 0));
    }

    /** Clusters of votes that share both prompt and voter. */
    static Clusters ofBoth(Votes votes) {
        var byVoter = sorted(votes, identity(votes.size()), votes::voter, votes.voters());
        var order = sorted(votes, byVoter, votes::prompt, votes.prompts());
        return new Clusters(order, ends(order, votes::prompt, votes::voter));
    }

    /** Position of the first vote of a cluster. */
    int start(int cluster) {
        return cluster == 0 ? 0 : ends[cluster - 1];
    }

    int size() {
        return ends.length;
    }

    /** Clusters of equal size that would weigh as much: {@code (sum of sizes)^2 / sum of squares}. */
    double effective() {
        var squares = 0.0;
        for (var cluster = 0; cluster < ends.length; cluster++) {
            var votes = (double) ends[cluster] - start(cluster);
            squares += votes * votes;
        }
        return (double) order.length * order.length / squares;
    }

    static int[] identity(int size) {
        var order = new int[size];
        Arrays.setAll(order, i -> i);
        return order;
    }

    /** A stable counting sort, the unknown first. */
    static int[] sorted(Votes votes, int[] order, Column column, int count) {
        var next = new int[count + 2];
        for (var i = 0; i < votes.size(); i++) {
            next[column.of(i) + 2]++;
        }
        Arrays.parallelPrefix(next, Integer::sum);
        var sorted = new int[order.length];
        for (var vote : order) {
            sorted[next[column.of(vote) + 1]++] = vote;
        }
        return sorted;
    }

    private static int[] ends(int[] order, Column column, Column other) {
        var ends = new int[order.length];
        var size = 0;
        for (var i = 0; i < order.length; i++) {
            var last = i + 1 == order.length;
            if (last || !together(order[i], order[i + 1], column) || !together(order[i], order[i + 1], other)) {
                ends[size++] = i + 1;
            }
        }
        return Arrays.copyOf(ends, size);
    }

    /** Whether both are of the same known cluster. */
    static boolean together(int vote, int next, Column column) {
        var cluster = column.of(vote);
        return cluster != Votes.UNKNOWN && cluster == column.of(next);
    }
}
