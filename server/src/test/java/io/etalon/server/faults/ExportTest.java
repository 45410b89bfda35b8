package io.etalon.server.faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.etalon.server.audit.AuditLog;
import io.etalon.server.audit.AuditOp;
import io.etalon.server.audit.EntryFilter;
import io.etalon.server.base.ProjectId;
import io.etalon.server.testing.TestServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Answers as files, and jobs that are stopped and taken up again, on the real server. */
final class ExportTest {
    private static final JsonMapper JSON = new JsonMapper();

    @Test
    void writesEveryAnswerInEffectWithItsFreeTextsAndTellsTheLogBeforeTheBytes() throws Exception {
        var job = SmallJob.on(TestServer.shared(), "export-answers", "ann", "bob")
                .project(2, 0)
                .images(2)
                .plan();
        var notes = new ArrayList<String>();
        for (var who : List.of("ann", "bob")) {
            for (var i = 0; i < 2; i++) {
                var lease = job.lease(who).json();
                var note = who + " \"" + i + "\" ✓";
                notes.add(note);
                assertThat(job.submit(
                                        who,
                                        lease,
                                        SmallJob.answer(note),
                                        UUID.randomUUID().toString())
                                .status())
                        .isEqualTo(201);
            }
        }
        var requester = job.as("requester");
        var id = export(job, Map.of());
        var path = job.path() + "/exports/" + id + "/file";
        assertThat(exports(job)).isZero();
        var file = requester.get(path);
        assertThat(file.status()).as(file.body()).isEqualTo(200);
        assertThat(exports(job)).isEqualTo(1);
        var seen = new ArrayList<String>();
        for (var line : file.body().split("\n", -1)) {
            if (!line.isEmpty()) {
                var answer = JSON.readTree(line);
                seen.add(answer.at("/answer/answers/note").asString());
                assertThat(answer.get("annotator").asString()).startsWith("p-");
                assertThat(answer.get("state").asString()).isEqualTo("submitted");
                assertThat(answer.get("name").asString()).startsWith("coin-");
                assertThat(answer.at("/answer/shapes/0/label").asString()).isEqualTo("coin");
            }
        }
        assertThat(seen).containsExactlyInAnyOrderElementsOf(notes);
        var part = requester.with("Range", "bytes=5-24").get(path);
        assertThat(part.status()).isEqualTo(206);
        var all = file.body().getBytes(UTF_8);
        assertThat(part.body().getBytes(UTF_8)).isEqualTo(java.util.Arrays.copyOfRange(all, 5, 25));

        var table = requester.get(job.path() + "/exports/" + export(job, Map.of("format", "csv")) + "/file");
        assertThat(table.body().lines().count()).isEqualTo(1 + 4 * 2);
        isTheConsensusThatIsShown(job);
        assertThat(requester
                        .post(job.path() + "/exports", Map.of("format", "xls"))
                        .status())
                .isEqualTo(400);
        job.project(1, 0);
        assertThat(requester.get(job.path() + "/exports/" + id + "/file").status())
                .isEqualTo(404);
    }

    private static void isTheConsensusThatIsShown(SmallJob job) {
        var requester = job.as("requester");
        var body = Map.of("what", "consensus", "method", "majority");
        var file = requester.get(job.path() + "/exports/" + export(job, body) + "/file");
        var tasks = new ArrayList<Long>();
        for (var line : file.body().lines().toList()) {
            var entry = JSON.readTree(line);
            tasks.add(entry.get("task").asLong());
            assertThat(entry.get("given").asInt()).isEqualTo(2);
            assertThat(entry.get("finished").asBoolean()).isTrue();
            assertThat(entry.at("/shapes/0/label").asString()).isEqualTo("coin");
            assertThat(entry.at("/shapes/0/support").asInt()).isEqualTo(2);
        }
        assertThat(tasks).hasSize(2).isSorted();
        assertThat(requester
                        .get(job.path() + "/quality/consensus?method=majority")
                        .json()
                        .get("items"))
                .hasSameSizeAs(tasks);
    }

    private static String export(SmallJob job, Map<String, String> body) {
        var queued = job.as("requester").post(job.path() + "/exports", body);
        assertThat(queued.status()).as(queued.body()).isEqualTo(202);
        var ended = ImportTest.ended(job, queued.json().get("id").asString());
        assertThat(ended.get("state").asString()).as(ended.toString()).isEqualTo("done");
        return ended.get("id").asString();
    }

    private static long exports(SmallJob job) {
        var project = job.path().substring(job.path().lastIndexOf('/') + 1);
        var server = TestServer.shared();
        var client = server.clients().all().stream()
                .filter(one -> one.slug().equals("export-answers"))
                .findFirst()
                .orElseThrow();
        var log = server.part(AuditLog.class);
        log.flush(client.id());
        var filter = new EntryFilter(new ProjectId(UUID.fromString(project)), null, null, AuditOp.EXPORT);
        return log.entries(client.id(), filter, 0, 1_000).size();
    }

    @Test
    void aCancelledImportKeepsItsPiecesAndGoesOnWhenItIsResumed() throws Exception {
        var job = SmallJob.on(TestServer.shared(), "import-cancelled").project(ImportTest.textProject());
        var file = new StringBuilder();
        for (var i = 0; i < 120_000; i++) {
            file.append("{\"text\":\"text ").append(i).append("\"}\n");
        }
        var requester = job.as("requester");
        var id = requester
                .upload(job.path() + "/imports?name=a.jsonl", file.toString().getBytes(UTF_8))
                .json()
                .get("id")
                .asString();
        var path = job.path() + "/jobs/" + id;
        assertThat(requester.post(path + "/cancel", "").status()).isEqualTo(200);
        var cancelled = ImportTest.ended(job, id);
        assertThat(cancelled.get("state").asString()).isEqualTo("cancelled");
        assertThat(requester.post(path + "/cancel", "").status())
                .as("twice is once")
                .isEqualTo(200);
        assertThat(requester.post(path + "/resume", "").status()).isEqualTo(200);
        var ended = ImportTest.ended(job, id);
        assertThat(ended.get("state").asString()).as(ended.toString()).isEqualTo("done");
        assertThat(ended.at("/report/accepted").asInt()).isEqualTo(120_000);
        assertThat(requester.get(job.path()).json().at("/progress/tasks").asInt())
                .isEqualTo(120_000);
        assertThat(ended.get("log").toString()).contains("cancelled").contains("resumed");
        assertThat(requester.post(path + "/cancel", "").status()).isEqualTo(409);
    }

    @Test
    void anImportThatIsCutByTheEndOfItsServerIsFinishedByTheNext() throws Exception {
        try (var server = TestServer.start()) {
            var job = SmallJob.on(server, "import-restarted").project(ImportTest.textProject());
            var file = new StringBuilder();
            for (var i = 0; i < 150_000; i++) {
                file.append("{\"text\":\"text ").append(i).append("\"}\n");
            }
            var id = job.as("requester")
                    .upload(
                            job.path() + "/imports?name=a.jsonl",
                            file.toString().getBytes(UTF_8))
                    .json()
                    .get("id")
                    .asString();
            server.restart();
            var again = job.at(server.url());
            var ended = ImportTest.ended(again, id);
            assertThat(ended.get("state").asString()).as(ended.toString()).isEqualTo("done");
            assertThat(ended.at("/report/accepted").asInt()).isEqualTo(150_000);
            assertThat(again.as("requester")
                            .get(again.path())
                            .json()
                            .at("/progress/tasks")
                            .asInt())
                    .isEqualTo(150_000);
        }
    }
}
