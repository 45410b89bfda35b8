package io.etalon.server.project;

import static org.assertj.core.api.Assertions.assertThat;

import io.etalon.server.access.Grants;
import io.etalon.server.access.People;
import io.etalon.server.access.Role;
import io.etalon.server.tenant.Client;
import io.etalon.server.testing.Http;
import io.etalon.server.testing.TestServer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** Projects through the real server: made once, changed by versions, refused with the place of each fault. */
class ProjectHttpTest {
    private static final TestServer SERVER = TestServer.shared();
    private static final Client CLIENT = client();
    private static final String PATH = "/clients/" + CLIENT.slug() + "/projects";

    private final Http requester = person("requester@projects.test", Role.REQUESTER);

    private static Client client() {
        try {
            return SERVER.clients().create("projects-test", "Projects");
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Http person(String email, Role role) {
        var people = SERVER.part(People.class);
        var person = people.findByEmail(email).orElseGet(() -> people.create(email, "Test"));
        SERVER.part(Grants.class).grant(Grants.By.SYSTEM, person.id(), CLIENT.id(), Set.of(role), null);
        return Http.as(SERVER, person.id());
    }

    private static Map<String, Object> boxes(String name) {
        return new HashMap<>(Map.of("name", name, "template", "image-boxes", "redundancy", 3, "reviewShare", 0.1));
    }

    @Test
    void aProjectBeginsWithItsTemplatesOntologyAndACodeNameThatSaysNothing() {
        var made = requester.post(PATH, boxes("Secret coins"));

        assertThat(made.status()).as(made.body()).isEqualTo(201);
        assertThat(made.json().get("codeName").asString())
                .matches("[a-z]+-\\d{5}")
                .doesNotContain("coin");
        assertThat(made.json().get("progress").get("tasks").asInt()).isZero();
        var ontology = requester.get(PATH + "/" + made.json().get("id").asString() + "/ontology");
        assertThat(ontology.json().get("version").asInt()).isEqualTo(1);
        assertThat(ontology.json().get("ontology").get("labels").size()).isPositive();
    }

    @Test
    void theSameKeyMakesOneProjectHoweverOftenItIsSent() throws Exception {
        var once = requester.with("Idempotency-Key", UUID.randomUUID().toString());
        var body = boxes("Once only");
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var replies = threads.invokeAll(java.util.Collections.<java.util.concurrent.Callable<Http.Answer>>nCopies(
                    16, () -> once.post(PATH, body)));
            var ids = new java.util.TreeSet<String>();
            for (var reply : replies) {
                assertThat(reply.get().status()).as(reply.get().body()).isEqualTo(201);
                ids.add(reply.get().json().get("id").asString());
            }
            assertThat(ids).hasSize(1);
        }
        assertThat(once.post(PATH, boxes("Another")).status()).isEqualTo(422);
    }

    @Test
    void aChangedOntologyIsANewVersionAndTheOldOneStays() {
        var project = PATH + "/"
                + requester.post(PATH, boxes("Versions")).json().get("id").asString();
        var first = requester.get(project + "/ontology").body();
        var changed = requester.post(
                project + "/ontologies",
                Map.of(
                        "baseVersion",
                        1,
                        "ontology",
                        Map.of(
                                "labels",
                                        List.of(Map.of(
                                                "id", "coin", "name", "Coin", "color", "#c08a2b", "tool", "box")),
                                "questions", List.of())));

        assertThat(changed.status()).as(changed.body()).isEqualTo(201);
        assertThat(changed.json().get("version").asInt()).isEqualTo(2);
        assertThat(changed.json().get("changes").size()).isPositive();
        assertThat(requester.get(project + "/ontology?version=1").body()).isEqualTo(first);
        assertThat(requester.get(project).json().get("ontologyVersion").asInt()).isEqualTo(2);
        assertThat(requester.get(project + "/ontology?version=3").status()).isEqualTo(404);
    }

    @Test
    void theSameKeyAddsOneVersionOfOntologyAndGuidelines() {
        var project = PATH + "/"
                + requester.post(PATH, boxes("Versions once")).json().get("id").asString();
        var once = requester.with("Idempotency-Key", "version-" + UUID.randomUUID());
        var words = Map.of("baseVersion", 1, "markdown", "# Twice is once");
        var guidelines = once.post(project + "/guidelines", words);
        assertThat(guidelines.status()).as(guidelines.body()).isEqualTo(201);
        assertThat(once.post(project + "/guidelines", words).body()).isEqualTo(guidelines.body());
        assertThat(once.post(project + "/guidelines", Map.of("baseVersion", 1, "markdown", "other"))
                        .status())
                .isEqualTo(422);

        var coin = Map.of("id", "coin", "name", "Coin", "color", "#c08a2b", "tool", "box");
        var change = Map.of("baseVersion", 1, "ontology", Map.of("labels", List.of(coin), "questions", List.of()));
        var ontology = once.post(project + "/ontologies", change);
        assertThat(ontology.status()).as(ontology.body()).isEqualTo(201);
        var again = once.post(project + "/ontologies", change);
        assertThat(again.header("Idempotent-Replay")).isEqualTo("true");
        assertThat(again.body()).isEqualTo(ontology.body());
        var after = requester.get(project).json();
        assertThat(after.get("guidelineVersion").asInt()).isEqualTo(2);
        assertThat(after.get("ontologyVersion").asInt()).isEqualTo(2);
    }

    @Test
    void tellsEachFaultOfAnOntologyWithItsPlace() {
        var body = boxes("Faulty");
        body.put(
                "ontology",
                Map.of(
                        "labels",
                                List.of(
                                        Map.of("id", "Not An Id", "name", "x", "color", "red", "tool", "box"),
                                        Map.of("id", "a", "name", "x", "color", "#000000", "tool", "lasso")),
                        "questions", List.of()));
        var refused = requester.post(PATH, body);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body()).contains("/ontology/labels/");
        assertThat(refused.json().get("faults").size()).isPositive();
    }

