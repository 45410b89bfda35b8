package io.etalon.server.work.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.etalon.server.base.ProjectId;
import io.etalon.server.testing.Http;
import io.etalon.server.testing.TestServer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Whole projects as a requester deletes them and brings them back, and what is left of them after thirty days. */
final class ProjectDeletionTest {
    /** What tells of a project that is gone: the log, the record of the deletion, money, and news on its way. */
    private static final List<String> LEFT = List.of(
            "audit_event",
            "audit_leaf",
            "deletion",
            "outbox",
            "outbox_parked",
            "pay_entry",
            "pay_rule",
            "webhook_delivery");

    private static Deleting house(String slug) throws Exception {
        return Deleting.on(TestServer.shared(), slug);
    }

    private static Http.Answer delete(Deleting house, String project, String name, Object... releases) {
        var body = new HashMap<String, Object>(Map.of("project", Deleting.idOf(project), "name", name));
        if (releases.length > 0) {
            body.put("releases", List.of(releases));
        }
        return house.keyed(house.path() + "/project-deletions", body);
    }

    private static Http.Answer undo(Deleting house, Http.Answer deleted) {
        return house.rita()
                .post(
                        house.path() + "/project-deletions/"
                                + deleted.json().path("id").asLong() + "/undo",
                        Map.of());
    }

    private static String worked(Deleting house, Http annotator) {
        var project = house.project("Notes");
        house.uploads(project, "1.txt", "2.txt", "3.txt");
        house.plan(project, 3);
        house.answer(annotator, project);
        return project;
    }

    @Test
    void isFoundByNobodyUntilItIsBroughtBackAsItWas() throws Exception {
        var house = house("project-deletions");
        var ann = house.annotator();
        var project = worked(house, ann);
        var beside = house.project("Beside");
        var question = house.rita().get(project + "/ontology").json().at("/ontology/questions/0");
        var asset =
                house.rita().get(project + "/assets").json().at("/items/0/id").asString();
        var before = house.sight(project);
        var lease = house.lease(ann, project);
        var signed = house.rita()
                .post(project + "/assets/" + asset + "/view", Map.of())
                .json()
                .path("url")
                .asString();
        assertThat(AssetDeletionTest.open(signed)).isEqualTo(200);
        var preview = house.rita()
                .post(house.path() + "/project-deletions/preview", Map.of("project", Deleting.idOf(project)))
                .json();

        var deleted = delete(house, project, "Notes");

        assertThat(deleted.status()).as(deleted.body()).isEqualTo(201);
        for (var count : List.of("tasks", "answers", "assets")) {
            assertThat(deleted.json().path(count).asLong())
                    .as(count)
                    .isEqualTo(preview.path(count).asLong());
        }
        assertThat(preview.path("assets").asInt()).isEqualTo(3);
        assertThat(preview.path("answers").asInt()).isEqualTo(1);
        assertThat(preview.path("inWork").asInt()).isEqualTo(1);
        assertGone(house, project, asset);
        assertThat(AssetDeletionTest.open(signed)).isEqualTo(404);
        assertThat(ann.post(project + "/leases", Map.of()).status()).isEqualTo(404);
        assertThat(house.submit(ann, project, lease, question).status()).isEqualTo(404);
        assertThat(ann.get("/work").body()).doesNotContain(Deleting.idOf(project));
        assertThat(ann.get(house.path() + "/project-deletions").status()).isEqualTo(403);
        assertThat(house.rita().get(house.path() + "/projects").body()).contains(Deleting.idOf(beside));

        for (var i = 0; i < 2; i++) {
            var undone = undo(house, deleted);
            assertThat(undone.status()).as(undone.body()).isEqualTo(200);
        }
        assertThat(house.sight(project)).isEqualTo(before);
        assertThat(house.submit(ann, project, lease, question).code())
                .as("leases were fenced")
                .isEqualTo("lease-stale");
        house.answer(ann, project);
        house.answer(ann, project);
    }

    /** Below its address nothing is found, and only one list names it. */
    private static void assertGone(Deleting house, String project, String asset) {
        for (var place : List.of(
                "",
                "/assets",
                "/assets/" + asset,
                "/assets/" + asset + "/content",
                "/tasks",
                "/ontology",
                "/releases",
                "/deletions",
                "/events")) {
            assertThat(house.rita().get(project + place).status()).as(place).isEqualTo(404);
        }
        assertThat(house.rita().get(house.path() + "/projects").body()).doesNotContain(Deleting.idOf(project));
        var listed =
                house.rita().get(house.path() + "/project-deletions").json().at("/items/0");
        assertThat(listed.path("name").asString()).isEqualTo("Notes");
        var taken = Map.of(
                "name",
                "Other",
                "template",
                "text-classification",
                "codeName",
                listed.path("codeName").asString());
        assertThat(house.rita().post(house.path() + "/projects", taken).code()).isEqualTo("code-name-taken");
    }

