package io.etalon.ranking.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.etalon.ranking.judge.Rubric.Criterion;
import java.util.List;
import org.junit.jupiter.api.Test;

class RubricTest {
    @Test
    void scoresAsHealthBenchDoes() {
        var rubric = new Rubric(
                List.of(new Criterion("p", 7), new Criterion("q", 5), new Criterion("r", 10), new Criterion("s", -6)));
        assertThat(rubric.score(List.of(true, false, true, true))).isEqualTo(.5);
        assertThat(rubric.score(List.of(false, false, false, true))).isEqualTo(-6 / 22.0);
        assertThat(Rubric.mean(List.of(-.5, .25))).hasValue(0.0);
        assertThatThrownBy(() -> rubric.score(List.of(true))).hasMessageContaining("1 marks for 4 criteria");
        assertThatThrownBy(() -> new Rubric(List.of(new Criterion("s", -6))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void reportsPrecisionAndRecallOfEitherMark() {
        // HealthBench's own meta-evaluation example: 2 of 4 "met" right, 1 of 2 "not met" right.
        var rubric = new Rubric(List.of(new Criterion("p", 1)));
        var rater = List.of(List.of(true), List.of(true), List.of(true), List.of(true), List.of(false), List.of(false));
        var reference =
                List.of(List.of(true), List.of(true), List.of(false), List.of(false), List.of(true), List.of(false));
        var report = rubric.compare(rater, reference).getFirst();
        assertThat(report.positive().precision()).hasValue(2 / 4.0);
        assertThat(report.negative().precision()).hasValue(1 / 2.0);
        assertThat(report.positive().recall()).hasValue(2 / 3.0);
        assertThat(report.negative().recall()).hasValue(1 / 3.0);
        assertThat(report.positive().f1().orElseThrow()).isCloseTo(4 / 7.0, within(1e-12));
        assertThat(report.agreement()).isEqualTo(.5);
        assertThat(report.metInterval().contains(.5)).isTrue();
        assertThat(report.kappa().orElseThrow()).isCloseTo(0, within(1e-12));
    }
}
