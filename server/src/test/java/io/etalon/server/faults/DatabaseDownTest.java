package io.etalon.server.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.etalon.server.testing.Http;
import io.etalon.server.testing.TestServer;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** PostgreSQL is killed below a running server. */
final class DatabaseDownTest {
    @Test
    void answersThatTheDatabaseIsDownThenStartsItAgainAndGoesOnWhereItWas() throws Exception {
        try (var server = TestServer.start()) {
            var job =
                    SmallJob.on(server, "down", "anna").project(1, 0).images(3).plan();
            var lease = job.lease("anna").json();
            var first = job.submit("anna", lease, SmallJob.answer("before"), "key-1");
            assertThat(first.status()).isEqualTo(201);
            var open = job.lease("anna").json();

            var postgres = Postmaster.of(server.data());
            var refused = new ArrayList<Http.Answer>();
            var key = UUID.randomUUID().toString();
            // A cluster that cannot be opened stays down until it is put back.
            var cluster = server.data().resolve("postgres/cluster");
            var aside = cluster.resolveSibling("aside");
            Files.move(cluster, aside);
            postgres.killWithBackends();
            refused.add(job.submit("anna", open, SmallJob.answer("meanwhile"), key));
            Files.move(aside, cluster);
            Await.until("the open lease takes its answer", Duration.ofSeconds(60), () -> {
                var answer = job.submit("anna", open, SmallJob.answer("meanwhile"), key);
                if (answer.status() != 201) {
                    refused.add(answer);
                }
                return answer.status() == 201;
            });

            assertThat(refused).allSatisfy(answer -> {
                assertThat(answer.status()).as(answer.body()).isEqualTo(503);
                assertThat(answer.code()).isEqualTo("database-down");
                assertThat(Integer.parseInt(answer.header("Retry-After"))).isBetween(1, 30);
            });
            assertThat(Postmaster.of(server.data()).pid()).isNotEqualTo(postgres.pid());
            assertThat(Postmaster.of(server.data()).port()).isEqualTo(postgres.port());
            var again = job.submit("anna", lease, SmallJob.answer("before"), "key-1");
            assertThat(again.status()).isEqualTo(201);
            assertThat(again.header("Idempotent-Replay")).isEqualTo("true");
            assertThat(again.json().at("/submission/id")).isEqualTo(first.json().at("/submission/id"));
            assertThat(job.lease("anna").status()).isEqualTo(201);
            var progress = job.as("requester").get(job.path()).json().get("progress");
            assertThat(progress.get("submissions").asInt()).isEqualTo(2);
        }
    }

    @Test
    void healthTellsThatTheDatabaseIsDownAndThatItIsBack() throws Exception {
        try (var server = TestServer.start()) {
            var nobody = Http.of(server);
            assertThat(nobody.get("//health").status()).isEqualTo(200);
            var log = server.data().resolve("postgres/postgres.log");
            var pid = server.data().resolve("postgres/cluster");
            // A cluster that cannot be opened keeps the attempts failing until it is put back.
            var aside = pid.resolveSibling("aside");
            var postgres = Postmaster.of(server.data());
            Files.move(pid, aside);
            postgres.kill();
            Await.until(
                    "health tells it",
                    Duration.ofSeconds(30),
                    () -> nobody.get("//health").status() == 503);
            var ill = nobody.get("//health").json();
            assertThat(ill.at("/status").asString()).isEqualTo("DOWN");
            assertThat(ill.at("/components/database/status").asString()).isEqualTo("DOWN");
            assertThat(ill.at("/components/disk/status").asString()).isEqualTo("UP");
            Files.move(aside, pid);
            Await.until(
                    "health tells that it is back",
                    Duration.ofSeconds(60),
                    () -> nobody.get("//health").status() == 200);
            assertThat(log).exists();
        }
    }
}
