package io.etalon.server.faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.etalon.server.testing.TestServer;
import java.io.ByteArrayOutputStream;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Files of tasks, good and hostile: every line becomes a task or is told why not. */
final class ImportTest {
    private static final TestServer SERVER = TestServer.shared();

    static Map<String, Object> textProject() {
        return Map.of(
                "name",
                "Texts",
                "template",
                "text-classification",
                "redundancy",
                2,
                "ontology",
                Map.of(
                        "labels",
                        List.of(),
                        "questions",
                        List.of(Map.of(
                                "id",
                                "tone",
                                "name",
                                "Tone",
                                "type",
                                "choice",
                                "required",
                                true,
                                "options",
                                List.of(Map.of("id", "good", "name", "Good"), Map.of("id", "bad", "name", "Bad"))))));
    }

    private static SmallJob job(String slug) throws Exception {
        return SmallJob.on(SERVER, slug, "ann").project(textProject());
    }

    static JsonNode imported(SmallJob job, String name, byte[] file) {
        var queued = job.as("requester").upload(job.path() + "/imports?name=" + name, file);
        assertThat(queued.status()).as(queued.body()).isEqualTo(202);
        return ended(job, queued.json().get("id").asString());
    }

    static JsonNode ended(SmallJob job, String id) {
        var last = new JsonNode[1];
        Await.until("job " + id + " ends", Duration.ofSeconds(Faults.times(60, 900)), () -> {
            last[0] = job.as("requester").get(job.path() + "/jobs/" + id).json();
            return last[0].get("endedAt") != null && !last[0].get("endedAt").isNull();
        });
        return last[0];
    }

    private static Map<Long, String> notes(SmallJob job, JsonNode ended) {
        var notes = new TreeMap<Long, String>();
        var lines = job.as("requester")
                .get(job.path() + "/imports/" + ended.get("id").asString() + "/lines?limit=200");
        assertThat(lines.status()).as(lines.body()).isEqualTo(200);
        lines.json()
                .get("items")
                .forEach(line -> notes.put(
                        line.get("line").asLong(),
                        line.get("outcome").asString() + ": "
                                + line.get("reason").asString()));
        return notes;
    }

    private static void isAccountedFor(JsonNode ended, int accepted, int rejected, int duplicate, int blank) {
        assertThat(ended.get("state").asString()).as(ended.toString()).isEqualTo("done");
        var report = ended.get("report");
        assertThat(List.of(
                        report.get("accepted").asInt(),
                        report.get("rejected").asInt(),
                        report.get("duplicate").asInt(),
                        report.get("blank").asInt(),
                        report.get("lines").asInt()))
                .as(ended.toString())
                .containsExactly(accepted, rejected, duplicate, blank, accepted + rejected + duplicate + blank);
        assertThat(ended.get("done").asLong()).isEqualTo(ended.get("total").asLong());
    }

    @Test
    void offersTheTasksOfAFileInItsOrderAndShowsTheirTexts() throws Exception {
        var job = job("import-plain");
        var file = "\uFEFF{\"text\":\"first ✓\",\"id\":7}\r\n{\"text\":\"third\",\"priority\":-1}\n"
                + "\n{\"text\":\"second\",\"name\":\"two\"}";
        var ended = imported(job, "tones.jsonl", file.getBytes(UTF_8));
        isAccountedFor(ended, 3, 0, 0, 1);
        var project = job.as("requester").get(job.path()).json();
        assertThat(project.at("/progress/assets").asInt()).isEqualTo(3);
        assertThat(project.at("/progress/tasks").asInt()).isEqualTo(3);
        var lease = job.lease("ann").json();
        var asset = lease.at("/task/asset/id").asString();
        assertThat(job.as("ann")
                        .get(job.path() + "/assets/" + asset + "/content")
                        .body())
                .isEqualTo("first ✓");
        var names = new ArrayList<String>();
        job.as("requester")
                .get(job.path() + "/assets")
                .json()
                .get("items")
                .forEach(one -> names.add(one.get("name").asString()));
        assertThat(names).containsExactly("tones.jsonl:000000001", "tones.jsonl:000000002", "two");
    }

