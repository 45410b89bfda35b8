package io.etalon.server.work.prelabel;

import static org.assertj.core.api.Assertions.assertThat;

import io.etalon.annotation.Answer;
import io.etalon.annotation.AnswerValue;
import io.etalon.annotation.Box;
import io.etalon.annotation.Shape;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SamenessTest {
    private static Shape box(String id, String label, double x) {
        return new Shape(id, label, new Box(x, 2, 3, 4), Map.of("worn", new AnswerValue.Flag(true)));
    }

    private static Answer answer(Shape... shapes) {
        return new Answer(Map.of("tone", new AnswerValue.Choice("good")), List.of(shapes));
    }

    @Test
    void idsAndOrderOfShapesSayNothing() {
        assertThat(Sameness.same(
                        answer(box("a", "coin", 1), box("b", "medal", 1)),
                        answer(box("x", "medal", 1), box("a", "coin", 1))))
                .isTrue();
    }

    @Test
    void whatWasMovedRenamedDoubledOrLeftOutIsNotTheSame() {
        var one = answer(box("a", "coin", 1));
        assertThat(Sameness.same(one, answer(box("a", "coin", 1.5)))).isFalse();
        assertThat(Sameness.same(one, answer(box("a", "medal", 1)))).isFalse();
        assertThat(Sameness.same(one, answer(box("a", "coin", 1), box("b", "coin", 1))))
                .isFalse();
        assertThat(Sameness.same(one, answer())).isFalse();
        assertThat(Sameness.same(one, new Answer(Map.of(), one.shapes()))).isFalse();
    }
}
