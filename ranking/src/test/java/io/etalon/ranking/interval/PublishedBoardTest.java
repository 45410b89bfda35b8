package io.etalon.ranking.interval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.etalon.quality.Interval;
import io.etalon.ranking.EvaluationData;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The board of 128 models that the Chatbot Arena published on 12 August 2024. */
class PublishedBoardTest {
    private static final List<Row> ROWS = new ArrayList<>();

    private record Row(double rating, Interval interval, int votes, int rank) {}

    private static List<Row> rows() {
        if (ROWS.isEmpty()) {
            EvaluationData.lines("lmarena_published_20240812", "published_bt_20240813.csv").stream()
                    .skip(1)
                    .map(line -> line.split(","))
                    .map(cells -> new Row(
                            Double.parseDouble(cells[1]),
                            new Interval(Double.parseDouble(cells[4]), Double.parseDouble(cells[3])),
                            Integer.parseInt(cells[5]),
                            Integer.parseInt(cells[6])))
                    .forEach(ROWS::add);
        }
        return ROWS;
    }

    @Test
    void printsRanksThatExceedItsOwnRule() {
        var excess = excess();
        assertThat(excess).hasSize(128).allMatch(by -> by >= 0 && by <= 5);
        assertThat(excess.stream().filter(by -> by > 0)).hasSize(126);
        assertThat(excess.stream().filter(by -> by == 5)).hasSize(112);
    }

    @Test
    void printsTheRanksOfItsRuleWithFiveModelsThatItDoesNotShow() {
        // A model that is not shown pushes down everyone whose interval ends below the begin of its own, and nobody
        // else.
        var excess = excess();
        var intervals = new ArrayList<>(rows().stream().map(Row::interval).toList());
        for (var hidden = 1; hidden <= 5; hidden++) {
            var above = Double.POSITIVE_INFINITY;
            var pushed = Double.NEGATIVE_INFINITY;
            for (var i = 0; i < excess.size(); i++) {
                var high = rows().get(i).interval().high();
                if (excess.get(i) >= hidden) {
                    pushed = Math.max(pushed, high);
                } else {
                    above = Math.min(above, high);
                }
            }
            assertThat(pushed).as("hidden model %d", hidden).isLessThan(above);
            intervals.add(new Interval((pushed + above) / 2, 2000));
        }
        assertThat(RankRanges.bySeparation(intervals).subList(0, 128))
                .isEqualTo(rows().stream().map(Row::rank).toList());
    }

    @Test
    void shrinksItsIntervalsWithTheRootOfTheVotes() {
        var constants = rows().stream()
                .map(row -> (row.interval.high() - row.interval.low()) / 2 * Math.sqrt(row.votes))
                .sorted(Comparator.naturalOrder())
                .toList();
        assertThat(constants.get(64)).isCloseTo(617.77, within(.01));
        assertThat(constants.get(13)).isCloseTo(542.70, within(.01));
        assertThat(constants.get(115)).isCloseTo(780.89, within(.01));
    }

    private static List<Integer> excess() {
        var rule = RankRanges.bySeparation(rows().stream().map(Row::interval).toList());
        var excess = new ArrayList<Integer>();
        for (var i = 0; i < rule.size(); i++) {
            excess.add(rows().get(i).rank - rule.get(i));
        }
        return excess;
    }
}
