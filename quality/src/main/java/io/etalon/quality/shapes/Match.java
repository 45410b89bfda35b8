package io.etalon.quality.shapes;

import java.util.ArrayList;
import java.util.List;

/** One pair of the best one-to-one matching of two lists of shapes. */
record Match(int left, int right, double overlap) {
    /**
     * Matches shapes one to one so that the sum of overlaps is highest, taking only pairs of at least {@code threshold}.
     * The lists are expected in an order by content, so that the choice among equals is one by content too.
     */
    static <S extends Comparable<S>> List<Match> best(
            ShapeKind<S> kind, List<S> left, List<S> right, double threshold) {
        if (left.isEmpty() || right.isEmpty()) {
            return List.of();
        }
        var cost = new double[left.size()][right.size()];
        for (var i = 0; i < left.size(); i++) {
            for (var j = 0; j < right.size(); j++) {
                var overlap = kind.overlap(left.get(i), right.get(j));
                cost[i][j] = overlap >= threshold ? 1 - overlap : 1;
            }
        }
        var columns = Assignment.minimise(cost);
        var matches = new ArrayList<Match>();
        for (var i = 0; i < columns.length; i++) {
            if (columns[i] >= 0) {
                var overlap = kind.overlap(left.get(i), right.get(columns[i]));
                if (overlap >= threshold) {
                    matches.add(new Match(i, columns[i], overlap));
                }
            }
        }
        return matches;
    }
}
