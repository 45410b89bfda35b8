package io.etalon.server.work.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.etalon.server.access.Grants;
import io.etalon.server.access.People;
import io.etalon.server.access.Role;
import io.etalon.server.base.PersonId;
import io.etalon.server.tenant.Client;
import io.etalon.server.testing.Http;
import io.etalon.server.testing.TestServer;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.StreamSupport;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A queue's rules through the API, as a requester sets them and an annotator meets them. */
final class QueueHttpTest {
    private static final String CLIENT = "/clients/queue-http";
    private static TestServer server;
    private static Client client;
    private static Http rita;
    private static Http mark;
    private static int people;

    @BeforeAll
    static void start() throws Exception {
        server = TestServer.shared();
        client = server.clients().create("queue-http", "Queues");
        rita = Http.as(server, person(Role.REQUESTER));
        mark = Http.as(server, person(Role.WORKFORCE_MANAGER));
    }

    private static PersonId person(Role... roles) {
        var id = server.part(People.class)
                .create("queue-" + ++people + "@work.example", "Somebody")
                .id();
        server.part(Grants.class).grant(Grants.By.SYSTEM, id, client.id(), Set.of(roles), null);
        return id;
    }

    private static Http annotator() {
        return Http.as(server, person(Role.ANNOTATOR));
    }