    @Test
    void takesATableAsASpreadsheetWritesIt() throws Exception {
        var job = job("import-table");
        var file = "Nom;Texte;priority;note\na;\"un; deux\nlignes\";3;x\nb;;1;\nc;trois;high;\nd;\"quatre\"\n";
        var ended = imported(job, "table.csv", file.getBytes(UTF_8));
        isAccountedFor(ended, 1, 3, 0, 0);
        assertThat(notes(job, ended))
                .containsEntry(4L, "rejected: “text” is empty")
                .containsEntry(6L, "rejected: has 2 fields; the header has 4");
        assertThat(notes(job, ended).get(5L)).contains("priority");
    }

    @Test
    void tellsOfEachHostileLineWhyItIsNoTask() throws Exception {
        var job = job("import-hostile");
        var file = new ByteArrayOutputStream();
        var nested = "{\"text\":\"a\",\"x\":" + "[".repeat(500_000) + "]".repeat(400_000) + "}";
        for (var line : List.of(
                "{\"text\":\"good\"}",
                nested,
                "{\"text\":\"nan\",\"priority\":NaN}",
                "{\"text\":\"half \\ud800\"}",
                "{\"text\":\"x\"",
                "[1]",
                "{\"text\":\"good\"}",
                "{\"text\":\"p\",\"priority\":101}",
                "{\"text\":\"\"}",
                "{\"text\":\"twice\",\"text\":\"twice\"}",
                "{\"asset\":\"00000000-0000-7000-8000-000000000000\"}",
                "{\"text\":\"" + "g".repeat(1 << 20) + "\"}",
                "{\"text\":\"huge " + "h".repeat(3 << 20) + "\"}",
                "{} {}",
                "{\"text\":\"tail\"} x",
                "{\"text\":\"last good\"}")) {
            file.writeBytes((line + "\n").getBytes(UTF_8));
        }
        file.write(new byte[] {'{', '"', 't', 'e', 'x', 't', '"', ':', '"', (byte) 0xC3, '"', '}', '\n'});
        var ended = imported(job, "hostile.jsonl", file.toByteArray());
        isAccountedFor(ended, 2, 14, 1, 0);
        var notes = notes(job, ended);
        assertThat(notes.keySet()).containsExactly(2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L, 11L, 12L, 13L, 14L, 15L, 17L);
        assertThat(notes).containsEntry(7L, "duplicate: the project has this text already");
        assertThat(notes.get(2L)).contains("64 levels");
        assertThat(notes.get(4L)).contains("surrogate");
        assertThat(notes.get(13L)).contains("longer than");
        assertThat(notes.get(17L)).contains("UTF-8");
    }

    @Test
    void takesAFileTwiceAndMakesNoTaskTwice() throws Exception {
        var job = job("import-twice");
        var file = new StringBuilder();
        for (var i = 0; i < 25_000; i++) {
            file.append("{\"text\":\"text ").append(i % 24_000).append("\"}\n");
        }
        isAccountedFor(imported(job, "a.jsonl", file.toString().getBytes(UTF_8)), 24_000, 0, 1_000, 0);
        file.append("{\"text\":\"one more\"}\n");
        isAccountedFor(imported(job, "b.jsonl", file.toString().getBytes(UTF_8)), 1, 0, 25_000, 0);
        assertThat(job.as("requester")
                        .get(job.path())
                        .json()
                        .at("/progress/tasks")
                        .asInt())
                .isEqualTo(24_001);
    }

    @Test
    void givesUploadedImagesTheirTasks() throws Exception {
        var job = SmallJob.on(SERVER, "import-images").project(1, 0).images(3);
        var ids = new ArrayList<String>();
        job.as("requester")
                .get(job.path() + "/assets")
                .json()
                .get("items")
                .forEach(one -> ids.add(one.get("id").asString()));
        var file = "{\"asset\":\"" + ids.get(1) + "\",\"priority\":5}\n{\"asset\":\"" + ids.get(1)
                + "\"}\n{\"asset\":\"" + ids.get(2) + "\",\"id\":3}\n{\"text\":\"no\"}\n";
        var ended = imported(job, "images.jsonl", file.getBytes(UTF_8));
        isAccountedFor(ended, 1, 2, 1, 0);
    }

