package io.etalon.annotation;

import static io.etalon.annotation.Examples.answer;
import static io.etalon.annotation.Examples.coin;
import static org.assertj.core.api.Assertions.assertThat;

import io.etalon.annotation.Diff.AnswerChange;
import io.etalon.annotation.Diff.ShapeChange.Added;
import io.etalon.annotation.Diff.ShapeChange.Changed;
import io.etalon.annotation.Diff.ShapeChange.Removed;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DiffTest {
    @Test
    void tellsWhichQuestionsChanged() {
        var one = new AnswerValue.Number(1);
        var two = new AnswerValue.Number(2);
        var diff = Diff.between(
                new Answer(Map.of("same", one, "other", one, "gone", one), List.of()),
                new Answer(Map.of("same", one, "other", two, "new", two), List.of()));
        assertThat(diff.answers())
                .containsExactly(
                        new AnswerChange("gone", one, null),
                        new AnswerChange("new", null, two),
                        new AnswerChange("other", one, two));
    }

    @Test
    void followsAShapeByItsIdHoweverFarItMoved() {
        var from = coin("s1", 0, 0, 10, 10);
        var to = coin("s1", 80, 80, 10, 10);
        assertThat(Diff.between(answer(from), answer(to)).shapes())
                .containsExactly(new Changed(from, to, 0, List.of()));
    }

    @Test
    void followsARedrawnShapeByItsPlace() {
        var from = coin("s1", 0, 0, 10, 10);
        var to = new Shape("t9", "medal", new Box(0, 0, 10, 5), Map.of());
        var change = (Changed) Diff.between(answer(from), answer(to)).shapes().getFirst();
        assertThat(change.moved()).isTrue();
        assertThat(change.relabelled()).isTrue();
        assertThat(change.iou()).isEqualTo(0.5);
        assertThat(change.attributes()).containsExactly(new AnswerChange("wear", new AnswerValue.Choice("worn"), null));
        var tooSmall = coin("t9", 0, 0, 10, 4.999);
        assertThat(Diff.between(answer(from), answer(tooSmall)).shapes())
                .containsExactly(new Removed(from), new Added(tooSmall));
    }

    @Test
    void givesEachShapeItsBestPartnerNotItsFirst() {
        var loose = coin("a", 0, 0, 10, 10);
        var tight = coin("b", 2, 0, 10, 10);
        var redrawn = coin("x", 2.5, 0, 10, 10);
        assertThat(Diff.between(answer(loose, tight), answer(redrawn)).shapes())
                .containsExactly(
                        new Removed(loose),
                        new Changed(tight, redrawn, ShapeMatch.iou(tight.geometry(), redrawn.geometry()), List.of()));
    }

    @Test
    void seesNoDifferenceInOrderAndIds() {
        var seed = Examples.SEED;
        var random = new Random(seed);
        var shapes = new ArrayList<Shape>();
        for (var i = 0; i < 200; i++) {
            shapes.add(coin("a" + i, 1000 * i, random.nextInt(500), 1 + random.nextInt(90), 1 + random.nextInt(90)));
        }
        var renamed = new ArrayList<Shape>();
        shapes.forEach(s -> renamed.add(new Shape("b" + s.id(), s.label(), s.geometry(), s.attributes())));
        Collections.shuffle(renamed, random);
        assertThat(Diff.between(new Answer(Map.of(), shapes), new Answer(Map.of(), renamed))
                        .isEmpty())
                .as("seed %d", seed)
                .isTrue();
    }

    @Test
    void accountsForEveryShapeExactlyOnce() {
        var seed = Examples.SEED;
        var random = new Random(seed);
        for (var round = 0; round < 500; round++) {
            var before = scattered(random);
            var after = scattered(random);
            var diff = Diff.between(answer(before), answer(after));
            var from = 0;
            var to = 0;
            for (var change : diff.shapes()) {
                switch (change) {
                    case Added a -> to++;
                    case Removed r -> from++;
                    case Changed c -> {
                        from++;
                        to++;
                        assertThat(c.iou() >= 0.5 || c.from().id().equals(c.to().id()))
                                .isTrue();
                    }
                }
            }
            // Pairs that agree are silent: they are missing on both sides alike.
            assertThat(before.length - from)
                    .as("seed %d, round %d", seed, round)
                    .isEqualTo(after.length - to)
                    .isNotNegative();
        }
    }

    private static Shape[] scattered(Random random) {
        return IntStream.range(0, random.nextInt(20))
                .mapToObj(i -> coin(
                        "s" + (random.nextBoolean() ? i : 100 + random.nextInt(1000) * 100 + i),
                        random.nextInt(4),
                        random.nextInt(4),
                        5 + random.nextInt(3),
                        5 + random.nextInt(3)))
                .toArray(Shape[]::new);
    }

    @Test
    void findsNothingInTwoPilesOfEqualBoxes() {
        var before = IntStream.range(0, AnswerCheck.MAX_SHAPES)
                .mapToObj(i -> coin("a" + i, 0, 0, 10, 10))
                .toArray(Shape[]::new);
        var after = IntStream.range(0, AnswerCheck.MAX_SHAPES)
                .mapToObj(i -> coin("b" + i, 0, 0, 10, 10))
                .toArray(Shape[]::new);
        assertThat(Diff.between(answer(before), answer(after)).isEmpty()).isTrue();
    }
}
