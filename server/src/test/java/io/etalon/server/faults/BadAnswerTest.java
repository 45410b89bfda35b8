package io.etalon.server.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.etalon.server.testing.Http.Answer;
import io.etalon.server.testing.TestServer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Answers that are wrong, late or sent often: the reason is told, the lease stays, and work is neither lost nor doubled. */
final class BadAnswerTest {
    private static TestServer server;
    private static SmallJob job;

    @BeforeAll
    static void start() throws Exception {
        server = TestServer.shared();
        job = SmallJob.on(server, "bad-answers", "anna", "ben");
    }

    private static Answer submit(JsonNode lease, Object answer) {
        return job.submit("anna", lease, answer, UUID.randomUUID().toString());
    }

    @Test
    void refusesWhatTheOntologyOrTheImageDoesNotHoldAndTheLeaseLivesOn() throws Exception {
        job.project(1, 0).images(1).plan();
        var lease = job.lease("anna").json();
        refused(submit(lease, SmallJob.answer(null, "dragon", 1, 1, 5, 5)), "/answer/shapes/0/label");
        refused(submit(lease, SmallJob.answer(null, "coin", 38, 1, 5, 5)), "/answer/shapes/0");
        refused(submit(lease, SmallJob.answer(null, "coin", -3, 1, 5, 5)), "/answer/shapes/0");
        refused(submit(lease, SmallJob.answer(null, "coin", 1, 1, 0, 5)), "/answer/shapes/0");
        refused(submit(lease, SmallJob.answer(null, "coin", 1, 1, 5, -5)), "/answer/shapes/0");
        refused(
                submit(lease, Map.of("answers", Map.of("nothing", 1), "shapes", java.util.List.of())),
                "/answer/answers");
        refused(
                submit(lease, Map.of("answers", Map.of("age", "old"), "shapes", java.util.List.of())),
                "/answer/answers");
        for (var number :
                new String[] {"NaN", "Infinity", "-Infinity", "1e999", "-1e999", "1e400", "0x10", "01", "+1"}) {
            for (var field : new String[] {"x", "width", "age"}) {
                var answer = job.submitText(
                        "anna",
                        lease,
                        body(lease, field, number),
                        UUID.randomUUID().toString());
                assertThat(answer.status())
                        .as("%s=%s %s", field, number, answer.body())
                        .isEqualTo(400);
                assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
            }
        }
        var good = job.submitText(
                "anna", lease, body(lease, "x", "1.25"), UUID.randomUUID().toString());
        assertThat(good.status()).as(good.body()).isEqualTo(201);
        assertThat(submissions(lease)).hasSize(1);
        assertThat(submissions(lease).get(0).at("/answer/shapes/0/x").asDouble())
                .isEqualTo(1.25);
    }

    private static void refused(Answer answer, String pointer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.json().at("/faults/0/pointer").asString()).startsWith(pointer);
    }

    private static String body(JsonNode lease, String field, String number) {
        return """
                {"token":%s,"activeSeconds":1,"next":false,"answer":{"answers":{"age":%s},"shapes":[{"id":"s1","label":"coin",\
                "type":"box","x":%s,"y":1,"width":%s,"height":2,"attributes":{}}]}}""".formatted(
                        lease.get("token"),
                        field.equals("age") ? number : "3",
                        field.equals("x") ? number : "2",
                        field.equals("width") ? number : "2");
    }

    private static JsonNode submissions(JsonNode lease) {
        return job.as("requester")
                .get(job.path() + "/tasks/" + lease.at("/task/id").asLong())
                .json()
                .get("submissionList");
    }

    @Test
    void keepsWorkThatComesAfterItsLeaseAsADraft() throws Exception {
        job.project(1, 0).images(1).plan();
        var lease = job.lease("anna").json();
        var released = job.as("anna")
                .post(
                        job.path() + "/leases/" + lease.get("id").asLong() + "/release",
                        Map.of("token", lease.get("token")));
        assertThat(released.status()).isEqualTo(204);
        var late = submit(lease, SmallJob.answer("an hour of work"));
        assertThat(late.status()).isEqualTo(409);
        assertThat(late.code()).isEqualTo("lease-stale");
        var again = job.lease("anna").json();
        assertThat(again.at("/draft/answer/answers/note").asString()).isEqualTo("an hour of work");
        assertThat(submissions(lease)).isEmpty();
        assertThat(submit(again, again.at("/draft/answer")).status()).isEqualTo(201);
    }

    @Test
    void sixtyFourUsesOfOneKeyAtOnceWriteOneRowAndGiveOneReply() throws Exception {
        job.project(2, 0).images(3).plan();
        var lease = job.lease("anna").json();
        var key = UUID.randomUUID().toString();
        var start = new CountDownLatch(1);
        var replies = new HashSet<String>();
        var first = 0;
        try (var threads = Executors.newFixedThreadPool(64)) {
            var waiting = new ArrayList<java.util.concurrent.Future<Answer>>();
            for (var i = 0; i < 64; i++) {
                Callable<Answer> send = () -> {
                    start.await();
                    return job.submit("anna", lease, SmallJob.answer("once"), key);
                };
                waiting.add(threads.submit(send));
            }
            start.countDown();
            for (var one : waiting) {
                var answer = one.get();
                assertThat(answer.status()).as(answer.body()).isEqualTo(201);
                replies.add(answer.body());
                first += answer.header("Idempotent-Replay").isEmpty() ? 1 : 0;
            }
        }
        assertThat(replies).hasSize(1);
        assertThat(first).isEqualTo(1);
        assertThat(submissions(lease)).hasSize(1);
        var other = job.submit("anna", lease, SmallJob.answer("something else"), key);
        assertThat(other.status()).isEqualTo(422);
        assertThat(other.code()).isEqualTo("idempotency-mismatch");
        assertThat(submissions(lease)).hasSize(1);
    }

    /** The control of the test above: with a key of its own each use is another act, and the lease takes only one. */
    @Test
    void withoutACommonKeyTheSecondUseOfALeaseIsRefused() throws Exception {
        job.project(1, 0).images(1).plan();
        var lease = job.lease("anna").json();
        assertThat(submit(lease, SmallJob.answer("first")).status()).isEqualTo(201);
        var second = submit(lease, SmallJob.answer("first"));
        assertThat(second.status()).isEqualTo(409);
        assertThat(second.header("Idempotent-Replay")).isEmpty();
        assertThat(submissions(lease)).hasSize(1);
    }
}
