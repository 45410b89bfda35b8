package io.etalon.server.faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.etalon.server.testing.TestServer;
import java.sql.Connection;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * The server is killed (SIGKILL) while it takes a file in, and the database with it every second time; the next one goes on
 * by itself. What comes out is what an import that nobody disturbed gives. The whole form kills twenty times over a million lines.
 */
final class KilledImportTest {
    private static final int KILLS = Faults.kills(1, 20);
    private static final int LINES = Faults.times(55_000, 1_000_000);

    /** What a project holds after its import: its tasks in their order, with content and priority, and every line's fate. */
    record Outcome(String tasks, long count, String lines, JsonNode report) {}

    @Test
    void repeatsNoLineAndSkipsNoneHoweverOftenItIsKilled() throws Exception {
        var seed = Faults.seed();
        var random = new Random(seed);
        var data = TestServer.freshData();
        var port = Faults.twoFreePorts();
        var child = ChildServer.start(data, port, "killed-import");
        try {
            var sessions = child.sessions();
            var killed = new SmallJob(child.url(), "killed-import", sessions).project(ImportTest.textProject());
            var calm = new SmallJob(child.url(), "killed-import", sessions).project(ImportTest.textProject());
            var file = file(random, LINES);
            var id = killed.as("requester")
                    .upload(killed.path() + "/imports?name=big.jsonl", file)
                    .json()
                    .get("id")
                    .asString();
            var felt = 0;
            for (var kill = 1; kill <= KILLS; kill++) {
                var goal = (long) file.length * kill / (KILLS + 2);
                Await.until(
                        "the import goes on",
                        Faults.patience(),
                        () -> job(killed, id).get("done").asLong() >= goal);
                felt += job(killed, id).get("state").asString().equals("running") ? 1 : 0;
                var postgres = Postmaster.of(data);
                child.kill();
                if (kill % 2 == 1) {
                    postgres.kill();
                }
                child = ChildServer.start(data, port);
            }
            assertThat(felt)
                    .as("kills that met a running import, seed %d", seed)
                    .isPositive();
            var ended = ImportTest.ended(killed, id);
            assertThat(ended.get("state").asString()).as(ended.toString()).isEqualTo("done");
            assertThat(ended.get("attempt").asInt()).isGreaterThan(1);
            var undisturbed = ImportTest.imported(calm, "big.jsonl", file);
            try (var cell = Cells.only(data)) {
                var expected = outcome(cell, calm, undisturbed);
                Faults.saw(KILLS + " kills, " + felt + " of a running import, "
                        + ended.get("attempt").asInt() + " attempts, " + expected.count() + " tasks of " + LINES
                        + " lines, seed " + seed);
                assertThat(outcome(cell, killed, ended)).as("seed %d", seed).isEqualTo(expected);
                assertThat(ended.at("/report/lines").asInt()).isEqualTo(LINES);
                // The control: the same look at a project that lacks one task.
                try (var delete = cell.createStatement()) {
                    assertThat(delete.executeUpdate(
                                    "delete from task where id = (select max(id) from task where project = '"
                                            + project(killed) + "')"))
                            .isEqualTo(1);
                }
                assertThat(outcome(cell, killed, ended)).isNotEqualTo(expected);
            }
        } finally {
            child.kill();
            Postmaster.killOrphan(data);
        }
    }

    static byte[] file(Random random, int lines) {
        var text = new StringBuilder();
        for (var i = 0; i < lines; i++) {
            switch (i % 50) {
                case 7 -> text.append("{\"text\":\"broken\n");
                case 13 -> text.append("\n");
                case 20 ->
                    text.append("{\"text\":\"again ")
                            .append(random.nextInt(500))
                            .append("\"}\n");
                default ->
                    text.append("{\"text\":\"")
                            .append(i)
                            .append(' ')
                            .append(random.nextLong())
                            .append("\",\"priority\":")
                            .append(i % 3)
                            .append("}\n");
            }
        }
        return text.toString().getBytes(UTF_8);
    }

    private static JsonNode job(SmallJob job, String id) {
        return job.shown(job.path() + "/jobs/" + id).json();
    }

    static String project(SmallJob job) {
        return job.path().substring(job.path().lastIndexOf('/') + 1);
    }

    static Outcome outcome(Connection cell, SmallJob job, JsonNode ended) throws Exception {
        try (var query = cell.createStatement();
                var row = query.executeQuery("select md5(string_agg(a.name || ' ' || encode(a.sha256, 'hex') || ' '"
                        + " || t.priority, ',' order by t.id)), count(*), (select md5(string_agg(line || outcome || reason,"
                        + " ',' order by line)) from import_line where job = '"
                        + ended.get("id").asString() + "') from task t join asset a on a.id = t.asset"
                        + " where t.project = '" + project(job) + "'")) {
            assertThat(row.next()).isTrue();
            return new Outcome(row.getString(1), row.getLong(2), row.getString(3), ended.get("report"));
        }
    }
}
