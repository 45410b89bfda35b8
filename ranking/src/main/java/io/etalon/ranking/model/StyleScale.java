package io.etalon.ranking.model;

import io.etalon.ranking.Votes;
import java.util.List;

/**
 * The units of style columns: their root mean squares. Columns are scaled but not centred, so that swapping the two sides of a
 * vote changes nothing, and a column of ones (the side) stays what it is.
 */
record StyleScale(List<String> names, double[] scale) {
    static final StyleScale NONE = new StyleScale(List.of(), new double[0]);

    static StyleScale of(Votes votes) {
        var scale = new double[votes.styleColumns().size()];
        for (var k = 0; k < scale.length; k++) {
            var sum = 0.0;
            for (var i = 0; i < votes.size(); i++) {
                sum += (double) votes.style(k, i) * votes.style(k, i);
            }
            scale[k] = Math.sqrt(sum / Math.max(1, votes.size()));
        }
        return new StyleScale(votes.styleColumns(), scale);
    }
}
