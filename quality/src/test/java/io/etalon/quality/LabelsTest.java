package io.etalon.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LabelsTest {
    @Test
    void knowsWhetherAnybodyJudgedATaskTwice() {
        var neighbours = Labels.ofIndices(new int[] {0, 0, 1}, new int[] {0, 1, 1}, new int[] {2, 0, 2}, 2, 2, 3);
        var same = Labels.ofIndices(new int[] {0, 1, 1}, new int[] {0, 1, 1}, new int[] {2, 0, 2}, 2, 2, 3);

        assertThat(neighbours.repeats()).isFalse();
        assertThat(same.repeats()).isTrue();
        assertThat(Labels.builder().build().repeats()).isFalse();
    }

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

    @Test
    void packsTaskByTaskWhatOfIndicesSorts() {
        var packer = Labels.packer(4, 3, 2, 1);
        packer.nextTask().add(2, 1).add(0, 0).add(2, 0);
        packer.nextTask();
        packer.nextTask().add(1, 1);
        var packed = packer.build();
        var sorted = Labels.ofIndices(new int[] {2, 0, 0, 0}, new int[] {1, 2, 0, 2}, new int[] {1, 1, 0, 0}, 4, 3, 2);

        assertThat(packed.size()).isEqualTo(4);
        for (var labels : List.of(packed, sorted)) {
            var cells = new int[4];
            labels.copyCells(0, 4, cells);
            assertThat(cells).containsExactly(0, 4, 5, 3);
            assertThat(labels.end(1)).isEqualTo(3);
            assertThat(labels.start(3)).isEqualTo(4);
            assertThat(labels.end(3)).isEqualTo(4);
            assertThat(labels.workerAt(2)).isEqualTo(2);
            assertThat(labels.classAt(2)).isEqualTo(1);
        }
        assertThatThrownBy(() -> packer.add(0, 0)).hasMessage("no task was begun");
        assertThatThrownBy(() -> Labels.packer(1, 1, 1, 1).nextTask().nextTask())
                .hasMessage("all 1 tasks are packed");
        assertThatThrownBy(() -> Labels.packer(1, 1 << 20, 1 << 12, 0)).hasMessageContaining("2^31 - 1 pairs");
    }

    /** More judgements than a piece holds, classes that come late, ids whose hashes collide; and the builder goes on. */
    @Test
    void buildsManyJudgementsFromPieces() {
        var builder = Labels.builder();
        var count = (1 << 21) + 77;
        for (var i = 0; i < count; i++) {
            builder.add("t" + i / 7, i % 2 == 0 ? "Aa" : "BB", "c" + i % (1 + i / 400_000));
        }
        assertThat(builder.size()).isEqualTo(count);
        assertThat(builder.classes()).isEqualTo(6);
        assertThat(builder.memory()).isBetween(12L * count, 40L * count);
        for (var more = 0; more < 2; more++) {
            var labels = builder.build();
            assertThat(labels.size()).isEqualTo(count + more);
            for (var task = 0; task < count / 7; task += 1013) {
                var index = labels.taskIndex("t" + task).orElseThrow();
                var expected = new ArrayList<String>();
                for (var i = 7 * task; i < 7 * task + 7; i++) {
                    expected.add((i % 2 == 0 ? "Aa" : "BB") + " c" + i % (1 + i / 400_000));
                }
                var found = new ArrayList<String>();
                for (var i = labels.start(index); i < labels.end(index); i++) {
                    found.add(labels.workers().get(labels.workerAt(i)) + " "
                            + labels.classes().get(labels.classAt(i)));
                }
                assertThat(found).containsExactlyInAnyOrderElementsOf(expected);
            }
            builder.add("one more", "Aa", "c0");
        }
    }

    @Test
    void dropsExactDuplicatesAndKeepsContradictions() {
        var labels = Labels.builder()
                .add(1, 7, 2)
                .add(1, 7, 1)
                .add(1, 7, 2)
                .add(2, 7, 2)
                .build();

        var distinct = labels.withoutDuplicates();
        assertThat(distinct.size()).isEqualTo(3);
        assertThat(distinct.end(0)).isEqualTo(2);
        assertThat(distinct.repeated()).isEqualTo(1);
        assertThat(distinct.withoutDuplicates()).isSameAs(distinct);
    }

    @Test
    void readsNumbersAsTheyAreWritten() {
        assertThat(List.of("0", "-7", "3.25", "123456789012345", "-1.5")).allMatch(IdOrder::isNumber);
        assertThat(List.of(
                        "",
                        "-",
                        ".",
                        "1.",
                        ".5",
                        "1.2.3",
                        "+1",
                        "1e3",
                        "1234567890123456",
                        "1.1234567890123456",
                        "--1"))
                .noneMatch(IdOrder::isNumber);
    }
}
