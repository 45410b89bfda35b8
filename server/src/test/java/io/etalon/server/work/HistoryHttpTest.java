package io.etalon.server.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.etalon.annotation.AnswerValue;
import io.etalon.server.testing.Http;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A task's history over HTTP, and the way back to an earlier answer. */
class HistoryHttpTest {
    private static final Coins COINS = new Coins("history-test", "anna", "ben");

    private final Http rita = COINS.as("rita");

    private static String note(EffectiveAnswer answer) {
        return answer.answer().answers().get("note") instanceof AnswerValue.Text text ? text.text() : "";
    }

    private static List<String> kinds(JsonNode history) {
        var kinds = new ArrayList<String>();
        history.get("entries").forEach(entry -> kinds.add(entry.get("kind").asString()));
        return kinds;
    }

    private JsonNode history(long task) {
        var answer = rita.get(COINS.path() + "/tasks/" + task + "/history");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    /** A task that was returned, done again, and accepted; gives its number. */
    private static long doneAgain() throws IOException {
        COINS.begin(1, 1, 1.0);
        var task = COINS.work("anna", "coin", "first thought");
        COINS.review(Map.of("decision", "return", "comments", List.of(Map.of("text", "look again"))));
        COINS.work("anna", "medal", "second thought");
        COINS.review(Map.of("decision", "accept", "comments", List.of()));
        return task;
    }

    @Test
    void tellsEverythingInTheOrderOfTimeUnderPseudonyms() throws Exception {
        var task = doneAgain();

        var told = history(task);

        assertThat(kinds(told))
                .containsExactly(
                        "planned",
                        "leased",
                        "submitted",
                        "leased",
                        "decided",
                        "leased",
                        "submitted",
                        "leased",
                        "decided");
        var submitted = told.get("entries").get(2);
        assertThat(submitted.get("ontologyVersion").asInt()).isEqualTo(1);
        assertThat(submitted.get("guidelineVersion").asInt()).isEqualTo(1);
        assertThat(submitted.get("activeSeconds").asInt()).isEqualTo(7);
        assertThat(told.get("entries").get(6).get("revision").asInt()).isEqualTo(2);
        assertThat(told.toString())
                .doesNotContain(COINS.id("anna").toString())
                .doesNotContain("anna@")
                .doesNotContain("thought");
        assertThat(submitted.get("person").asString())
                .isEqualTo(told.get("entries").get(6).get("person").asString())
                .isNotEqualTo(told.get("entries").get(4).get("person").asString());
    }

    @Test
    void anEarlierAnswerIsInEffectAgainWithoutRewritingAnything() throws Exception {
        var task = doneAgain();
        var before = history(task);
        var first = before.get("entries").get(2).get("submission").asLong();
        assertThat(COINS.labels()).containsExactly("medal");

        var restored = rita.post(COINS.path() + "/tasks/" + task + "/restore", Map.of("submission", first));

        assertThat(restored.status()).as(restored.body()).isEqualTo(201);
        assertThat(COINS.labels()).containsExactly("coin");
        assertThat(note(COINS.effective().getFirst()))
                .as("sealed texts come back too")
                .isEqualTo("first thought");
        var after = history(task);
        assertThat(kinds(after)).hasSize(kinds(before).size() + 1).endsWith("restored");
        assertThat(after.get("entries").get(6)).isEqualTo(before.get("entries").get(6));
    }

    @Test
    void whatWasRestoredCanBeUndoneByRestoringTheOther() throws Exception {
        var task = doneAgain();
        var entries = history(task).get("entries");
        for (var submission : List.of(entries.get(2), entries.get(6))) {
            var body = Map.of("submission", submission.get("submission").asLong());
            assertThat(rita.post(COINS.path() + "/tasks/" + task + "/restore", body)
                            .status())
                    .isEqualTo(201);
        }
        assertThat(COINS.labels()).containsExactly("medal");
    }

    @Test
    void theAnnotatorsOwnAnswerCanBeRestoredOverTheReviewersFix() throws Exception {
        COINS.begin(1, 1, 1.0);
        var task = COINS.work("anna", "coin", "mine");
        COINS.review(Map.of("decision", "fix", "answer", Coins.answer("token", "yours"), "comments", List.of()));
        assertThat(COINS.labels()).containsExactly("token");
        var submission = history(task).get("entries").get(2).get("submission").asLong();
        var path = COINS.path() + "/tasks/" + task + "/restore";

        assertThat(rita.post(path, Map.of("submission", submission, "mended", false))
                        .status())
                .isEqualTo(201);
        assertThat(COINS.labels()).containsExactly("coin");
        assertThat(rita.post(path, Map.of("submission", submission, "mended", true))
                        .status())
                .isEqualTo(201);
        assertThat(COINS.labels()).containsExactly("token");
    }

    @Test
    void refusesWhileSomebodyWorksOnTheTaskAndWhatIsNotThere() throws Exception {
        COINS.begin(1, 2, 0.0);
        var task = COINS.work("anna", "coin", "one of two");
        var path = COINS.path() + "/tasks/" + task;
        var submission = history(task).get("entries").get(2).get("submission").asLong();

        var early = rita.post(path + "/restore", Map.of("submission", submission));
        assertThat(early.status()).isEqualTo(409);
        COINS.work("ben", "coin", "two of two");
        assertThat(rita.post(path + "/restore", Map.of("submission", 4711)).status())
                .isEqualTo(404);
        assertThat(rita.post(path + "/restore", Map.of()).status()).isEqualTo(400);
        assertThat(rita.get(COINS.path() + "/tasks/4711/history").status()).isEqualTo(404);
        assertThat(COINS.as("anna").get(path + "/history").status()).isEqualTo(403);
    }

    @Test
    void theSameKeyRestoresOnce() throws Exception {
        var task = doneAgain();
        var body = Map.of(
                "submission",
                history(task).get("entries").get(2).get("submission").asLong());
        var once = rita.with("Idempotency-Key", "restore-" + task);
        var path = COINS.path() + "/tasks/" + task + "/restore";
        assertThat(once.post(path, body).body()).isEqualTo(once.post(path, body).body());
        assertThat(kinds(history(task)).stream().filter("restored"::equals)).hasSize(1);
    }
}
