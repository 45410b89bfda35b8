package io.etalon.server.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.etalon.server.testing.Http;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Options of questions change while people work, and what finished work bears is taken from nobody. */
class OptionsHttpTest {
    private static final Coins COINS = new Coins("options-test", "anna", "ben");
    private static final Map<String, Object> WEAR = choice("wear", "new", "worn", "old");

    private final Http rita = COINS.as("rita");
    private String changes = "";

    @BeforeEach
    void begin() throws IOException {
        COINS.begin(3, 1, 0.0, ontology("good", "fair", "bad"));
        changes = COINS.path() + "/ontology/changes";
    }

    private static Map<String, Object> choice(String id, String... options) {
        var list = new ArrayList<Map<String, String>>();
        for (var option : options) {
            list.add(Map.of("id", option, "name", option));
        }
        return Map.of("id", id, "name", id, "type", "choice", "required", false, "options", list);
    }

    private static Map<String, Object> ontology(String... grades) {
        var note = Map.of("id", "note", "name", "Note", "type", "text", "required", false);
        var coin = Map.of("id", "coin", "name", "Coin", "color", "#c08a2b", "tool", "box", "attributes", List.of(WEAR));
        return Map.of("labels", List.of(coin), "questions", List.of(choice("grade", grades), note));
    }

    private static Map<String, Object> answer(String grade, String wear) {
        var box = Map.of(
                "id",
                "s1",
                "label",
                "coin",
                "type",
                "box",
                "x",
                1,
                "y",
                2,
                "width",
                6,
                "height",
                5,
                "attributes",
                Map.of("wear", wear));
        return Map.of("answers", Map.of("grade", grade), "shapes", List.of(box));
    }

    private static void work(String who, String grade, String wear) {
        var done = COINS.submit(who, COINS.lease(who), answer(grade, wear));
        assertThat(done.status()).as(done.body()).isLessThan(300);
    }

    private Http.Answer change(int base, List<?> operations) {
        return rita.post(changes, Map.of("baseVersion", base, "operations", operations));
    }

    private JsonNode touched(Object... operations) {
        var preview = rita.post(changes + "/preview", Map.of("operations", List.of(operations)));
        assertThat(preview.status()).as(preview.body()).isEqualTo(200);
        return preview.json().get("touched");
    }

    private static Map<String, String> of(String op, String question, String id) {
        return Map.of("op", op, "question", question, "id", id);
    }

    /** Counts follow the work by a moment. */
    private void untilTouched(Map<String, String> operation, String key, int submissions) {
        var deadline = System.nanoTime() + 60_000_000_000L;
        while (touched(operation).path(key).asInt() != submissions && System.nanoTime() < deadline) {
            LockSupport.parkNanos(100_000_000);
        }
        assertThat(touched(operation).path(key).asInt()).as(key).isEqualTo(submissions);
    }

    private JsonNode quality() {
        var quality = rita.get(COINS.path() + "/quality");
        assertThat(quality.status()).as(quality.body()).isEqualTo(200);
        return quality.json();
    }

    @Test
    void aPreviewCountsTheAnswersThatChoseAnOptionOfTheAssetAndOfAShape() {
        work("anna", "good", "worn");
        work("anna", "fair", "worn");

        untilTouched(of("retire", "grade", "fair"), "questions/grade/options/fair", 1);
        untilTouched(of("retire", "coin/wear", "worn"), "labels/coin/attributes/wear/options/worn", 2);
        assertThat(touched(Map.of("op", "retire", "question", "grade")).toString())
                .isEqualTo("{\"questions/grade\":2}");
        assertThat(rita.get(COINS.path()).json().get("ontologyVersion").asInt()).isEqualTo(1);
    }

    @Test
    void mergedOptionsCountAsOneInResultsAndTheAnswersStay() {
        work("anna", "good", "worn");
        work("ben", "fair", "old");

        var changed = change(
                1,
                List.of(
                        Map.of("op", "merge", "question", "grade", "id", "fair", "into", "good"),
                        Map.of("op", "merge", "question", "coin/wear", "id", "old", "into", "worn")));

        assertThat(changed.status()).as(changed.body()).isEqualTo(201);
        var grade = quality().at("/questions/0");
        assertThat(grade.get("judgements").asInt()).isEqualTo(2);
        assertThat(grade.at("/methods/majority/marginals/good").asDouble()).isEqualTo(1);
        assertThat(COINS.effective().toString()).doesNotContain("fair").doesNotContain("old");
        assertThat(rita.get(COINS.path() + "/tasks").status()).isEqualTo(200);
        var next = COINS.submit("ben", COINS.lease("ben"), answer("fair", "worn"));
        assertThat(next.status()).as("offered no more").isEqualTo(400);
    }

