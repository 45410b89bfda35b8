package io.etalon.quality.numeric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.etalon.quality.Labels;
import io.etalon.quality.truth.DawidSkene;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OrdinalTruthTest {
    private static final List<String> GRADES = List.of("bad", "poor", "fair", "good", "best");

    @Test
    void takesTheMiddleVote() {
        var labels = Labels.builder(GRADES)
                .add("a", "1", "bad")
                .add("a", "2", "best")
                .add("a", "3", "good")
                .add("b", "1", "poor")
                .add("b", "2", "good")
                .build();
        var medians = new OrdinalTruth.MedianVote().fit(labels);
        assertThat(medians.median(0)).isEqualTo("good");
        assertThat(medians.position(0)).isEqualTo(3);
        // Between poor and good all grades are as likely; fair is the middle.
        assertThat(medians.median(1)).isEqualTo("fair");
        assertThat(medians.posterior(1, 2)).isCloseTo(1 / 3.0, within(1e-12));
    }

    /** Many workers with few judgements each, who mistake neighbours: the order is worth knowing. */
    @Test
    void errsByFewerGradesThanModelsWithoutOrder() {
        var ordered = 0.0;
        var unordered = 0.0;
        var median = 0.0;
        for (var seed = 1; seed <= 20; seed++) {
            var random = new Random(seed);
            var labels = Labels.builder(GRADES);
            var truth = new int[60];
            for (var task = 0; task < truth.length; task++) {
                truth[task] = random.nextInt(5);
                for (var i = 0; i < 5; i++) {
                    var worker = random.nextInt(20);
                    var bias = worker % 3 == 0 ? 1 : 0;
                    var noise = (worker % 2 == 0 ? .4 : 1.2) * random.nextGaussian();
                    var said = Math.clamp(Math.round(truth[task] + bias + noise), 0, 4);
                    labels.add("" + task, "" + worker, GRADES.get(said));
                }
            }
            var built = labels.build();
            var model = new OrdinalTruth.AdjacentDawidSkene().fit(built);
            var votes = new OrdinalTruth.MedianVote().fit(built);
            var plain = DawidSkene.plain().fit(built).consensus();
            for (var task = 0; task < truth.length; task++) {
                ordered += Math.abs(GRADES.indexOf(model.median(task)) - truth[task]);
                median += Math.abs(GRADES.indexOf(votes.median(task)) - truth[task]);
                unordered +=
                        Math.abs(GRADES.indexOf(plain.best(task).candidates().getFirst()) - truth[task]);
                var sum = 0.0;
                for (var grade = 0; grade < 5; grade++) {
                    sum += model.posterior(task, grade);
                }
                assertThat(sum).isCloseTo(1, within(1e-9));
            }
        }
        assertThat(ordered).isLessThan(unordered).isLessThan(median);
    }

    @Test
    void isTheSameUpsideDown() {
        var random = new Random(2);
        var up = Labels.builder(GRADES);
        var down = Labels.builder(GRADES.reversed());
        for (var i = 0; i < 200; i++) {
            var task = "" + random.nextInt(40);
            var worker = "" + i;
            var grade = GRADES.get(random.nextInt(5));
            up.add(task, worker, grade);
            down.add(task, worker, grade);
        }
        var one = new OrdinalTruth.AdjacentDawidSkene().fit(up.build());
        var other = new OrdinalTruth.AdjacentDawidSkene().fit(down.build());
        for (var task = 0; task < 40; task++) {
            assertThat(other.position(task)).isCloseTo(4 - one.position(task), within(1e-6));
        }
    }

    @Test
    void refusesNothingToLearnFrom() {
        assertThatThrownBy(() ->
                        new OrdinalTruth.MedianVote().fit(Labels.builder(GRADES).build()))
                .hasMessageContaining("no judgement");
        assertThatThrownBy(() -> new OrdinalTruth.AdjacentDawidSkene(4, 0, 1e-6, 10))
                .hasMessageContaining("decay");
        var one = Labels.builder().add("t", "w", "only").build();
        assertThat(new OrdinalTruth.AdjacentDawidSkene().fit(one).median(0)).isEqualTo("only");
    }
}
