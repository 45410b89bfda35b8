package io.etalon.annotation;

import static io.etalon.annotation.Examples.answer;
import static io.etalon.annotation.Examples.coin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.etalon.annotation.AssetExtent.ImageExtent;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AnswerCheckTest {
    private static final ImageExtent IMAGE = new ImageExtent(100, 50);

    private static List<String> pointers(Answer answer) {
        return AnswerCheck.check(Examples.coins(), answer, IMAGE).stream()
                .map(Fault::pointer)
                .toList();
    }

    private static List<String> pointersOf(String question, AnswerValue value) {
        var answers = new HashMap<String, AnswerValue>(Map.of("fitness", new AnswerValue.Choice("1")));
        answers.put(question, value);
        return pointers(new Answer(answers, List.of()));
    }

    @Test
    void acceptsWhatFits() {
        assertThat(pointers(answer(coin("s1", 0, 0, 100, 50)))).isEmpty();
        var seed = Examples.SEED;
        var random = new Random(seed);
        for (var i = 0; i < 500; i++) {
            var ontology = Examples.ontology(random);
            var answer = Examples.answer(ontology, random);
            assertThat(AnswerCheck.check(ontology, answer, new ImageExtent(100, 100)))
                    .as("seed %d, round %d", seed, i)
                    .isEmpty();
        }
    }

    @Test
    void demandsWhatIsRequired() {
        assertThat(pointers(new Answer(Map.of(), List.of(new Shape("s", "coin", new Box(1, 1, 1, 1), Map.of())))))
                .containsExactly("/answers/fitness", "/shapes/0/attributes/wear");
    }

    @Test
    void takesNoBlankForARequiredText() {
        var ontology = new Ontology(
                List.of(),
                List.of(
                        Examples.question("why", QuestionType.TEXT, true),
                        Examples.question("which", QuestionType.MULTI_CHOICE, true, "a")));
        var answer = new Answer(
                Map.of("why", new AnswerValue.Text(" \n"), "which", new AnswerValue.Choices(new TreeSet<>())),
                List.of());
        assertThat(AnswerCheck.check(ontology, answer, new AssetExtent.TextExtent(3)))
                .extracting(Fault::pointer)
                .containsExactly("/answers/why", "/answers/which");
    }

    @Test
    void refusesTheUnknown() {
        assertThat(pointersOf("nonsense", new AnswerValue.Flag(true))).containsExactly("/answers/nonsense");
        assertThat(pointersOf("fitness", new AnswerValue.Choice("3"))).containsExactly("/answers/fitness");
        assertThat(pointersOf("tags", new AnswerValue.Choices(new TreeSet<>(List.of("a", "x")))))
                .containsExactly("/answers/tags/1");
        assertThat(pointers(answer(new Shape("s1", "ghost", new Box(1, 1, 1, 1), Map.of()))))
                .containsExactly("/shapes/0/label");
    }

    @Test
    void refusesAnAnswerOfAnotherType() {
        assertThat(pointersOf("age", new AnswerValue.Text("3"))).containsExactly("/answers/age");
        assertThat(pointersOf("note", new AnswerValue.Choice("a"))).containsExactly("/answers/note");
    }

    @Test
    void refusesABoxThatLeavesTheImageByTheLeast() {
        assertThat(pointers(answer(coin("s1", 0, 0, Math.nextUp(100.0), 50)))).containsExactly("/shapes/0");
        assertThat(pointers(answer(coin("s1", -Double.MIN_VALUE, 0, 1, 1)))).containsExactly("/shapes/0");
        assertThat(pointers(answer(coin("s1", 0, 49.5, 1, 0.6)))).containsExactly("/shapes/0");
    }

    @Test
    void refusesBoxesOnATextAndOnWhatHasNoSize() {
        for (var extent : List.of(new AssetExtent.TextExtent(10), new AssetExtent.NoExtent())) {
            assertThat(AnswerCheck.check(Examples.coins(), answer(coin("s1", 0, 0, 1, 1)), extent))
                    .extracting(Fault::pointer)
                    .containsExactly("/shapes/0");
        }
    }

    @Test
    void refusesAnIdTwiceAndAnIdThatIsNone() {
        assertThat(pointers(answer(coin("s1", 0, 0, 1, 1), coin("s1", 5, 5, 1, 1), coin("", 5, 5, 1, 1))))
                .containsExactly("/shapes/1/id", "/shapes/2/id");
    }

    @Test
    void refusesMoreShapesThanTheLimit() {
        var shapes = IntStream.rangeClosed(0, AnswerCheck.MAX_SHAPES)
                .mapToObj(i -> coin("s" + i, 0, 0, 1, 1))
                .toArray(Shape[]::new);
        assertThat(pointers(answer(shapes))).containsExactly("/shapes");
        assertThat(pointers(answer(Arrays.copyOf(shapes, AnswerCheck.MAX_SHAPES))))
                .isEmpty();
    }

    @Test
    void refusesTextsThatTheDatabaseCannotHold() {
        assertThat(pointersOf("note", new AnswerValue.Text("\ud83d\ude00".repeat(AnswerCheck.MAX_TEXT))))
                .isEmpty();
        assertThat(pointersOf("note", new AnswerValue.Text("x".repeat(AnswerCheck.MAX_TEXT + 1))))
                .containsExactly("/answers/note");
        assertThat(pointersOf("note", new AnswerValue.Text("a\0b"))).containsExactly("/answers/note");
        assertThat(pointersOf("note", new AnswerValue.Text("a\ud83d"))).containsExactly("/answers/note");
    }

    @Test
    void holdsNoNumberThatIsNotFinite() {
        for (var value : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> new AnswerValue.Number(value)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> new Box(0, 0, value, 1)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void makesNoDifferenceOfTheSignOfZero() {
        assertThat(new Box(-0.0, -0.0, 1, 1)).isEqualTo(new Box(0, 0, 1, 1));
        assertThat(new AnswerValue.Number(-0.0)).isEqualTo(new AnswerValue.Number(0));
    }
}
