package io.etalon.annotation;

import static io.etalon.annotation.Examples.question;
import static org.assertj.core.api.Assertions.assertThat;

import io.etalon.annotation.AssetExtent.ImageExtent;
import io.etalon.annotation.OntologyChange.Entry;
import io.etalon.annotation.OntologyChange.Kind;
import io.etalon.annotation.OntologyChange.Part;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

class OntologyChangeTest {
    private static Ontology asking(Question... questions) {
        return new Ontology(List.of(), List.of(questions));
    }

    @Test
    void findsNothingBetweenEquals() {
        assertThat(OntologyChange.between(Examples.coins(), Examples.coins()).entries())
                .isEmpty();
    }

    @Test
    void reportsARemovedOptionAsBreaking() {
        var change = OntologyChange.between(
                asking(question("fit", QuestionType.CHOICE, true, "1", "2", "3")),
                asking(question("fit", QuestionType.CHOICE, true, "1", "2", "4")));
        assertThat(change.entries())
                .containsExactly(
                        new Entry(Kind.REMOVED, Part.OPTION, "questions/fit/options/3", "3", "", true),
                        new Entry(Kind.ADDED, Part.OPTION, "questions/fit/options/4", "", "4", false));
        assertThat(change.breaking()).isTrue();
    }

    @Test
    void reportsANewNameAsHarmless() {
        var before = new LabelClass("coin", "Coin", Map.of(), "#000000", Tool.BOX, List.of());
        var after = new LabelClass("coin", "Penny", Map.of("fr", "Sou"), "#ffffff", Tool.BOX, List.of());
        var change = OntologyChange.between(
                new Ontology(List.of(before), List.of()), new Ontology(List.of(after), List.of()));
        assertThat(change.entries())
                .containsExactly(
                        new Entry(Kind.RENAMED, Part.LABEL, "labels/coin", "Coin", "Penny", false),
                        new Entry(Kind.RECOLORED, Part.LABEL, "labels/coin", "#000000", "#ffffff", false));
        assertThat(change.breaking()).isFalse();
    }

    @Test
    void namesTheLocalesWhereOnlyTheirNamesDiffer() {
        var before = new LabelClass("coin", "Coin", Map.of("de", "Münze", "fr", "Sou"), "#000000", Tool.BOX, List.of());
        var after =
                new LabelClass("coin", "Coin", Map.of("de", "Münze", "fr", "Pièce"), "#000000", Tool.BOX, List.of());
        var change = OntologyChange.between(
                new Ontology(List.of(before), List.of()), new Ontology(List.of(after), List.of()));
        assertThat(change.entries())
                .containsExactly(new Entry(
                        Kind.RENAMED, Part.LABEL, "labels/coin", "Coin (fr: Sou)", "Coin (fr: Pièce)", false));
    }

    @Test
    void reportsAnotherTypeAndANewDutyAsBreaking() {
        var change = OntologyChange.between(
                asking(question("q", QuestionType.TEXT, false)),
                asking(question("q", QuestionType.NUMBER, true), question("new", QuestionType.TEXT, true)));
        assertThat(change.entries())
                .extracting(Entry::kind, Entry::breaking)
                .containsExactly(
                        Tuple.tuple(Kind.RETYPED, true),
                        Tuple.tuple(Kind.REQUIRED, true),
                        Tuple.tuple(Kind.ADDED, true));
    }

    /** The promise that lets a project go on with the answers it has. */
    @Test
    void neverRefusesAnEarlierAnswerAfterAHarmlessChange() {
        var seed = Examples.SEED;
        var random = new Random(seed);
        var harmless = 0;
        var refused = 0;
        for (var i = 0; i < 20_000; i++) {
            var before = Examples.ontology(random);
            var after = Examples.ontology(random);
            var answer = Examples.answer(before, random);
            var faults = AnswerCheck.check(after, answer, new ImageExtent(100, 100));
            if (OntologyChange.between(before, after).breaking()) {
                refused += faults.isEmpty() ? 0 : 1;
            } else {
                harmless++;
                assertThat(faults)
                        .as("seed %d, round %d: %s -> %s", seed, i, before, after)
                        .isEmpty();
            }
        }
        assertThat(harmless).as("harmless changes seen").isGreaterThan(100);
        assertThat(refused).as("breaking changes that refuse an answer").isGreaterThan(1_000);
    }
}
