package io.etalon.server.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.etalon.server.access.Grants;
import io.etalon.server.access.People;
import io.etalon.server.access.Role;
import io.etalon.server.access.Sessions;
import io.etalon.server.audit.AuditLog;
import io.etalon.server.audit.AuditOp;
import io.etalon.server.audit.EntryFilter;
import io.etalon.server.base.PersonId;
import io.etalon.server.tenant.Client;
import io.etalon.server.testing.TestServer;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A small project through the API, as its people see it. */
final class WorkHttpTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Map<String, String> TOKENS = new ConcurrentHashMap<>();
    private static TestServer server;
    private static Client client;

    private record Reply(int status, JsonNode body, HttpResponse<String> raw) {}

    @BeforeAll
    static void start() throws Exception {
        server = TestServer.shared();
        client = server.clients().create("work-http", "Work");
        person("rita", Role.REQUESTER);
        person("anna", Role.ANNOTATOR);
        person("ben", Role.ANNOTATOR);
        person("rosa", Role.REVIEWER, Role.ANNOTATOR);
    }

    private static void person(String name, Role... roles) {
        PersonId id =
                server.part(People.class).create(name + "@work.example", name).id();
        server.part(Grants.class).grant(Grants.By.SYSTEM, id, client.id(), Set.of(roles), null);
        TOKENS.put(name, server.part(Sessions.class).open(id).token());
    }

    private static Reply send(String who, String method, String path, BodyPublisher body, String... headers)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(server.url() + "/api/v1" + path))
                .header("Cookie", "etalon_session=" + TOKENS.get(who))
                .header("X-Etalon-Csrf", "1")
                .header("Content-Type", "application/json")
                .method(method, body);
        if (headers.length > 0) {
            request.headers(headers);
        }
        var raw = HTTP.send(request.build(), BodyHandlers.ofString());
        return new Reply(raw.statusCode(), raw.body().isEmpty() ? null : JSON.readTree(raw.body()), raw);
    }

    private static Reply post(String who, String path, Object body, String... headers) throws Exception {
        return send(who, "POST", path, BodyPublishers.ofString(JSON.writeValueAsString(body)), headers);
    }

    private static Reply get(String who, String path) throws Exception {
        return send(who, "GET", path, BodyPublishers.noBody());
    }

    private static String project(int assets, double reviewShare) throws Exception {
        var made = post(
                "rita",
                "/clients/work-http/projects",
                Map.of(
                        "name",
                        "Coins",
                        "template",
                        "image-boxes",
                        "redundancy",
                        1,
                        "reviewShare",
                        reviewShare,
                        "ontology",
                        Map.of(
                                "labels",
                                        List.of(Map.of(
                                                "id", "coin",
                                                "name", "Coin",
                                                "color", "#c08a2b",
                                                "tool", "box",
                                                "attributes", List.of())),
                                "questions",
                                        List.of(Map.of(
                                                "id", "note", "name", "Note", "type", "text", "required", true)))));
        assertThat(made.status()).as(made.raw().body()).isEqualTo(201);
        var path = "/clients/work-http/projects/" + made.body().get("id").asString();
        for (var i = 0; i < assets; i++) {
            var added =
                    send("rita", "POST", path + "/assets?name=coin-" + i + ".png", BodyPublishers.ofByteArray(png(i)));
            assertThat(added.status()).as(added.raw().body()).isEqualTo(201);
        }
        var planned = post("rita", path + "/tasks", Map.of());
        assertThat(planned.body().get("planned").asInt()).isEqualTo(assets);
        return path;
    }

    private static byte[] png(int shade) throws IOException {
        var image = new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB);
        image.setRGB(0, 0, shade + 1);
        var bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "png", bytes);
        return bytes.toByteArray();
    }

    private static Map<String, Object> answer(String note, double width) {
        return Map.of(
                "answers",
                Map.of("note", note),
                "shapes",
                List.of(Map.of(
                        "id",
                        "s1",
                        "label",
                        "coin",
                        "type",
                        "box",
                        "x",
                        1,
                        "y",
                        2,
                        "width",
                        width,
                        "height",
                        5,
                        "attributes",
                        Map.of())));
    }

    private static Reply submit(String who, String path, JsonNode lease, Object answer, String key, boolean next)
            throws Exception {
        return post(
                who,
                path + "/leases/" + lease.get("id").asLong() + "/submission",
                Map.of("token", lease.get("token").asString(), "answer", answer, "activeSeconds", 7, "next", next),
                "Idempotency-Key",
                key);
    }

    @Test
    void aKeyGetsOneLeaseHoweverOftenItIsSentAlsoWhenNothingIsLeft() throws Exception {
        var path = project(1, 0);
        var first = post("anna", path + "/leases", Map.of(), "Idempotency-Key", "lease-once");
        assertThat(first.status()).as(first.raw().body()).isEqualTo(201);
        var again = post("anna", path + "/leases", Map.of(), "Idempotency-Key", "lease-once");
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.raw().headers().firstValue("Idempotent-Replay")).contains("true");
        assertThat(again.body().get("id")).isEqualTo(first.body().get("id"));
        assertThat(again.body().get("token")).isEqualTo(first.body().get("token"));
        assertThat(get("anna", path + "/leases").body().get("items")).hasSize(1);
        assertThat(post("anna", path + "/leases", Map.of("more", 1), "Idempotency-Key", "lease-once")
                        .status())
                .as("asking for work has no members")
                .isEqualTo(400);
        assertThat(post("anna", project(1, 0) + "/leases", Map.of(), "Idempotency-Key", "lease-once")
                        .status())
                .as("the key asked for something else before")
                .isEqualTo(422);
        assertThat(post("ben", path + "/leases", Map.of(), "Idempotency-Key", "lease-once")
                        .status())
                .as("keys are each person's own")
                .isEqualTo(204);

        var release = path + "/leases/" + first.body().get("id").asLong() + "/release";
        var token = Map.of("token", first.body().get("token").asString());
        assertThat(post("anna", release, token, "Idempotency-Key", "back").status())
                .isEqualTo(204);
        var twice = post("anna", release, token, "Idempotency-Key", "back");
        assertThat(twice.status()).isEqualTo(204);
        assertThat(twice.raw().headers().firstValue("Idempotent-Replay")).contains("true");
        assertThat(post("anna", release, Map.of("token", "0"), "Idempotency-Key", "back")
                        .status())
                .isEqualTo(422);
        var ended = post("anna", path + "/leases", Map.of(), "Idempotency-Key", "lease-once");
        assertThat(ended.status()).isEqualTo(409);
        assertThat(ended.body().get("code").asString()).isEqualTo("lease-lost");
    }

    @Test
    void aReviewerSeesAgainWhatHeHoldsAndAKeyGetsHimOneReview() throws Exception {
        var path = project(2, 1);
        for (var i = 0; i < 2; i++) {
            var lease = post("anna", path + "/leases", Map.of()).body();
            assertThat(submit("anna", path, lease, answer("seen", 4), "held-" + i, false)
                            .status())
                    .isEqualTo(201);
        }
        var review = post("rosa", path + "/reviews", Map.of(), "Idempotency-Key", "review-once");
        assertThat(review.status()).as(review.raw().body()).isEqualTo(201);
        var again = post("rosa", path + "/reviews", Map.of(), "Idempotency-Key", "review-once");
        assertThat(again.raw().headers().firstValue("Idempotent-Replay")).contains("true");
        assertThat(again.body().get("id")).isEqualTo(review.body().get("id"));

        var open = get("rosa", path + "/reviews").body().get("items");
        assertThat(open).hasSize(1);
        assertThat(open.get(0).get("id")).isEqualTo(review.body().get("id"));
        assertThat(open.get(0).get("token")).isEqualTo(review.body().get("token"));
        assertThat(open.get(0).get("submission")).isEqualTo(review.body().get("submission"));
        assertThat(get("anna", path + "/reviews").status()).isEqualTo(403);
        var release = path + "/reviews/" + review.body().get("id").asLong() + "/release";
        post("rosa", release, Map.of("token", review.body().get("token").asString()));
        assertThat(get("rosa", path + "/reviews").body().get("items")).isEmpty();
    }

    @Test
    void planningSkippingAndWithdrawingUnderOneKeyAreDoneOnce() throws Exception {
        var path = project(2, 0);
        send("rita", "POST", path + "/assets?name=more.png", BodyPublishers.ofByteArray(png(77)));
        var planned = post("rita", path + "/tasks", Map.of(), "Idempotency-Key", "plan");
        assertThat(planned.body().get("planned").asInt()).isEqualTo(1);
        assertThat(planned.body().get("tasks").asInt()).isEqualTo(3);
        var again = post("rita", path + "/tasks", Map.of(), "Idempotency-Key", "plan");
        assertThat(again.body()).isEqualTo(planned.body());
        assertThat(post("rita", path + "/tasks", Map.of("assets", List.of()), "Idempotency-Key", "plan")
                        .status())
                .isEqualTo(422);

        var lease = post("anna", path + "/leases", Map.of()).body();
        var skip = path + "/leases/" + lease.get("id").asLong() + "/skip";
        var skipped = Map.of("token", lease.get("token").asString(), "reason", "unclear");
        for (var replayed : List.of(false, true)) {
            var reply = post("anna", skip, skipped, "Idempotency-Key", "skip");
            assertThat(reply.status()).isEqualTo(204);
            assertThat(reply.raw().headers().firstValue("Idempotent-Replay").isPresent())
                    .isEqualTo(replayed);
        }
        var task = get("rita", path + "/tasks").body().at("/items/2/id").asLong();
        for (var replayed : List.of(false, true)) {
            var reply = post("rita", path + "/tasks/" + task + "/cancellation", Map.of(), "Idempotency-Key", "cancel");
            assertThat(reply.status()).as(String.valueOf(reply.body())).isEqualTo(204);
            assertThat(reply.raw().headers().firstValue("Idempotent-Replay").isPresent())
                    .isEqualTo(replayed);
        }
    }

    @Test
    void anAnnotatorLooksAtAnAssetAgainWhileHeHoldsItAndNoLonger() throws Exception {
        var path = project(1, 0);
        var lease = post("anna", path + "/leases", Map.of()).body();
        var view = path + "/assets/" + lease.at("/task/asset/id").asString() + "/view";

        assertThat(post("anna", view, Map.of()).status()).isEqualTo(200);
        var release = path + "/leases/" + lease.get("id").asLong() + "/release";
        assertThat(post("anna", release, Map.of("token", lease.get("token").asString()))
                        .status())
                .isEqualTo(204);
        assertThat(post("anna", view, Map.of()).status()).isEqualTo(404);
    }

    @Test
    void aTaskGoesFromItsPlanThroughReviewAndReturnToItsEnd() throws Exception {
        var path = project(2, 1);
        submitsOnceAndOnlyWhatFits(path);
        returnsWithACommentToItsAuthor(path);
        fixesWhatCameAgain(path);
        showsTheEnd(path);
        textsAreSealed();
    }

    private void submitsOnceAndOnlyWhatFits(String path) throws Exception {
        var lease = post("anna", path + "/leases", Map.of());
        assertThat(lease.status()).as(lease.raw().body()).isEqualTo(201);
        assertThat(lease.body().at("/task/content/url").asString()).startsWith("http");
        assertThat(lease.body().at("/task/asset/width").asInt()).isEqualTo(40);

        var faulty = submit(
                "anna",
                path,
                lease.body(),
                answer("far too wide", 500),
                UUID.randomUUID().toString(),
                false);
        assertThat(faulty.status()).isEqualTo(400);
        assertThat(faulty.body().at("/faults/0/pointer").asString()).startsWith("/answer/shapes/0");

        var key = UUID.randomUUID().toString();
        var done = submit("anna", path, lease.body(), answer("secret words", 4), key, true);
        assertThat(done.status()).as(done.raw().body()).isEqualTo(201);
        assertThat(done.body().at("/submission/state").asString()).isEqualTo("in_review");
        assertThat(done.body().at("/next/task/id").asLong())
                .isNotEqualTo(lease.body().at("/task/id").asLong());
        var again = submit("anna", path, lease.body(), answer("secret words", 4), key, true);
        assertThat(again.raw().headers().firstValue("Idempotent-Replay")).contains("true");
        assertThat(again.body().at("/submission")).isEqualTo(done.body().at("/submission"));
        assertThat(submit("anna", path, lease.body(), answer("other", 4), key, true)
                        .status())
                .isEqualTo(422);
    }

    private void returnsWithACommentToItsAuthor(String path) throws Exception {
        var review = post("rosa", path + "/reviews", Map.of());
        assertThat(review.status()).as(review.raw().body()).isEqualTo(201);
        assertThat(review.body().at("/submission/answer/answers/note").asString())
                .isEqualTo("secret words");
        var decision = path + "/reviews/" + review.body().get("id").asLong() + "/decision";
        var token = review.body().get("token").asString();
        assertThat(post("rosa", decision, Map.of("token", token, "decision", "return"), "Idempotency-Key", "r0")
                        .status())
                .as("a return needs a comment")
                .isEqualTo(400);
        var returned = post(
                "rosa",
                decision,
                Map.of(
                        "token",
                        token,
                        "decision",
                        "return",
                        "comments",
                        List.of(Map.of("text", "Look at the rim.")),
                        "next",
                        true),
                "Idempotency-Key",
                "r1");
        assertThat(returned.status()).as(returned.raw().body()).isEqualTo(201);
        assertThat(returned.body().at("/submission/state").asString()).isEqualTo("returned");

        var back = post("anna", path + "/leases", Map.of());
        assertThat(back.body().at("/returned/comments/0/text").asString()).isEqualTo("Look at the rim.");
        assertThat(back.body().at("/returned/answer/answers/note").asString()).isEqualTo("secret words");
        assertThat(submit("anna", path, back.body(), answer("the rim too", 6), "again-1", false)
                        .status())
                .isEqualTo(201);
    }

    private void fixesWhatCameAgain(String path) throws Exception {
        var second = post("rosa", path + "/reviews", Map.of());
        var fixed = post(
                "rosa",
                path + "/reviews/" + second.body().get("id").asLong() + "/decision",
                Map.of(
                        "token",
                        second.body().get("token").asString(),
                        "decision",
                        "fix",
                        "answer",
                        answer("mended", 8)),
                "Idempotency-Key",
                "r2");
        assertThat(fixed.status()).as(fixed.raw().body()).isEqualTo(201);
        assertThat(fixed.body().at("/diff/shapes/0/change").asString()).isEqualTo("moved");
        assertThat(fixed.body().at("/diff/answers/0/to").asString()).isEqualTo("mended");
    }

    private void showsTheEnd(String path) throws Exception {
        var tasks = get("rita", path + "/tasks?state=done");
        assertThat(tasks.body().at("/items/0/asset/name").asString()).isEqualTo("coin-0.png");
        var detail =
                get("rita", path + "/tasks/" + tasks.body().at("/items/0/id").asLong());
        assertThat(detail.body().get("submissionList")).hasSize(2);
        assertThat(detail.body()
                        .at("/submissionList/1/review/diff/answers/0/from")
                        .asString())
                .isEqualTo("the rim too");
        assertThat(detail.raw().body()).doesNotContain("anna");
        var progress = get("rita", path).body().get("progress");
        assertThat(progress.get("done").asInt()).isEqualTo(1);
        assertThat(progress.get("reviewed").asInt()).isEqualTo(2);
    }

    private static void textsAreSealed() {
        var rows = server.scope()
                .client(client.id(), tx -> tx.db().sql("""
                        select answer::text || coalesce(encode(texts, 'escape'), '') from submission
                        union all select coalesce(answer::text, '') || coalesce(encode(comments, 'escape'), '')
                        from review_decision""").query(String.class).list());
        assertThat(rows)
                .isNotEmpty()
                .noneMatch(row -> row.contains("secret") || row.contains("rim") || row.contains("mended"));
        assertThat(rows).anyMatch(row -> row.contains("\"label\": \"coin\""));
    }

    @Test
    void everyAddressOfATaskHasAViewEntryOfItsOwnThatWasCommittedBeforeItLeft() throws Exception {
        var path = project(2, 0);
        var lease = post("anna", path + "/leases", Map.of()).body();
        assertThat(views(lease)).isOne();
        var again = get("anna", path + "/leases").body().get("items").get(0);
        assertThat(again.at("/task/content/url")).isNotEqualTo(lease.at("/task/content/url"));
        assertThat(views(again)).isOne();
        var next = submit("anna", path, lease, answer("one", 4), "viewed-1", true);
        assertThat(views(next.body().get("next"))).isOne();
        var replay = submit("anna", path, lease, answer("one", 4), "viewed-1", true);
        assertThat(replay.raw().headers().firstValue("Idempotent-Replay")).contains("true");
        assertThat(replay.body().at("/next/id")).isEqualTo(next.body().at("/next/id"));
        assertThat(views(replay.body().get("next"))).isOne();
        var content = HTTP.send(
                HttpRequest.newBuilder(URI.create(
                                next.body().at("/next/task/content/url").asString()))
                        .build(),
                BodyHandlers.ofByteArray());
        assertThat(content.statusCode()).isEqualTo(200);
    }

    /** VIEW entries that tell of the address under which a lease's asset is shown. */
    private static long views(JsonNode lease) {
        var url = lease.at("/task/content/url").asString();
        var name = url.substring(url.lastIndexOf('/') + 1).substring(0, 16);
        var log = server.part(AuditLog.class);
        log.flush(client.id());
        var asset = lease.at("/task/asset/id").asString();
        return log.entries(client.id(), new EntryFilter(null, asset, null, AuditOp.VIEW), 0, 100).stream()
                .filter(entry -> entry.entry().contains("\"address\":\"" + name + "\""))
                .count();
    }

    @Test
    void keepsWorkThatComesTooLateAsADraftForItsAuthor() throws Exception {
        var path = project(1, 0);
        var lease = post("anna", path + "/leases", Map.of()).body();
        var release = path + "/leases/" + lease.get("id").asLong() + "/release";
        assertThat(post("anna", release, Map.of("token", lease.get("token").asString()))
                        .status())
                .isEqualTo(204);
        var late = submit("anna", path, lease, answer("late", 4), "late-1", false);
        assertThat(late.status()).isEqualTo(409);
        assertThat(late.body().get("code").asString()).isEqualTo("lease-stale");
        assertThat(submit("ben", path, lease, answer("not mine", 4), "late-2", false)
                        .status())
                .as("nobody else learns that the lease existed")
                .isEqualTo(404);
        var again = post("anna", path + "/leases", Map.of()).body();
        assertThat(again.at("/draft/answer/answers/note").asString()).isEqualTo("late");
        assertThat(get("anna", path + "/leases").body().get("items")).hasSize(1);
        assertThat(submit("anna", path, again, answer("now", 4), "late-3", false)
                        .status())
                .isEqualTo(201);
        assertThat(post("ben", path + "/leases", Map.of()).status()).isEqualTo(204);
    }

    @Test
    void refusesWorkOfAPausedProjectAndTellsEverybodyWhatWaits() throws Exception {
        var path = project(3, 1);
        var mine = get("anna", "/work").body().get("items");
        var line = mine.valueStream()
                .filter(item -> path.endsWith(item.get("project").asString()))
                .findFirst()
                .orElseThrow();
        assertThat(line.get("waiting").asInt()).isEqualTo(3);
        assertThat(line.get("role").asString()).isEqualTo("annotate");
        assertThat(line.has("name")).as("people see the code name only").isFalse();
        send("rita", "PATCH", path, BodyPublishers.ofString("{\"state\":\"paused\"}"));
        var refused = post("anna", path + "/leases", Map.of());
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.body().get("code").asString()).isEqualTo("queue-closed");
        assertThat(post("rita", path + "/leases", Map.of()).status()).isEqualTo(403);
    }
}
