package io.etalon.server.work.queue;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.etalon.server.access.Grants;
import io.etalon.server.access.People;
import io.etalon.server.access.Role;
import io.etalon.server.base.PersonId;
import io.etalon.server.base.ProjectId;
import io.etalon.server.faults.Cells;
import io.etalon.server.tenant.Client;
import io.etalon.server.testing.Http;
import io.etalon.server.testing.TestServer;
import io.etalon.server.work.Tasks;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Deletions as a requester does and undoes them, and what everybody else sees of it. */
final class DeletionHttpTest {
    private static final String CLIENT = "/clients/deletions";
    private static TestServer server;
    private static Client client;
    private static Http rita;
    private static int people;

    @BeforeAll
    static void start() throws Exception {
        server = TestServer.shared();
        client = server.clients().create("deletions", "Deletions");
        rita = Http.as(server, person(Role.REQUESTER, Role.QUALITY_LEAD, Role.AUDITOR));
    }

    private static PersonId person(Role... roles) {
        var id = server.part(People.class)
                .create("deletions-" + ++people + "@work.example", "Somebody")
                .id();
        server.part(Grants.class).grant(Grants.By.SYSTEM, id, client.id(), Set.of(roles), null);
        return id;
    }

    private static String planned(int assets) {
        var made = rita.post(
                CLIENT + "/projects",
                Map.of("name", "Notes", "template", "text-classification", "redundancy", 1, "reviewShare", 0));
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        var path = CLIENT + "/projects/" + made.json().path("id").asString();
        for (var i = 0; i < assets; i++) {
            var name = (i < 2 ? "left-" : "right-") + i + ".txt";
            assertThat(rita.upload(path + "/assets?name=" + name, ("note " + i + path).getBytes(UTF_8))
                            .status())
                    .isEqualTo(201);
        }
        assertThat(rita.post(path + "/tasks", Map.of()).status()).isEqualTo(200);
        return path;
    }

    private static void answer(Http who, String path) {
        var lease = who.post(path + "/leases", Map.of());
        assertThat(lease.status()).as(lease.body()).isEqualTo(201);
        var question = rita.get(path + "/ontology").json().at("/ontology/questions/0");
        var sent = who.with("Idempotency-Key", UUID.randomUUID().toString())
                .post(
                        path + "/leases/" + lease.json().path("id").asLong() + "/submission",
                        Map.of(
                                "token",
                                lease.json().path("token").asString(),
                                "answer",
                                Map.of(
                                        "answers",
                                        Map.of(
                                                question.path("id").asString(),
                                                question.at("/options/0/id").asString()),
                                        "shapes",
                                        List.of())));
        assertThat(sent.status()).as(sent.body()).isEqualTo(201);
    }

    private static Http.Answer delete(String path, Map<String, ?> filter, int tasks, int answers) {
        return rita.with("Idempotency-Key", UUID.randomUUID().toString())
                .post(path + "/deletions", Map.of("filter", filter, "expected", tasks, "expectedAnswers", answers));
    }

    private static List<Long> seen(String path) {
        var seen = new ArrayList<Long>();
        rita.get(path + "/tasks")
                .json()
                .path("items")
                .forEach(task -> seen.add(task.path("id").asLong()));
        return seen;
    }

    private static int answersThatCount(String path) {
        var project = new ProjectId(UUID.fromString(path.substring(path.lastIndexOf('/') + 1)));
        return server.part(Tasks.class).snapshot(client.id(), project, snapshot -> {
            var count = new int[1];
            snapshot.each(answer -> count[0]++);
            return count[0];
        });
    }

    private static String progress(String path) {
        return rita.get(path).json().path("progress").toString();
    }

