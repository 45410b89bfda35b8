package io.etalon.server.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What a requester sees of single tasks and does with them, through the API. */
final class TaskLifeHttpTest {
    private static Coins coins;

    @BeforeAll
    static void start() {
        coins = new Coins("task-life", "anna", "ben");
    }

    private static String task(JsonNode lease) {
        return coins.path() + "/tasks/" + lease.at("/task/id").asLong();
    }

    private static JsonNode get(String path) {
        var answer = coins.as("rita").get(path);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    private static List<JsonNode> items(JsonNode page, String name) {
        return StreamSupport.stream(page.path(name).spliterator(), false).toList();
    }

    private static void act(String path, Map<String, ?> request) {
        var tasks = coins.as("rita").post(path + "/preview", request).json().path("tasks");
        var body = new java.util.HashMap<String, Object>(request);
        body.put("expected", tasks);
        var done = coins.as("rita")
                .with("Idempotency-Key", java.util.UUID.randomUUID().toString())
                .post(path, body);
        assertThat(done.status()).as(done.body()).isEqualTo(200);
    }

    @Test
    void theNoteOfASkipIsReadInTheHistoryAndInTheListOfSkips() throws IOException {
        coins.begin(2, 1, 0);
        var lease = coins.lease("anna");
        var skip = coins.path() + "/leases/" + lease.path("id").asLong() + "/skip";
        assertThat(coins.as("anna")
                        .post(skip, Map.of("token", lease.path("token")))
                        .status())
                .as("without a reason")
                .isEqualTo(400);
        var skipped = coins.as("anna")
                .post(skip, Map.of("token", lease.path("token"), "reason", "unclear", "note", "Is a medal a coin?"));
        assertThat(skipped.status()).as(skipped.body()).isEqualTo(204);
        var told = items(get(task(lease) + "/history"), "entries").stream()
                .filter(entry -> entry.path("kind").asString().equals("lease_ended"))
                .findFirst()
                .orElseThrow();
        assertThat(told.path("reason").asString()).isEqualTo("skipped: unclear");
        assertThat(told.path("note").asString()).isEqualTo("Is a medal a coin?");
        var skips = items(get(coins.path() + "/skips?reason=unclear"), "items");
        assertThat(skips).hasSize(1);
        assertThat(skips.getFirst().path("note").asString()).isEqualTo("Is a medal a coin?");
        assertThat(skips.getFirst().path("annotator").asString()).startsWith("p-");
        assertThat(items(get(coins.path() + "/skips?reason=other"), "items")).isEmpty();
        assertThat(get(coins.path() + "/skips/counts").path("unclear").asInt()).isEqualTo(1);
        assertThat(coins.as("rita").get(coins.path() + "/skips?reason=dull").status())
                .isEqualTo(400);
        assertThat(coins.as("anna").get(coins.path() + "/skips").status())
                .as("for those who write the instructions")
                .isEqualTo(403);
    }

    @Test
    void aTaskTellsWhoHasItAndIsTakenBack() throws IOException {
        coins.begin(1, 1, 0);
        var lease = coins.lease("anna");
        var holder = get(task(lease)).at("/holders/0");
        assertThat(holder.at("/who/person").asString())
                .isEqualTo(coins.id("anna").value().toString());
        assertThat(holder.path("kind").asString()).isEqualTo("annotate");
        assertThat(holder.path("since").asString()).isNotEmpty();
        assertThat(coins.as("rolf").get(task(lease)).json().at("/holders/0/who").has("person"))
                .as("a reviewer learns the pseudonym alone")
                .isFalse();
        var saved = coins.as("anna")
                .put(
                        coins.path() + "/leases/" + lease.path("id").asLong() + "/draft",
                        Map.of(
                                "token",
                                lease.path("token"),
                                "answer",
                                Coins.answer("coin", "half"),
                                "activeSeconds",
                                3));
        assertThat(saved.status()).as(saved.body()).isLessThan(300);
        assertThat(coins.as("rita").post(task(lease) + "/withdrawal", Map.of()).status())
                .isEqualTo(204);
        assertThat(get(task(lease)).path("holders")).isEmpty();
        assertThat(coins.submit("anna", lease, "coin", "late").code()).isEqualTo("lease-stale");
        var again = coins.lease("anna");
        assertThat(again.at("/draft/answer/answers/note").asString())
                .as("the draft is kept")
                .isEqualTo("late");
    }

    @Test
    void theListIsFilteredByBatchPriorityAndNameAndTheHistoryTellsWhatWasChanged() throws IOException {
        coins.begin(3, 1, 0);
        var all = items(get(coins.path() + "/tasks"), "items");
        var second = all.get(1).path("id").asLong();
        var batch = coins.as("rita")
                .with("Idempotency-Key", "batch")
                .post(coins.path() + "/batches", Map.of("name", "Soon", "priority", 5));
        assertThat(batch.status()).as(batch.body()).isEqualTo(201);
        var acts = coins.path() + "/task-acts";
        var filter = Map.of("tasks", List.of(second));
        act(acts, Map.of("filter", filter, "act", "set_priority", "priority", 7));
        act(acts, Map.of("filter", filter, "act", "set_priority", "priority", 9));
        act(acts, Map.of("filter", filter, "act", "move", "batch", 1));
        act(
                acts,
                Map.of(
                        "filter",
                        filter,
                        "act",
                        "assign",
                        "people",
                        List.of(coins.id("ben").value())));
        var preview = coins.as("rita").post(acts + "/preview", Map.of("filter", Map.of("batch", 1), "act", "cancel"));
        assertThat(preview.json().path("first").path(0).asLong()).isEqualTo(second);
        for (var query : List.of("batch=1", "priority=5", "assetName=coin-1", "assetName=coin&batch=1")) {
            var found = items(get(coins.path() + "/tasks?" + query), "items");
            assertThat(found).as(query).hasSize(1);
            assertThat(found.getFirst().path("id").asLong()).as(query).isEqualTo(second);
        }
        var first = get(coins.path() + "/tasks?assetName=coin-&limit=2");
        assertThat(items(first, "items")).hasSize(2);
        var rest = get(coins.path() + "/tasks?assetName=coin-&limit=2&cursor="
                + first.path("next").asString());
        assertThat(items(rest, "items")).hasSize(1);
        assertThat(rest.path("next").isNull()).isTrue();
        assertThat(coins.as("rita")
                        .get(coins.path() + "/tasks?assetName=x&cursor=eA")
                        .status())
                .isEqualTo(400);
        var detail = get(coins.path() + "/tasks/" + second);
        assertThat(detail.path("priority").asInt()).isEqualTo(5);
        assertThat(detail.path("batch").asInt()).isEqualTo(1);
        assertThat(detail.at("/assignees/0/person").asString())
                .isEqualTo(coins.id("ben").value().toString());
        var told = items(get(coins.path() + "/tasks/" + second + "/history"), "entries").stream()
                .map(entry ->
                        entry.path("kind").asString() + " " + entry.path("from").asString("-") + " "
                                + entry.path("reason").asString("-"))
                .toList();
        assertThat(told).contains("prioritised - 7", "prioritised 7 9", "moved - 1");
        assertThat(told).anyMatch(line -> line.startsWith("assigned - p-"));
    }

    @Test
    void aBatchGetsAnotherNamePriorityAndDeadline() throws IOException {
        coins.begin(2, 1, 0);
        var made = coins.as("rita")
                .with("Idempotency-Key", "batch-2")
                .post(coins.path() + "/batches", Map.of("name", "First", "priority", 1));
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        act(coins.path() + "/task-acts", Map.of("filter", Map.of(), "act", "move", "batch", 1));
        var path = coins.path() + "/batches/1";
        var changed = coins.as("rita")
                .patch(path, Map.of("name", "Second", "priority", 4, "deadline", "2031-01-01T00:00:00Z"));
        assertThat(changed.status()).as(changed.body()).isEqualTo(200);
        assertThat(changed.json().path("name").asString()).isEqualTo("Second");
        assertThat(changed.json().path("deadline").asString()).startsWith("2031");
        assertThat(items(get(coins.path() + "/tasks?priority=4"), "items")).hasSize(2);
        assertThat(coins.as("rita")
                        .patch(path, Map.of("noDeadline", true))
                        .json()
                        .has("deadline"))
                .isFalse();
        assertThat(coins.as("rita").patch(path, Map.of()).status()).isEqualTo(400);
        assertThat(coins.as("rita").patch(path, Map.of("priority", 1_000)).status())
                .isEqualTo(400);
    }
}
