package io.etalon.server.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.etalon.server.testing.Http;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What a body of the desk lacks is told with its place, and what cannot be done now with what can. */
class AbsentMembersHttpTest {
    private static final Coins COINS = new Coins("absent-test", "anna");

    private static void refused(Http.Answer answer, String pointer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.json().at("/faults/0/pointer").asString()).isEqualTo(pointer);
        var name = pointer.substring(pointer.lastIndexOf('/') + 1);
        assertThat(answer.json().at("/faults/0/message").asString()).doesNotStartWith(name);
    }

    private static Http.Answer decide(Http reviewer, JsonNode review, Map<String, ?> body) {
        var sent = new HashMap<String, Object>(body);
        sent.put("token", review.get("token").asString());
        return reviewer.with("Idempotency-Key", UUID.randomUUID().toString())
                .post(COINS.path() + "/reviews/" + review.get("id").asLong() + "/decision", sent);
    }

    @Test
    void aSkipWithoutAReasonAndADecisionWithoutItsTextsAreRefused() throws Exception {
        COINS.begin(2, 1, 1.0);
        var lease = COINS.lease("anna");
        var skip = COINS.path() + "/leases/" + lease.get("id").asLong() + "/skip";
        refused(COINS.as("anna").post(skip, Map.of("token", lease.get("token").asString())), "/reason");
        assertThat(COINS.submit("anna", lease, "coin", "").status()).isLessThan(300);

        var rolf = COINS.as("rolf");
        var review = rolf.post(COINS.path() + "/reviews", Map.of()).json();
        refused(decide(rolf, review, Map.of("decision", "accept", "comments", List.of(Map.of()))), "/comments/0/text");
        refused(decide(rolf, review, Map.of()), "/decision");
        refused(decide(rolf, review, Map.of("decision", "maybe")), "/decision");
        assertThat(decide(rolf, review, Map.of("decision", "accept")).status()).isEqualTo(201);
    }

    @Test
    void parametersAndMembersAreNamedOnce() throws Exception {
        COINS.begin(1, 1, 0);
        var rita = COINS.as("rita");
        refused(rita.get(COINS.path() + "/tasks?state=lost"), "/state");
        refused(rita.get(COINS.path() + "/tasks?limit=0"), "/limit");
        refused(rita.get(COINS.path() + "/tasks?limit=many"), "/limit");
        refused(rita.send("PATCH", COINS.path(), "{\"state\":\"lost\"}"), "/state");
        var rules = rita.with("If-Match", "*");
        refused(rules.put(COINS.path() + "/queue", Map.of("caps", Map.of("tasks", 0))), "/caps/tasks");
        var audience = Map.of("audience", Map.of("qualifications", List.of("No Key!")));
        refused(rules.put(COINS.path() + "/queue", audience), "/audience/qualifications/0");
        var act = Map.of("filter", Map.of("batch", 99), "act", "cancel");
        refused(rita.post(COINS.path() + "/task-acts/preview", act), "/filter/batch");
    }

    @Test
    void whatATaskDoesNotAllowIsToldInActsThatItsCallerCanDo() throws Exception {
        COINS.begin(1, 1, 0);
        var rita = COINS.as("rita");
        var task = COINS.path() + "/tasks/"
                + rita.get(COINS.path() + "/tasks").json().at("/items/0/id").asLong();

        var reopened = rita.post(task + "/reopening", Map.of());
        assertThat(rita.post(task + "/cancellation", Map.of()).status()).isLessThan(300);
        var again = rita.post(task + "/cancellation", Map.of());

        assertThat(reopened.status()).as(reopened.body()).isEqualTo(409);
        assertThat(reopened.json().get("allowed").toString()).isEqualTo("[\"cancel\"]");
        assertThat(reopened.json().get("detail").asString())
                .isEqualTo("The task is open; reopen is not possible there. What you can do: cancel.");
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.json().get("allowed").toString()).isEqualTo("[\"reopen\"]");
    }
}
