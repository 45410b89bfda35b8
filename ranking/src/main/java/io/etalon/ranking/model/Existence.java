package io.etalon.ranking.model;

import io.etalon.ranking.Islands;
import io.etalon.ranking.PairCounts;
import io.etalon.ranking.model.NoFit.Reason;
import java.util.Optional;

/**
 * Whether the likelihood has a maximum. It has none exactly if some direction never lowers it: strengths can drift apart
 * between islands; and the tie parameter can grow for ever when strengths exist under which every win is by 2 or more and every
 * tie within 2, in units of its logarithm. The latter is a system of differences, solvable unless some cycle holds more wins
 * than ties.
 */
final class Existence {
    private Existence() {}

    static Optional<NoFit> refusal(PairCounts counts, FitOptions options) {
        if (counts.totalWins() + counts.totalTies() == 0) {
            return refuse(Reason.NO_VOTES, counts, "there are no votes that compare two models");
        }
        if (options.ridge() == 0 && !Islands.joinedBothWays(counts)) {
            var islands = Islands.of(counts);
            if (!islands.connected()) {
                return refuse(
                        Reason.ISLANDS,
                        counts,
                        "the votes do not connect the models: " + islands.describe()
                                + ". Collect votes between the islands in which either side wins, rank them apart, or ask for a ridge");
            }
        }
        if (options.ties() != Ties.HALF && counts.totalTies() > 0) {
            if (counts.totalWins() == 0) {
                return refuse(Reason.TIES, counts, "every vote is a tie, so nothing can be said of differences");
            }
            if (options.ridge() == 0 && !Islands.winsHaveCycle(counts) && !cycleOfMoreWinsThanTies(counts)) {
                return refuse(
                        Reason.TIES,
                        counts,
                        "so many ties and so few wins that the share of ties has no bound; count ties as half wins instead");
            }
        }
        return Optional.empty();
    }

    private static Optional<NoFit> refuse(Reason reason, PairCounts counts, String message) {
        return Optional.of(new NoFit(reason, Islands.of(counts), message));
    }

    /** Longest paths by R. Bellman (1958): a win weighs +1, a tie -1 either way. O(models pairs), rarely needed. */
    private static boolean cycleOfMoreWinsThanTies(PairCounts counts) {
        var height = new int[counts.models().size()];
        var changed = true;
        for (var round = 0; round <= height.length && changed; round++) {
            changed = false;
            for (var pair = 0; pair < counts.pairs(); pair++) {
                var i = counts.first(pair);
                var j = counts.second(pair);
                changed |= counts.winsFirst(pair) > 0 && raise(height, i, height[j] + 1);
                changed |= counts.winsSecond(pair) > 0 && raise(height, j, height[i] + 1);
                changed |= counts.ties(pair) > 0 && raise(height, i, height[j] - 1);
                changed |= counts.ties(pair) > 0 && raise(height, j, height[i] - 1);
            }
        }
        return changed;
    }

    private static boolean raise(int[] height, int node, int to) {
        if (height[node] >= to) {
            return false;
        }
        height[node] = to;
        return true;
    }
}