    @Test
    void deletesWhatThePreviewCountedAndBringsItBack() {
        var path = planned(5);
        var ann = Http.as(server, person(Role.ANNOTATOR));
        answer(ann, path);
        answer(ann, path);
        var before = progress(path);
        var all = seen(path);
        var submission = rita.get(path + "/tasks/" + all.getFirst())
                .json()
                .at("/submissionList/0/id")
                .asLong();
        var left = Map.of("assetName", "left-");
        var preview = rita.post(path + "/deletions/preview", Map.of("filter", left));
        assertThat(preview.status()).as(preview.body()).isEqualTo(200);
        assertThat(preview.json().path("tasks").asInt()).isEqualTo(2);
        assertThat(preview.json().path("answers").asInt()).isEqualTo(2);
        assertThat(delete(path, left, 3, 2).code()).isEqualTo("tasks-changed");
        assertThat(delete(path, left, 2, 1).code()).isEqualTo("answers-changed");
        assertThat(progress(path)).isEqualTo(before);

        var deleted = delete(path, left, 2, 2);
        assertThat(deleted.status()).as(deleted.body()).isEqualTo(201);
        assertThat(deleted.json().path("tasks").asInt()).isEqualTo(2);
        assertThat(seen(path)).isEqualTo(all.subList(2, 5));
        assertThat(answersThatCount(path)).isZero();
        assertThat(rita.get(path + "/tasks/" + all.getFirst()).status()).isEqualTo(404);
        assertThat(rita.get(path + "/tasks/" + all.getFirst() + "/history").status())
                .isEqualTo(404);
        assertThat(rita.get(path + "/submissions/" + submission + "/comments").status())
                .isEqualTo(404);
        assertThat(rita.get(path).json().at("/progress/submissions").asInt()).isZero();
        assertThat(rita.get(path).json().at("/progress/tasks").asInt()).isEqualTo(3);
        assertThat(rita.post(path + "/tasks", Map.of()).json().path("planned").asInt())
                .as("what is deleted is not planned again")
                .isZero();
        var log = rita.get(path + "/deletions").json().at("/items/0");
        assertThat(log.at("/filter/assetName").asString()).isEqualTo("left-");

        var undo = path + "/deletions/" + deleted.json().path("id").asLong() + "/undo";
        for (var i = 0; i < 2; i++) {
            var undone = rita.post(undo, Map.of());
            assertThat(undone.status()).as(undone.body()).isEqualTo(200);
            assertThat(undone.json().path("undoneAt").asString()).isNotEmpty();
        }
        assertThat(progress(path)).isEqualTo(before);
        assertThat(seen(path)).isEqualTo(all);
        assertThat(answersThatCount(path)).isEqualTo(2);
        assertThat(ann.post(path + "/deletions/preview", Map.of("filter", Map.of()))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void removesForGoodWhatWasDeletedThirtyDaysAgoAndNothingBefore() throws Exception {
        var path = planned(3);
        var ann = Http.as(server, person(Role.ANNOTATOR));
        answer(ann, path);
        var all = seen(path);
        var deleted = delete(path, Map.of("tasks", List.of(all.getFirst())), 1, 1);
        var number = deleted.json().path("id").asLong();
        var purge = server.part(Purge.class);
        assertThat(purge.run(client).deletions()).isZero();
        age(number, "29 days 23 hours");
        assertThat(purge.run(client).deletions()).isZero();
        age(number, "30 days 1 second");
        assertThat(rita.post(path + "/deletions/" + number + "/undo", Map.of()).code())
                .isEqualTo("deletion-over");
        assertThat(rows("submission where task = " + all.getFirst())).isEqualTo(1);
        assertThat(purge.run(client).tasks()).isEqualTo(1);
        assertThat(purge.run(client).deletions()).isZero();
        for (var table :
                List.of("task where id", "submission where task", "lease where task", "deleted_task where task")) {
            assertThat(rows(table + " = " + all.getFirst())).as(table).isZero();
        }
        assertThat(rita.get(path + "/deletions").json().at("/items/0/purgedAt").asString())
                .isNotEmpty();
        assertThat(seen(path)).isEqualTo(all.subList(1, 3));
        answer(ann, path);
    }

    /** As if it had been deleted so long ago; only the administrator may say so. */
    private static void age(long deletion, String by) throws Exception {
        try (var connection = Cells.of(server.data(), client.id());
                var statement = connection.createStatement()) {
            statement.execute("update deletion set at = now() - interval '" + by + "' where id = " + deletion);
        }
    }

    private static long rows(String table) {
        return server.scope()
                .client(
                        client.id(),
                        tx -> tx.db()
                                .sql("select count(*) from " + table)
                                .query(Long.class)
                                .single());
    }

    @Test
    void refusesToDeleteGold() {
        var path = planned(2);
        var all = seen(path);
        var question = rita.get(path + "/ontology").json().at("/ontology/questions/0");
        var gold = rita.with("Idempotency-Key", UUID.randomUUID().toString())
                .post(
                        path + "/gold",
                        Map.of(
                                "task",
                                all.getFirst(),
                                "category",
                                "any",
                                "difficulty",
                                1,
                                "answer",
                                Map.of(
                                        "answers",
                                        Map.of(
                                                question.path("id").asString(),
                                                question.at("/options/0/id").asString()),
                                        "shapes",
                                        List.of())));
        assertThat(gold.status()).as(gold.body()).isEqualTo(201);
        var refused = delete(path, Map.of(), 2, 0);
        assertThat(refused.code()).as(refused.body()).isEqualTo("deletion-held");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(seen(path)).isEqualTo(all);
        assertThat(rows("deleted_task where task = " + all.getFirst())).isZero();
    }

    @Test
    void pausesABatchAndTakesItUpAgain() {
        var path = planned(0);
        assertThat(rita.post(path + "/batches", Map.of("name", "March")).status())
                .isEqualTo(201);
        rita.upload(path + "/assets?name=a.txt", path.getBytes(UTF_8));
        assertThat(rita.post(path + "/tasks", Map.of("batch", 1)).status()).isEqualTo(200);
        var ann = Http.as(server, person(Role.ANNOTATOR));
        var paused = rita.patch(path + "/batches/1", Map.of("paused", true));
        assertThat(paused.status()).as(paused.body()).isEqualTo(200);
        assertThat(paused.json().path("paused").asBoolean()).isTrue();
        assertThat(ann.post(path + "/leases", Map.of()).status()).isEqualTo(204);
        assertThat(rita.patch(path + "/batches/1", Map.of("paused", false)).status())
                .isEqualTo(200);
        answer(ann, path);
        assertThat(rita.patch(path + "/batches/9", Map.of("paused", true)).status())
                .isEqualTo(404);
        assertThat(rita.patch(path + "/batches/1", Map.of())
                        .json()
                        .at("/faults/0/pointer")
                        .asString())
                .isEqualTo("/paused");
    }
}
