package io.etalon.quality.shapes;

import io.etalon.annotation.Box;
import java.util.ArrayList;
import java.util.List;

/** One pair of the best one-to-one matching of two lists of boxes. */
record BoxMatch(int left, int right, double iou) {
    /**
     * Matches boxes one to one so that the sum of IoU is highest, taking only pairs of at least {@code threshold}. The
     * lists are expected in an order by content, so that the choice among equals is one by content too.
     */
    static List<BoxMatch> best(List<Box> left, List<Box> right, double threshold) {
        if (left.isEmpty() || right.isEmpty()) {
            return List.of();
        }
        var cost = new double[left.size()][right.size()];
        for (var i = 0; i < left.size(); i++) {
            for (var j = 0; j < right.size(); j++) {
                var iou = left.get(i).iou(right.get(j));
                cost[i][j] = iou >= threshold ? 1 - iou : 1;
            }
        }
        var columns = Assignment.minimise(cost);
        var matches = new ArrayList<BoxMatch>();
        for (var i = 0; i < columns.length; i++) {
            if (columns[i] >= 0) {
                var iou = left.get(i).iou(right.get(columns[i]));
                if (iou >= threshold) {
                    matches.add(new BoxMatch(i, columns[i], iou));
                }
            }
        }
        return matches;
    }
}
