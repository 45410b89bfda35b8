package io.etalon.server.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.etalon.server.testing.Http;
import io.etalon.server.testing.Members;
import io.etalon.server.testing.TestServer;
import java.nio.file.Files;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A file stands in the archive's place: the server works on, and says that nothing is archived, and why. */
final class ArchiveFailureTest {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @Test
    void tellsThatTheArchiveFailsAndWhyAndThatItIsWellAgain() throws Exception {
        var data = TestServer.freshData();
        var archive = TestServer.freshData();
        try (var server = TestServer.archived(data, archive)) {
            var operator = Http.as(server, new Members(server).operator());
            writeLog(data);
            Await.until(
                    "a piece is archived", PATIENCE, () -> standing(operator).has("archivedAt"));
            assertThat(standing(operator).get("state").asString()).isEqualTo("well");
            assertThat(standing(operator).has("reason")).isFalse();
            healthIs(server, "UP");

            Files.move(archive.resolve("wal"), archive.resolve("wal-away"));
            Files.writeString(archive.resolve("wal"), "a file");
            writeLog(data);
            Await.until(
                    "PostgreSQL has tried", PATIENCE, () -> standing(operator).has("failedAt"));
            var failing = standing(operator);
            assertThat(failing.get("state").asString()).isEqualTo("failing");
            assertThat(failing.get("reason").asString()).contains(archive.resolve("wal") + " is no folder");
            assertThat(failing.get("waiting").asInt()).isPositive();
            healthIs(server, "FAILING");
            assertThat(Http.of(server).get("//metrics").body()).contains("etalon_archive_failing 1.0");
            assertThat(Http.of(server).get("//health").body()).doesNotContain(archive.toString());

            Files.delete(archive.resolve("wal"));
            Files.move(archive.resolve("wal-away"), archive.resolve("wal"));
            Await.until("it is well again", PATIENCE, () -> {
                // Between its tries PostgreSQL waits; a new piece wakes it.
                writeLog(data);
                return standing(operator).get("state").asString().equals("well");
            });
            healthIs(server, "UP");
            assertThat(Http.of(server).get("//metrics").body()).contains("etalon_archive_failing 0.0");
        }
    }

    /** The control: who archives nothing is told that it is off, and nobody else is told anything. */
    @Test
    void isOffWhereNobodyAskedForItAndIsTheOperatorsBusinessAlone() throws Exception {
        var server = TestServer.shared();
        var operator = Http.as(server, new Members(server).operator());
        assertThat(standing(operator).get("state").asString()).isEqualTo("off");
        assertThat(Http.of(server).get("/operator/archive").status()).isEqualTo(401);
    }

    private static JsonNode standing(Http operator) {
        var answer = operator.get("/operator/archive");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    private static void healthIs(TestServer server, String archive) {
        var health = Http.of(server).get("//health");
        assertThat(health.status()).as("it is in service").isEqualTo(200);
        assertThat(health.json().at("/status").asString()).isEqualTo("UP");
        assertThat(health.json().at("/components/archive/status").asString()).isEqualTo(archive);
    }

    /** Something is written, and its piece of the log ends. */
    private static void writeLog(java.nio.file.Path data) {
        try (var control = Cells.control(data);
                var statement = control.createStatement()) {
            statement.execute("select pg_logical_emit_message(false, 'test', 'something')");
            statement.execute("select pg_switch_wal()");
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