    @Test
    void tellsAllFaultsOfTheSettingsAtOnce() {
        var refused =
                requester.post(PATH, Map.of("name", " ", "template", "image-boxes", "redundancy", 0, "reviewShare", 2));

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().get("faults").toString())
                .contains("/name")
                .contains("/redundancy")
                .contains("/reviewShare");
        assertThat(requester
                        .post(PATH, Map.of("name", "x", "template", "magic"))
                        .body())
                .contains("image-boxes");
        var unknownMember = boxes("x");
        unknownMember.put("colour", "red");
        assertThat(requester.post(PATH, unknownMember).status()).isEqualTo(400);
    }

    @Test
    void labelNamesAndGuidelinesAreNowhereInTheDatabaseInTheClear() {
        var canary = "canary-" + UUID.randomUUID();
        var body = boxes("Sealed");
        body.put("guidelines", "# " + canary);
        body.put(
                "ontology",
                Map.of(
                        "labels",
                        List.of(Map.of("id", "a", "name", canary, "color", "#000000", "tool", "box")),
                        "questions",
                        List.of()));
        var project = requester.post(PATH, body).json().get("id").asString();

        assertThat(requester
                        .get(PATH + "/" + project + "/guidelines")
                        .json()
                        .get("markdown")
                        .asString())
                .contains(canary);
        var sealed = SERVER.scope()
                .client(
                        CLIENT.id(),
                        tx -> tx.db()
                                .sql(
                                        "select sealed from ontology_version union all select sealed from guideline_version")
                                .query(byte[].class)
                                .list());
        assertThat(sealed).isNotEmpty();
        for (var bytes : sealed) {
            assertThat(new String(bytes, StandardCharsets.ISO_8859_1)).doesNotContain(canary);
        }
    }

    @Test
    void settingsChangeAndSurviveInMemoryAndOnDisk() {
        var project = PATH + "/"
                + requester.post(PATH, boxes("Paused")).json().get("id").asString();
        var changed = requester.patch(project, Map.of("state", "paused", "redundancy", 5));

        assertThat(changed.status()).as(changed.body()).isEqualTo(200);
        assertThat(requester.get(project).json().get("state").asString()).isEqualTo("paused");
        assertThat(requester.get(project).json().get("redundancy").asInt()).isEqualTo(5);
        assertThat(requester.patch(project, Map.of("state", "asleep")).status()).isEqualTo(400);
    }

    @Test
    void anAnnotatorMayReadOntologyAndGuidelinesButNotTheProject() {
        var project = PATH + "/"
                + requester
                        .post(PATH, boxes("Seen from the desk"))
                        .json()
                        .get("id")
                        .asString();
        var annotator = person("annotator@projects.test", Role.ANNOTATOR);

        assertThat(annotator.get(project + "/ontology").status()).isEqualTo(200);
        assertThat(annotator.get(project + "/guidelines").status()).isEqualTo(200);
        assertThat(annotator.get(project).status()).isEqualTo(403);
        assertThat(annotator.post(PATH, boxes("x")).status()).isEqualTo(403);
    }
}