    private static String project(int redundancy, int assets) throws IOException {
        var options =
                List.of(Map.of("id", "a", "name", "A"), Map.of("id", "b", "name", "B"), Map.of("id", "c", "name", "C"));
        var made = rita.post(
                CLIENT + "/projects",
                Map.of(
                        "name",
                        "Coins",
                        "template",
                        "image-boxes",
                        "redundancy",
                        redundancy,
                        "reviewShare",
                        0,
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
                                        "id", "kind",
                                        "name", "Kind",
                                        "type", "choice",
                                        "required", true,
                                        "options", options)))));
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        var path = CLIENT + "/projects/" + made.json().path("id").asString();
        for (var i = 0; i < assets; i++) {
            var image = new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB);
            image.setRGB(0, 0, i + 1);
            var bytes = new ByteArrayOutputStream();
            ImageIO.write(image, "png", bytes);
            var name = (i < 2 ? "left-" : "right-") + i + ".png";
            assertThat(rita.upload(path + "/assets?name=" + name, bytes.toByteArray())
                            .status())
                    .isEqualTo(201);
        }
        return path;
    }

    private static String planned(int redundancy, int assets) throws IOException {
        var path = project(redundancy, assets);
        assertThat(rita.post(path + "/tasks", Map.of()).status()).isEqualTo(200);
        return path;
    }

    private static void rules(String path, Object policy) {
        var set = rita.with("If-Match", "*").put(path + "/queue", policy);
        assertThat(set.status()).as(set.body()).isEqualTo(200);
    }

    private static Http.Answer lease(Http who, String path) {
        return who.post(path + "/leases", Map.of());
    }

    private static void answer(Http who, String path, String kind) {
        var lease = lease(who, path);
        assertThat(lease.status())
                .as(lease.body() + lease.header("Etalon-Refusal"))
                .isEqualTo(201);
        var sent = who.with("Idempotency-Key", UUID.randomUUID().toString())
                .post(
                        path + "/leases/" + lease.json().path("id").asLong() + "/submission",
                        Map.of(
                                "token",
                                lease.json().path("token").asString(),
                                "answer",
                                Map.of("answers", Map.of("kind", kind), "shapes", List.of())));
        assertThat(sent.status()).as(sent.body()).isEqualTo(201);
    }

    private static void refused(Http who, String path, String reason) {
        var lease = lease(who, path);
        assertThat(lease.status()).as(lease.body()).isEqualTo(204);
        assertThat(lease.header("Etalon-Refusal")).isEqualTo(reason);
        var mine = who.get(path + "/queue/mine");
        assertThat(mine.json().at("/why/code").asString()).isEqualTo(reason);
        assertThat(mine.json().at("/why/message").asString()).isNotBlank();
    }

    private static JsonNode task(String path, int index) {
        return rita.get(path + "/tasks").json().at("/items/" + index);
    }

    @Test
    void keepsVersionsOfTheRulesAndRefusesAChangeOfAnotherThanTheNewest() throws IOException {
        var path = planned(1, 1);
        var none = rita.get(path + "/queue");
        assertThat(none.header("ETag")).isEqualTo("\"0\"");
        assertThat(none.json().path("policy").isEmpty()).isTrue();
        var caps = Map.of("caps", Map.of("tasks", 3));
        var first = rita.with("If-Match", "\"0\"").put(path + "/queue", caps);
        assertThat(first.status()).as(first.body()).isEqualTo(200);
        assertThat(first.json().path("version").asInt()).isEqualTo(1);
        var late = rita.with("If-Match", "\"0\"").put(path + "/queue", Map.of());
        assertThat(late.status()).isEqualTo(412);
        assertThat(late.code()).isEqualTo("queue-changed");
        assertThat(late.body()).contains("Version 1 of the rules is in force, not 0", "set it at");
        assertThat(rita.put(path + "/queue", Map.of()).status())
                .as("of no version")
                .isEqualTo(400);
        assertThat(rita.get(path + "/queue").json().at("/policy/caps/tasks").asInt())
                .isEqualTo(3);
        assertThat(rita.with("If-Match", "three").put(path + "/queue", Map.of()).status())
                .isEqualTo(400);
        assertThat(annotator().get(path + "/queue").status()).isEqualTo(403);
    }

    @Test
    void namesEachFaultOfTheRulesAndChangesNothing() throws IOException {
        var path = planned(1, 1);
        var faulty = rita.with("If-Match", "*")
                .put(
                        path + "/queue",
                        Map.of(
                                "overlap", Map.of("share", 1.5, "answers", 0),
                                "adaptive", Map.of("minimum", 3, "maximum", 2, "confidence", 0.9),
                                "audience", Map.of("languages", List.of("french"), "countries", List.of("FR", "XX")),
                                "budget", Map.of("cost", "10")));
        assertThat(faulty.status()).isEqualTo(400);
        assertThat(StreamSupport.stream(faulty.json().path("faults").spliterator(), false)
                        .map(fault -> fault.path("pointer").asString()))
                .as(faulty.body())
                .containsExactlyInAnyOrder(
                        "/overlap/share",
                        "/overlap/answers",
                        "/adaptive/maximum",
                        "/adaptive/accuracy",
                        "/audience/languages/0",
                        "/audience/countries/1",
                        "/budget/price");
        assertThat(rita.with("If-Match", "*")
                        .put(path + "/queue", Map.of("nonsense", 1))
                        .status())
                .isEqualTo(400);
        assertThat(rita.get(path + "/queue").json().path("version").asInt()).isZero();
    }

    @Test
    void givesWorkToThoseWhoSpeakTheLanguageAndAreInTheCountryAndTellsTheOthersWhy() throws IOException {
        var path = planned(5, 2);
        rules(path, Map.of("audience", Map.of("languages", List.of("fr"), "countries", List.of("CA"))));
        var id = person(Role.ANNOTATOR);
        var ann = Http.as(server, id);
        refused(ann, path, "language");
        assertThat(ann.put("/me/profile", Map.of("languages", List.of("french")))
                        .status())
                .isEqualTo(400);
        var languages = ann.put("/me/profile", Map.of("languages", List.of("fr-CA", "en")));
        assertThat(languages.status()).as(languages.body()).isEqualTo(200);
        assertThat(ann.get("/me/profile").json().path("languages").size()).isEqualTo(2);
        refused(ann, path, "country");
        var country = CLIENT + "/people/" + id + "/country";
        assertThat(ann.put(country, Map.of("country", "CA")).status())
                .as("nobody says for himself where he works")
                .isEqualTo(403);
        assertThat(mark.put(country, Map.of("country", "Canada")).status()).isEqualTo(400);
        assertThat(mark.put(country, Map.of("country", "CA")).status()).isEqualTo(200);
        assertThat(mark.get(CLIENT + "/people/" + id + "/profile")
                        .json()
                        .path("country")
                        .asString())
                .isEqualTo("CA");
        assertThat(mark.put(CLIENT + "/people/" + UUID.randomUUID() + "/country", Map.of("country", "CA"))
                        .status())
                .isEqualTo(404);
        answer(ann, path, "a");
        assertThat(ann.get(path + "/queue/mine").json().path("why").isMissingNode())
                .isTrue();
        rules(path, Map.of("audience", Map.of("qualifications", List.of("coins"), "languages", List.of("de"))));
        refused(ann, path, "qualification");
    }

    @Test
    void tellsOfTheCapTheBudgetThePauseAndTheEnd() throws IOException {
        var path = planned(2, 3);
        var ann = annotator();
        rules(path, Map.of("caps", Map.of("tasks", 1)));
        answer(ann, path, "a");
        refused(ann, path, "person-cap");
        rules(path, Map.of("budget", Map.of("cost", "0.60", "price", "0.30")));
        answer(ann, path, "a");
        refused(ann, path, "budget");
        rules(path, Map.of());
        answer(ann, path, "a");
        refused(ann, path, "nothing-left");
        var held = lease(annotator(), path);
        rita.patch(path, Map.of("state", "paused"));
        assertThat(lease(ann, path).code()).isEqualTo("queue-closed");
        assertThat(ann.get(path + "/queue/mine").json().at("/why/code").asString())
                .isEqualTo("queue-closed");
        assertThat(held.status()).isEqualTo(201);
    }

    @Test
    void asksOneMoreWhereAnswersDisagreeAndStopsEarlyWhereTheyAreCertain() throws IOException {
        var path = planned(2, 2);
        // One answer of 0.9 accuracy among three options is 0.9 certain, two alike are 0.994, two unlike 0.474.
        rules(
                path,
                Map.of(
                        "adaptive",
                        Map.of("minimum", 2, "maximum", 4, "agreement", 0.6, "confidence", 0.99, "accuracy", 0.9)));
        var anna = annotator();
        var ben = annotator();
        answer(anna, path, "a");
        answer(anna, path, "b");
        answer(ben, path, "a");
        assertThat(task(path, 0).path("state").asString()).isEqualTo("done");
        answer(ben, path, "c");
        assertThat(task(path, 1).path("state").asString()).isEqualTo("open");
        assertThat(task(path, 1).path("needed").asInt()).isEqualTo(3);
        answer(annotator(), path, "b");
        assertThat(task(path, 1).path("needed").asInt())
                .as("two of three agree enough, but leave doubt")
                .isEqualTo(4);
        answer(annotator(), path, "a");
        assertThat(task(path, 1).path("state").asString())
                .as("no task is widened beyond the maximum")
                .isEqualTo("done");
        rita.patch(path, Map.of("redundancy", 3));
        assertThat(task(path, 1).path("needed").asInt()).isEqualTo(4);
    }

    @Test
    void endsATaskBeforeItsPlannedNumberOfAnswersWhenTheyAreCertain() throws IOException {
        var path = planned(5, 1);
        rules(path, Map.of("adaptive", Map.of("minimum", 2, "maximum", 5, "confidence", 0.99, "accuracy", 0.9)));
        answer(annotator(), path, "a");
        assertThat(task(path, 0).path("state").asString()).isEqualTo("open");
        answer(annotator(), path, "a");
        assertThat(task(path, 0).path("state").asString()).isEqualTo("done");
        assertThat(task(path, 0).path("needed").asInt()).isEqualTo(2);
        refused(annotator(), path, "nothing-left");
    }

    @Test
    void plansBatchesAndShowsTheirProgress() throws IOException {
        var path = project(1, 3);
        var wanted = Map.of("name", "March", "priority", 2, "deadline", "2027-03-01T00:00:00Z");
        var keyed = rita.with("Idempotency-Key", "march");
        var made = keyed.post(path + "/batches", wanted);
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        assertThat(keyed.post(path + "/batches", wanted).header("Idempotent-Replay"))
                .isEqualTo("true");
        assertThat(rita.post(path + "/batches", wanted).code()).isEqualTo("batch-name-taken");
        assertThat(rita.post(path + "/batches", Map.of("name", "Whenever")).status())
                .isEqualTo(201);
        assertThat(rita.post(path + "/tasks", Map.of("batch", 7)).status()).isEqualTo(400);
        assertThat(rita.post(path + "/tasks", Map.of("batch", 1))
                        .json()
                        .path("planned")
                        .asInt())
                .isEqualTo(3);
        answer(annotator(), path, "a");
        var batch = rita.get(path + "/batches").json().at("/items/0");
        assertThat(batch.path("tasks").asInt()).isEqualTo(3);
        assertThat(batch.path("done").asInt()).isEqualTo(1);
        assertThat(batch.at("/states/open").asInt()).isEqualTo(2);
    }

    @Test
    void doesToTheTasksOfAFilterWhatThePreviewCountedAndNothingElse() throws IOException {
        var path = planned(1, 5);
        var cancel = Map.of("filter", Map.of("assetName", "right-"), "act", "cancel");
        var preview = rita.post(path + "/task-acts/preview", cancel);
        assertThat(preview.status()).as(preview.body()).isEqualTo(200);
        assertThat(preview.json().path("tasks").asInt()).isEqualTo(3);
        assertThat(rita.post(path + "/task-acts", Map.of("filter", Map.of(), "act", "cancel", "expected", 5))
                        .status())
                .as("without a key")
                .isEqualTo(400);
        var keyed = rita.with("Idempotency-Key", "bulk");
        assertThat(keyed.post(
                                path + "/task-acts",
                                Map.of("filter", Map.of("assetName", "right-"), "act", "cancel", "expected", 4))
                        .code())
                .isEqualTo("tasks-changed");
        var run = Map.of("filter", Map.of("assetName", "right-"), "act", "cancel", "expected", 3);
        for (var replay : List.of("", "true")) {
            var done = keyed.post(path + "/task-acts", run);
            assertThat(done.status()).as(done.body()).isEqualTo(200);
            assertThat(done.json().path("tasks").asInt()).isEqualTo(3);
            assertThat(done.header("Idempotent-Replay")).isEqualTo(replay);
        }
        assertThat(rita.get(path + "/tasks?state=cancelled")
                        .json()
                        .path("items")
                        .size())
                .isEqualTo(3);
        assertThat(rita.post(
                                path + "/task-acts/preview",
                                Map.of("filter", Map.of("plannedTo", "2020-01-01T00:00:00Z"), "act", "cancel"))
                        .json()
                        .path("tasks")
                        .asInt())
                .isZero();
    }

    @Test
    void assignsTasksToAnAnnotatorOfTheClientOnly() throws IOException {
        var path = planned(1, 2);
        var id = person(Role.ANNOTATOR);
        var task = task(path, 1).path("id").asLong();
        var filter = Map.of("tasks", List.of(task));
        var keyed = rita.with("Idempotency-Key", UUID.randomUUID().toString());
        assertThat(keyed.post(
                                path + "/task-acts",
                                Map.of(
                                        "filter",
                                        filter,
                                        "act",
                                        "assign",
                                        "people",
                                        List.of(UUID.randomUUID()),
                                        "expected",
                                        1))
                        .status())
                .isEqualTo(400);
        var done = keyed.post(
                path + "/task-acts",
                Map.of("filter", filter, "act", "assign", "people", List.of(id.value()), "expected", 1));
        assertThat(done.status()).as(done.body()).isEqualTo(200);
        var other = annotator();
        answer(other, path, "a");
        refused(other, path, "nothing-left");
        var mine = lease(Http.as(server, id), path);
        assertThat(mine.json().at("/task/id").asLong()).isEqualTo(task);
    }
}