    @Test
    void aRetiredOptionStaysInItsAnswersAndResultsTellWhatTheyLeaveAside() throws Exception {
        work("anna", "good", "worn");
        work("ben", "fair", "old");

        assertThat(change(1, List.of(of("retire", "grade", "fair"))).status()).isEqualTo(201);

        assertThat(COINS.effective().toString()).contains("fair");
        var quality = quality();
        assertThat(quality.at("/questions/0/judgements").asInt()).isEqualTo(1);
        var aside = quality.get("excluded")
                .valueStream()
                .filter(one -> one.get("summary").asString().equals("left_aside"))
                .toList();
        assertThat(aside).singleElement().satisfies(one -> {
            assertThat(one.get("question").asString()).isEqualTo("questions/grade/options/fair");
            assertThat(one.get("type").asString()).isEqualTo("option");
            assertThat(one.get("judgements").asInt()).isEqualTo(1);
            assertThat(one.get("reason").asString()).isNotBlank();
        });
    }

    @Test
    void optionsAreAddedAndRenamedAndFaultsHaveTheirPlaces() {
        var added = Map.of("op", "add", "question", "grade", "option", Map.of("id", "best", "name", "Best"));
        var renamed = Map.of("op", "rename", "question", "coin/wear", "id", "old", "name", "Ancient");
        var changed = change(1, List.of(added, renamed));
        assertThat(changed.status()).as(changed.body()).isEqualTo(201);
        assertThat(rita.get(COINS.path() + "/ontology").body()).contains("Best").contains("Ancient");

        var bad = rita.post(
                changes + "/preview",
                Map.of(
                        "operations",
                        List.of(
                                of("retire", "colour", "red"),
                                of("retire", "grade", "grim"),
                                of("rename", "note", "x"),
                                Map.of("op", "add", "question", "grade", "option", Map.of("id", "best")),
                                Map.of("op", "retire", "option", Map.of()))));
        assertThat(bad.status()).as(bad.body()).isEqualTo(400);
        assertThat(bad.body()).contains("/operations/");
        var placed = rita.post(
                changes + "/preview",
                Map.of("operations", List.of(of("retire", "colour", "red"), of("retire", "grade", "grim"))));
        assertThat(placed.body()).contains("/operations/0/question").contains("/operations/1/id");
    }

    @Test
    void aWholeNewOntologyIsRefusedWhereAnswersBearWhatItHasNoMore() {
        work("anna", "good", "worn");
        untilTouched(of("retire", "grade", "good"), "questions/grade/options/good", 1);
        var without = Map.of("baseVersion", 1, "ontology", ontology("fair", "bad"));

        var preview = rita.post(COINS.path() + "/ontologies/preview", Map.of("ontology", ontology("fair", "bad")));
        var refused = rita.post(COINS.path() + "/ontologies", without);

        assertThat(preview.status()).as(preview.body()).isEqualTo(200);
        assertThat(preview.json().get("lost").toString()).isEqualTo("{\"questions/grade/options/good\":1}");
        assertThat(refused.status()).as(refused.body()).isEqualTo(409);
        assertThat(refused.code()).isEqualTo("ontology-in-use");
        assertThat(refused.body())
                .contains("questions/grade/options/good")
                .contains("(1 answer)")
                .contains("etire");
        assertThat(quality().at("/questions/0/judgements").asInt()).isEqualTo(1);
        var unused = Map.of("baseVersion", 1, "ontology", ontology("good", "fair"));
        assertThat(rita.post(COINS.path() + "/ontologies", unused).status())
                .as("nobody chose it")
                .isEqualTo(201);
    }

    @Test
    void aChangeOfAnOldVersionIsRefusedWithWhoMadeTheNew() {
        var mine = Map.of("baseVersion", 1, "ontology", ontology("good", "fair", "bad", "worst"));
        assertThat(rita.post(COINS.path() + "/ontologies", mine).status()).isEqualTo(201);

        var late = rita.post(COINS.path() + "/ontologies", mine);
        var blind = rita.post(COINS.path() + "/ontologies", Map.of("ontology", ontology("good", "fair")));
        var words = Map.of("baseVersion", 7, "markdown", "Draw.");

        assertThat(late.status()).as(late.body()).isEqualTo(409);
        assertThat(late.body()).contains("Version 2 of the ontology is in force, not 1: rita made it at");
        assertThat(blind.status()).isEqualTo(400);
        assertThat(blind.body()).contains("/baseVersion");
        assertThat(rita.post(COINS.path() + "/guidelines", words).status()).isEqualTo(409);
        var empty = rita.post(COINS.path() + "/guidelines", Map.of("baseVersion", 1, "markdown", " \n"));
        assertThat(empty.status()).isEqualTo(400);
        assertThat(empty.body()).contains("/markdown");
    }
}
