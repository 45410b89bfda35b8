package io.etalon.server.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.etalon.server.testing.Http;
import io.etalon.server.testing.TestServer;
import java.io.IOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What a caller does not hear of, and what he says twice. */
final class CutReplyTest {
    private static final int CUTS = Faults.times(5, 300);

    @Test
    void aRetryAfterAReplyThatWasCutOffGetsTheFirstResult() throws Exception {
        var job = SmallJob.on(TestServer.shared(), "cut-reply", "anna")
                .project(1, 0)
                .images(CUTS)
                .plan();
        var made = new HashSet<Long>();
        for (var i = 0; i < CUTS; i++) {
            var lease = job.lease("anna").json();
            var key = "cut-" + i;
            try (var proxy = new CuttingProxy(TestServer.shared().url())) {
                proxy.cut();
                assertThatThrownBy(() -> job.at(proxy.url()).submit("anna", lease, SmallJob.answer("cut"), key))
                        .hasCauseInstanceOf(IOException.class);
            }
            var again = job.submit("anna", lease, SmallJob.answer("cut"), key);
            assertThat(again.status()).as(again.body()).isEqualTo(201);
            assertThat(again.header("Idempotent-Replay")).isEqualTo("true");
            made.add(again.json().at("/submission/id").asLong());
        }
        assertThat(made).hasSize(CUTS);
        var progress = job.as("requester").get(job.path()).json().get("progress");
        assertThat(progress.get("submissions").asInt()).isEqualTo(CUTS);
    }

    @Test
    void aRetryOfAMakingGetsTheThingThatWasMadeAndWithoutItsKeyAnotherOne() throws Exception {
        var job = SmallJob.on(TestServer.shared(), "cut-making").project(1, 0);
        var path = job.clientPath() + "/projects";
        var body = Map.of("template", "image-boxes", "name", "Twice", "ontology", SmallJob.ontology("Coin"));
        try (var proxy = new CuttingProxy(TestServer.shared().url())) {
            proxy.cut();
            var key = UUID.randomUUID().toString();
            assertThatThrownBy(() -> job.at(proxy.url())
                            .as("requester")
                            .with("Idempotency-Key", key)
                            .post(path, body))
                    .hasCauseInstanceOf(IOException.class);
            var again = job.as("requester").with("Idempotency-Key", key).post(path, body);
            assertThat(again.status()).as(again.body()).isEqualTo(201);
            assertThat(projects(job)).isEqualTo(2);

            // The control: who does not say that it is a retry makes a second one.
            assertThatThrownBy(() -> job.at(proxy.url()).as("requester").post(path, body))
                    .hasCauseInstanceOf(IOException.class);
            assertThat(job.as("requester").post(path, body).status()).isEqualTo(201);
            assertThat(projects(job)).isEqualTo(4);
        }
    }

    private static int projects(SmallJob job) {
        return job.as("requester")
                .get(job.clientPath() + "/projects?limit=200")
                .json()
                .get("items")
                .size();
    }

    /** Who comes with many at once may be told to come again, and that nothing was done. */
    private static Http.Answer taken(SmallJob job, JsonNode lease, String key) {
        var answer = job.submit("anna", lease, SmallJob.answer("one"), key);
        for (var left = 20; left > 0 && Set.of("client-busy", "server-busy").contains(answer.code()); left--) {
            LockSupport.parkNanos(500_000_000);
            answer = job.submit("anna", lease, SmallJob.answer("one"), key);
        }
        return answer;
    }

    @Test
    void sixtyFourParallelUsesOfOneKeyMakeOneRowAndOthersKeysAreTheirOwn() throws Exception {
        var job = SmallJob.on(TestServer.shared(), "one-key", "anna", "ben")
                .project(2, 0)
                .images(Faults.times(1, 40))
                .plan();
        for (var lease = job.lease("anna"); lease.status() == 201; lease = job.lease("anna")) {
            var leased = lease.json();
            var key = UUID.randomUUID().toString();
            var answers = new HashSet<Long>();
            var first = 0;
            try (var threads = Executors.newFixedThreadPool(64)) {
                var tries = java.util.stream.IntStream.range(0, 64)
                        .mapToObj(i -> threads.submit(() -> taken(job, leased, key)))
                        .toList();
                for (var one : tries) {
                    var answer = one.get();
                    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
                    answers.add(answer.json().at("/submission/id").asLong());
                    first += answer.header("Idempotent-Replay").isEmpty() ? 1 : 0;
                }
            }
            assertThat(answers).hasSize(1);
            assertThat(first).isEqualTo(1);
            var other = job.submit("anna", leased, SmallJob.answer("another"), key);
            assertThat(other.status()).as(other.body()).isEqualTo(422);
            var bens = job.lease("ben").json();
            var own = job.submit("ben", bens, SmallJob.answer("bens"), key);
            assertThat(own.status()).as(own.body()).isEqualTo(201);
            assertThat(own.header("Idempotent-Replay")).isEmpty();
            assertThat(answers).doesNotContain(own.json().at("/submission/id").asLong());
        }
        var progress = job.as("requester").get(job.path()).json().get("progress");
        assertThat(progress.get("submissions").asInt()).isEqualTo(2 * Faults.times(1, 40));
    }
}