    @Test
    void hidesJobsFromOtherProjectsAndRefusesWhatIsNoFile() throws Exception {
        var job = job("import-foreign");
        var ended = imported(job, "x.jsonl", "{\"text\":\"x\"}".getBytes(UTF_8));
        var id = ended.get("id").asString();
        var first = job.path();
        job.project(textProject());
        var requester = job.as("requester");
        for (var path : List.of(
                "/jobs/" + id,
                "/imports/" + id + "/lines",
                "/jobs/no-id",
                "/jobs/" + ended.get("createdBy").asString())) {
            assertThat(requester.get(job.path() + path).status()).as(path).isEqualTo(404);
        }
        for (var act : List.of("cancel", "resume")) {
            assertThat(requester
                            .post(job.path() + "/jobs/" + id + "/" + act, "")
                            .status())
                    .isEqualTo(404);
            assertThat(requester.post(first + "/jobs/" + id + "/" + act, "").status())
                    .isEqualTo(409);
        }
        assertThat(requester
                        .upload(first + "/imports?name=x.jsonl", new byte[0])
                        .status())
                .isEqualTo(415);
        assertThat(requester.upload(first + "/imports?name=x.exe", new byte[1]).status())
                .isEqualTo(400);
        assertThat(imported(job, "x.csv", "a,b\n1,2\n".getBytes(UTF_8))
                        .get("failure")
                        .asString())
                .contains("no column text");
    }

    @Test
    void peopleLeaseSubmitAndListWhileAPieceOfAnImportIsWrittenAndNotCommitted() throws Exception {
        var job = job("import-stuck");
        imported(job, "first.jsonl", "{\"text\":\"one\"}\n{\"text\":\"two\"}".getBytes(UTF_8));
        var client = SERVER.clients().find("import-stuck").orElseThrow().id();
        String id;
        try (var cell = Cells.of(SERVER.data(), client);
                var statement = cell.createStatement()) {
            cell.setAutoCommit(false);
            // What a piece writes last, so that all its rows and locks are there.
            statement.execute("lock table asset_count in share row exclusive mode");
            id = job.as("requester")
                    .upload(job.path() + "/imports?name=second.jsonl", "{\"text\":\"three\"}".getBytes(UTF_8))
                    .json()
                    .get("id")
                    .asString();
            Await.until("the import waits in the middle of a piece", Duration.ofSeconds(60), () -> isWaited(statement));
            var lease = job.lease("ann");
            assertThat(lease.status()).as(lease.body()).isEqualTo(201);
            var answer = Map.of("answers", Map.of("tone", "good"), "shapes", List.of());
            var submitted = job.submit("ann", lease.json(), answer, "while-it-waits");
            assertThat(submitted.status()).as(submitted.body()).isEqualTo(201);
            var requester = job.as("requester");
            assertThat(requester
                            .get(job.path())
                            .json()
                            .at("/progress/submissions")
                            .asInt())
                    .isEqualTo(1);
            assertThat(requester.get(job.path() + "/tasks").json().get("items")).hasSize(2);
            assertThat(requester
                            .get(job.path() + "/jobs/" + id)
                            .json()
                            .get("state")
                            .asString())
                    .isEqualTo("running");
            assertThat(isWaited(statement)).as("it waits still").isTrue();
            cell.rollback();
        }
        isAccountedFor(ended(job, id), 1, 0, 0, 0);
        assertThat(job.as("requester").get(job.path() + "/tasks").json().get("items"))
                .hasSize(3);
    }

    private static boolean isWaited(Statement statement) {
        try (var rows = statement.executeQuery("select exists (select 1 from pg_locks where not granted and"
                + " relation = 'asset_count'::regclass)")) {
            return rows.next() && rows.getBoolean(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