    @Test
    void isDeletedByItsNameOnceAndByARequesterAlone() throws Exception {
        var house = house("project-deletions-named");
        var project = house.project("Notes");
        assertThat(delete(house, project, "notes")
                        .json()
                        .at("/faults/0/pointer")
                        .asString())
                .isEqualTo("/name");
        var body = Map.of("project", Deleting.idOf(project), "name", "Notes");
        assertThat(house.annotator()
                        .post(house.path() + "/project-deletions", body)
                        .status())
                .isEqualTo(403);
        assertThat(house.rita().post(house.path() + "/project-deletions", body).status())
                .as("without a key")
                .isEqualTo(400);
        var other = Deleting.on(house.server(), "project-deletions-other");
        assertThat(other.keyed(other.path() + "/project-deletions", body).status())
                .isEqualTo(404);
        var keyed = house.rita().with("Idempotency-Key", UUID.randomUUID().toString());
        var first = keyed.post(house.path() + "/project-deletions", body);
        var second = keyed.post(house.path() + "/project-deletions", body);
        assertThat(first.status()).as(first.body()).isEqualTo(201);
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(delete(house, project, "Notes").status()).isEqualTo(404);
        assertThat(undo(other, first).status()).isEqualTo(404);
    }

    @Test
    void keepsAProjectWhoseReleasesAreNotNamed() throws Exception {
        var house = house("project-deletions-released");
        var ann = house.annotator();
        var project = worked(house, ann);
        house.answer(ann, project);
        house.answer(ann, project);
        var cut = house.keyed(project + "/releases", Map.of("method", "majority", "notes", ""));
        assertThat(cut.status()).as(cut.body()).isEqualTo(202);
        var deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!house.rita().get(project + "/releases/1").body().contains("\"ready\"")
                && System.nanoTime() < deadline) {
            java.util.concurrent.locks.LockSupport.parkNanos(50_000_000);
        }
        var archive = house.rita().get(project + "/releases/1/archive").body();
        assertThat(delete(house, project, "Notes").code()).isEqualTo("project-released");
        assertThat(delete(house, project, "Notes", 1, 2).code()).isEqualTo("project-released");
        assertThat(house.rita().get(project).status()).isEqualTo(200);

        var deleted = delete(house, project, "Notes", 1);

        assertThat(deleted.status()).as(deleted.body()).isEqualTo(201);
        assertThat(house.rita().get(project + "/releases/1/archive").status()).isEqualTo(404);
        assertThat(undo(house, deleted).status()).isEqualTo(200);
        assertThat(house.rita().get(project + "/releases/1/archive").body()).isEqualTo(archive);
    }

    @Test
    void leavesNothingButTheLogAndTheMoneyAfterThirtyDays() throws Exception {
        var house = house("project-deletions-purged");
        var ann = house.annotator();
        var kept = worked(house, ann);
        var objects = house.objects();
        var project = worked(house, ann);
        house.uploadLarge(project, "large.txt");
        house.deleteAssets(project, Map.of("name", "3.txt"));
        var id = "project = '" + Deleting.idOf(project) + "'";
        assertThat(house.rows("data_key", id)).isEqualTo(1);
        var engine = house.server().part(Engines.class).of(house.id());
        var identity = new ProjectId(UUID.fromString(Deleting.idOf(project)));
        assertThat(engine.holds(identity)).isTrue();
        var deleted = delete(house, project, "Notes");
        assertThat(deleted.status()).as(deleted.body()).isEqualTo(201);
        var number = deleted.json().path("id").asLong();
        assertThat(engine.holds(identity)).as("its queue in memory").isFalse();
        house.age(number, Duration.ofDays(30).minusMinutes(1));
        assertThat(house.purge().deletions()).isZero();

        house.age(number, Duration.ofDays(30).plusSeconds(1));
        assertThat(undo(house, deleted).code()).isEqualTo("deletion-over");
        assertThat(house.purge().deletions()).isEqualTo(1);

        assertThat(house.objects()).isEqualTo(objects);
        for (var table : tables(house)) {
            if (!LEFT.contains(table)) {
                assertThat(house.rows(table, id)).as(table).isZero();
            }
        }
        assertThat(house.rows("project", "id = '" + Deleting.idOf(project) + "'"))
                .isZero();
        var listed =
                house.rita().get(house.path() + "/project-deletions").json().at("/items/0");
        assertThat(listed.path("purgedAt").asString()).isNotEmpty();
        assertThat(listed.has("name")).isFalse();
        assertThat(undo(house, deleted).code()).isEqualTo("deletion-over");
        assertThat(engine.holds(identity)).isFalse();
        house.answer(ann, kept);
    }

    private static List<String> tables(Deleting house) {
        return house.server()
                .scope()
                .client(house.id(), tx -> tx.db().sql("""
                                        select table_name from information_schema.columns
                                        where table_schema = 'public' and column_name = 'project' and table_name in (
                                          select relname from pg_class where relkind = 'r')""").query(String.class).list());
    }

    @Test
    void aRestartChangesNothingOfWhatIsDeleted() throws Exception {
        try (var server = TestServer.start()) {
            var house = Deleting.on(server, "deletions-restarted");
            var ann = house.annotator();
            var project = worked(house, ann);
            var whole = house.sight(project);
            var asset = house.deleteAssets(project, Map.of("name", "1.txt"));
            assertThat(asset.status()).as(asset.body()).isEqualTo(201);
            var before = house.sight(project);
            var deleted = delete(house, project, "Notes");

            server.restart();

            assertThat(house.rita().get(project).status()).isEqualTo(404);
            assertThat(undo(house, deleted).status()).isEqualTo(200);
            assertThat(house.sight(project)).isEqualTo(before);
            assertThat(house.undo(project, asset.json()).status()).isEqualTo(200);
            assertThat(house.sight(project)).isEqualTo(whole);
        }
    }
}
