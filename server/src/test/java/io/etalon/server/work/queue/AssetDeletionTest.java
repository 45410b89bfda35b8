package io.etalon.server.work.queue;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.etalon.server.audit.AuditLog;
import io.etalon.server.testing.Http;
import io.etalon.server.testing.TestServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Assets as a requester deletes them with their tasks and brings them back, and what becomes of their bytes. */
final class AssetDeletionTest {
    private static final Map<String, String> LEFT = Map.of("name", "left-*.txt");
    private static Deleting house;

    @BeforeAll
    static void start() throws Exception {
        house = Deleting.on(TestServer.shared(), "asset-deletions");
    }

    private static String planned() {
        var project = house.project("Notes");
        house.uploads(project, "left-1.txt", "left-2.txt", "right-1.txt", "right-left-1.txt");
        house.plan(project, 4);
        return project;
    }

    static int open(String signed) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(signed)).build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    @Test
    void deletesWhatThePreviewCountedAndBringsItBack() throws Exception {
        var project = planned();
        var ann = house.annotator();
        house.answer(ann, project);
        var lease = house.lease(ann, project);
        var before = house.sight(project);
        var asset = lease.at("/task/asset/id").asString();
        var signed = house.rita()
                .post(project + "/assets/" + asset + "/view", Map.of())
                .json()
                .path("url")
                .asString();
        assertThat(open(signed)).isEqualTo(200);
        var preview = house.previewAssets(project, LEFT);
        assertThat(preview.path("assets").asInt()).isEqualTo(2);
        assertThat(preview.path("tasks").asInt()).isEqualTo(2);
        assertThat(preview.path("answers").asInt()).isEqualTo(1);
        assertThat(preview.path("inWork").asInt()).isEqualTo(1);

        var deleted = house.deleteAssets(project, LEFT);

        assertThat(deleted.status()).as(deleted.body()).isEqualTo(201);
        assertThat(deleted.json().path("scope").asString()).isEqualTo("assets");
        assertThat(deleted.json().path("assets").asInt()).isEqualTo(2);
        assertThat(deleted.json().path("tasks").asInt()).isEqualTo(2);
        assertThat(house.count(project, "assets")).isEqualTo("2");
        assertThat(house.count(project, "tasks")).isEqualTo("2");
        assertThat(house.rita().get(project + "/assets").body())
                .contains("right-1.txt", "right-left-1.txt")
                .doesNotContain("\"left-");
        var address = project + "/assets/" + asset;
        assertThat(house.rita().get(address).status()).isEqualTo(404);
        assertThat(house.rita().get(address + "/content").status()).isEqualTo(404);
        assertThat(house.rita().post(address + "/view", Map.of()).status()).isEqualTo(404);
        assertThat(open(signed)).as("an address that was signed before").isEqualTo(404);
        assertThat(house.submit(ann, project, lease).code()).isEqualTo("lease-stale");
        assertThat(house.rita()
                        .post(project + "/tasks", Map.of("assets", List.of(asset)))
                        .status())
                .isEqualTo(404);
        house.plan(project, 0);
        assertThat(house.deleteAssets(project, LEFT)
                        .json()
                        .at("/faults/0/pointer")
                        .asString())
                .isEqualTo("/assets");

        for (var i = 0; i < 2; i++) {
            var undone = house.undo(project, deleted.json());
            assertThat(undone.status()).as(undone.body()).isEqualTo(200);
        }
        assertThat(house.sight(project)).isEqualTo(before);
        assertThat(house.rita().get(address + "/content").status()).isEqualTo(200);
        house.answer(ann, project);
    }

    @Test
    void refusesWhatIsNotAsThePreviewFoundIt() throws Exception {
        var project = planned();
        var ids = house.rita().get(project + "/assets?sort=name").json().at("/items");
        var two = List.of(ids.at("/0/id").asString(), ids.at("/1/id").asString());
        for (var wrong : List.of(
                List.of(2, 0, 3, "assets-changed"),
                List.of(1, 0, 2, "tasks-changed"),
                List.of(2, 1, 2, "answers-changed"))) {
            var refused = house.keyed(
                    project + "/deletions",
                    Map.of(
                            "assets",
                            Map.of("ids", two),
                            "expected",
                            wrong.get(0),
                            "expectedAnswers",
                            wrong.get(1),
                            "expectedAssets",
                            wrong.get(2)));
            assertThat(refused.code()).as(refused.body()).isEqualTo(wrong.get(3));
        }
        assertThat(house.count(project, "assets")).isEqualTo("4");
        for (var bad : List.of(
                Map.of("assets", Map.of()),
                Map.of("assets", Map.of("name", " ")),
                Map.of("assets", Map.of("name", "a"), "filter", Map.of()),
                Map.of("assets", Map.of("ids", List.of("x"))))) {
            assertThat(house.rita().post(project + "/deletions/preview", bad).status())
                    .as(bad.toString())
                    .isEqualTo(400);
        }
        assertThat(house.annotator()
                        .post(project + "/deletions/preview", Map.of("assets", LEFT))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void aDeletedTaskComesBackOnlyAfterItsAsset() throws Exception {
        var project = planned();
        var tasks = house.keyed(
                project + "/deletions",
                Map.of("filter", Map.of("assetName", "left-"), "expected", 2, "expectedAnswers", 0));
        assertThat(tasks.status()).as(tasks.body()).isEqualTo(201);
        var assets = house.deleteAssets(project, LEFT);
        assertThat(assets.json().path("assets").asInt()).as(assets.body()).isEqualTo(2);
        assertThat(assets.json().path("tasks").asInt()).isZero();

        assertThat(house.undo(project, tasks.json()).code()).isEqualTo("deletion-held");
        assertThat(house.count(project, "tasks")).isEqualTo("2");

        assertThat(house.undo(project, assets.json()).status()).isEqualTo(200);
        assertThat(house.count(project, "tasks")).isEqualTo("2");
        assertThat(house.undo(project, tasks.json()).status()).isEqualTo(200);
        assertThat(house.count(project, "tasks")).isEqualTo("4");
    }

    @Test
    void theSameBytesAreADeletedAssetUntilItIsGone() throws Exception {
        var project = house.project("Notes");
        var text = "the very same";
        var asset = house.upload(project, "a.txt", text);
        var large = house.uploadLarge(project, "b.txt");
        var deleted = house.deleteAssets(project, Map.of("ids", List.of(asset, large)));
        assertThat(deleted.status()).as(deleted.body()).isEqualTo(201);
        for (var bytes : List.of(text, "b.txt".repeat(8_001))) {
            var again = house.rita().upload(project + "/assets?name=c.txt", bytes.getBytes(UTF_8));
            assertThat(again.code()).as(again.body()).isEqualTo("asset-deleted");
            assertThat(again.status()).isEqualTo(409);
        }
        house.age(deleted.json().path("id").asLong(), Duration.ofDays(31));
        assertThat(house.purge().deletions()).isEqualTo(1);
        assertThat(house.upload(project, "c.txt", text)).isNotEqualTo(asset);
    }

    @Test
    void removesTheBytesAfterThirtyDaysAndNoOthers() throws Exception {
        var project = house.project("Notes");
        var gone = house.uploadLarge(project, "gone.txt");
        var kept = house.uploadLarge(project, "kept.txt");
        house.uploads(project, "small-gone.txt", "small-kept.txt");
        house.plan(project, 4);
        house.answer(house.annotator(), project);
        var objects = house.objects();
        var deleted = house.deleteAssets(project, Map.of("name", "*gone*"));
        var number = deleted.json().path("id").asLong();
        house.age(number, Duration.ofDays(30).minusMinutes(1));
        assertThat(house.purge().deletions()).isZero();
        assertThat(house.objects()).isEqualTo(objects);

        house.age(number, Duration.ofDays(30).plusSeconds(1));
        assertThat(house.undo(project, deleted.json()).code()).isEqualTo("deletion-over");
        var purged = house.purge();

        assertThat(purged.deletions()).isEqualTo(1);
        assertThat(purged.tasks()).isEqualTo(2);
        assertThat(purged.objects()).isEqualTo(1);
        assertThat(house.objects()).hasSize(objects.size() - 1);
        assertThat(house.rows("asset", "id = '" + gone + "'")).isZero();
        assertThat(house.rows("deleted_asset", "deletion = " + number)).isZero();
        assertThat(house.rows("asset_pack", "project = '" + Deleting.idOf(project) + "'"))
                .as("the pack of the small text went with it")
                .isEqualTo(1);
        assertThat(house.rita().get(project + "/assets/" + kept + "/content").status())
                .isEqualTo(200);
        assertThat(house.rita()
                        .get(project + "/deletions")
                        .json()
                        .at("/items/0/purgedAt")
                        .asString())
                .isNotEmpty();
        house.server().part(AuditLog.class).flush(house.id());
        var log = house.rita().get(house.path() + "/audit/entries?op=TASK_CHANGE&project=" + Deleting.idOf(project));
        assertThat(log.body()).contains("purge");
        house.answer(house.annotator(), project);
    }

    @Test
    void aPackLosesTheTextThatIsGoneAndKeepsTheOthers() throws Exception {
        var project = house.project("Notes");
        var lines =
                "{\"name\":\"gone.txt\",\"text\":\"to be gone\"}\n{\"name\":\"kept.txt\",\"text\":\"to be kept\"}\n";
        var queued = house.rita().upload(project + "/imports?name=two.jsonl", lines.getBytes(UTF_8));
        assertThat(queued.status()).as(queued.body()).isEqualTo(202);
        var job = project + "/jobs/" + queued.json().path("id").asString();
        var deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (house.rita().get(job).json().path("endedAt").asString("").isEmpty() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(50_000_000);
        }
        var kept = house.rita()
                .get(project + "/assets?name=kept")
                .json()
                .at("/items/0/id")
                .asString();
        var where = "project = '" + Deleting.idOf(project) + "'";
        assertThat(house.rows("asset_pack", where)).as("both texts lie in one").isEqualTo(1);
        var before = sealed(where);
        var deleted = house.deleteAssets(project, Map.of("name", "gone*"));
        assertThat(deleted.json().path("assets").asInt()).as(deleted.body()).isEqualTo(1);
        house.age(deleted.json().path("id").asLong(), Duration.ofDays(31));
        assertThat(house.purge().deletions()).isEqualTo(1);
        assertThat(house.rows("asset_pack", where)).isEqualTo(1);
        assertThat(sealed(where)).isLessThan(before);
        assertThat(house.rita().get(project + "/assets/" + kept + "/content").body())
                .isEqualTo("to be kept");
    }

    private static long sealed(String where) {
        return house.server()
                .scope()
                .client(
                        house.id(),
                        tx -> tx.db()
                                .sql("select sum(length(sealed)) from asset_pack where " + where)
                                .query(Long.class)
                                .single());
    }

    @Test
    void nobodyOfAnotherClientFindsADeletion() throws Exception {
        var project = planned();
        var deleted = house.deleteAssets(project, LEFT).json();
        var other = Deleting.on(house.server(), "asset-deletions-other");
        var mine = other.project("Mine");
        for (var address : List.of(project, mine)) {
            assertThat(other.rita()
                            .post(address + "/deletions/" + deleted.path("id").asLong() + "/undo", Map.of())
                            .status())
                    .isEqualTo(404);
        }
        var ids = Map.of(
                "ids",
                List.of(house.rita()
                        .get(project + "/assets")
                        .json()
                        .at("/items/0/id")
                        .asString()));
        assertThat(other.previewAssets(mine, ids).path("assets").asInt()).isZero();
        Http.Answer refused = other.rita().post(project + "/deletions/preview", Map.of("assets", ids));
        assertThat(refused.status()).isEqualTo(404);
    }
}
