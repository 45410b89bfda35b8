package io.etalon.annotation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OntologyCheckTest {
    @Test
    void acceptsASoundOntology() {
        assertThat(Examples.coins().faults()).isEmpty();
    }

    @Test
    void reportsEveryFaultAtItsPlace() {
        var question = new Question(
                "Fit ness",
                " ",
                Map.of("FR", "x"),
                QuestionType.CHOICE,
                false,
                List.of(Examples.option("a"), Examples.option("a")));
        var label = new LabelClass("coin", "a\0b", Map.of(), "red", Tool.BOX, List.of(question));
        var text = Examples.question("note", QuestionType.TEXT, false, "a");
        var ontology = new Ontology(List.of(label, Examples.label("coin")), List.of(text));
        assertThat(ontology.faults())
                .extracting(Fault::pointer)
                .containsExactly(
                        "/labels/0/name",
                        "/labels/0/color",
                        "/labels/0/attributes/0/id",
                        "/labels/0/attributes/0/name",
                        "/labels/0/attributes/0/names/FR",
                        "/labels/0/attributes/0/options/1/id",
                        "/labels/1/id",
                        "/questions/0/options");
    }

    @Test
    void refusesAnOntologyThatAsksNothing() {
        assertThat(new Ontology(List.of(), List.of()).faults())
                .singleElement()
                .satisfies(fault -> assertThat(fault.message()).contains("at least one"));
    }

    @Test
    void wantsOptionsWhereThereIsAChoice() {
        var ontology = new Ontology(
                List.of(),
                List.of(
                        Examples.question("one", QuestionType.CHOICE, true, "a"),
                        Examples.question("many", QuestionType.MULTI_CHOICE, true)));
        assertThat(ontology.faults())
                .extracting(Fault::pointer)
                .containsExactly("/questions/0/options", "/questions/1/options");
    }

    @Test
    void judgesIds() {
        assertThat(List.of("a", "0", "a_b-c", "9".repeat(64))).allMatch(Ids::isId);
        assertThat(List.of("", "_a", "-a", "A", "é", "a b", "a/b", "9".repeat(65)))
                .noneMatch(Ids::isId);
        assertThat(List.of("S1", "_", "0c-Z")).allMatch(Ids::isShapeId);
        assertThat(List.of("", "a.b", "a".repeat(65))).noneMatch(Ids::isShapeId);
    }

    @Test
    void capsTheFaultsOfAHostileDocument() {
        var label = Examples.label("Not an id");
        var faults = new Ontology(Collections.nCopies(3_000, label), List.of()).faults();
        assertThat(faults).hasSize(Faults.LIMIT + 1);
        assertThat(faults.getLast().message()).startsWith("2000 more");
    }

    @Test
    void escapesPointersAsInRfc6901() {
        assertThat(Pointer.ROOT.member("a/b~c").index(3).text()).isEqualTo("/a~1b~0c/3");
    }

    @Test
    void offersSoundTemplatesInTwoLanguages() {
        assertThat(Templates.all()).hasSize(3).allSatisfy(template -> {
            assertThat(template.ontology().faults()).isEmpty();
            assertThat(template.names()).containsKey("fr");
            assertThat(template.ontology().labels())
                    .allSatisfy(l -> assertThat(l.names()).containsKey("fr"));
            assertThat(template.ontology().questions()).allSatisfy(question -> {
                assertThat(question.names()).containsKey("fr");
                assertThat(question.options())
                        .allSatisfy(o -> assertThat(o.names()).containsKey("fr"));
            });
        });
    }

    @Test
    void picksTheNameOfTheReadersLanguage() {
        var names = Map.of("fr", "Pièce", "fr-CA", "Pièce du Canada");
        assertThat(Names.pick(names, Locale.CANADA_FRENCH, "Coin")).isEqualTo("Pièce du Canada");
        assertThat(Names.pick(names, Locale.FRANCE, "Coin")).isEqualTo("Pièce");
        assertThat(Names.pick(names, Locale.GERMANY, "Coin")).isEqualTo("Coin");
    }
}
