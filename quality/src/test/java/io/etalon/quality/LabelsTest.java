package io.etalon.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class LabelsTest {
    @Test
    void numbersIdsAsPeopleOrderThem() {
        var labels = Labels.builder()
                .add("10", "w10", "cat")
                .add("2", "w9", "ant")
                .add("x", "w9", "cat")
                .add("-1.5", "w9", "10")
                .build();

        assertThat(labels.tasks()).containsExactly("-1.5", "2", "10", "x");
        assertThat(labels.workers()).containsExactly("w10", "w9");
        assertThat(labels.classes()).containsExactly("10", "ant", "cat");
        assertThat(labels.taskIndex("10")).hasValue(2);
        assertThat(labels.taskIndex("11")).isEmpty();
        assertThat(labels.classIndex("dog")).isEmpty();
    }

    @Test
    void keepsTheClassOrderGivenAndRefusesOtherClasses() {
        var builder = Labels.builder(List.of("low", "high", "unused")).add("t", "w", "high");
        assertThat(builder.build().classes()).containsExactly("low", "high", "unused");
        assertThat(builder.build().classAt(0)).isEqualTo(1);
        assertThatThrownBy(() -> builder.add("t", "w", "medium"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "label \"medium\" of worker \"w\" on task \"t\" is none of the classes [low, high, unused]");
        assertThatThrownBy(() -> Labels.builder(List.of("a", "a"))).hasMessageContaining("twice");
    }

    @Test
    void keepsEveryRepeatedJudgement() {
        var labels = Labels.builder()
                .add(1, 7, 2)
                .add(1, 8, 1)
                .add(1, 7, 1)
                .add(1, 7, 2)
                .add(2, 7, 1)
                .build();

        assertThat(labels.size()).isEqualTo(5);
        assertThat(labels.repeated()).isEqualTo(2);
        assertThat(labels.start(0)).isZero();
        assertThat(labels.end(0)).isEqualTo(4);
        assertThat(List.of(labels.classAt(0), labels.classAt(1), labels.classAt(2), labels.classAt(3)))
                .containsExactly(0, 1, 1, 0);
        assertThat(labels.workerAt(3)).isEqualTo(labels.workerIndex("8").orElseThrow());
    }

    @Test
    void takesDenseIndices() {
        var labels = Labels.ofIndices(new int[] {1, 0}, new int[] {0, 0}, new int[] {1, 0}, 11, 1, 2);
        assertThat(labels.tasks()).hasSize(11).endsWith("10");
        assertThat(labels.taskIndex("10")).hasValue(10);
        assertThat(labels.classAt(1)).isEqualTo(1);
        assertThatThrownBy(() -> Labels.ofIndices(new int[] {0}, new int[] {3}, new int[] {0}, 1, 3, 1))
                .hasMessage("worker 3 at 0 is outside [0, 3)");
        assertThatThrownBy(() -> Labels.ofIndices(new int[] {0}, new int[] {}, new int[] {0}, 1, 3, 1))
                .hasMessageContaining("differ in length");
    }
}
