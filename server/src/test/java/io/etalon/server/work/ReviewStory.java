package io.etalon.server.work;

import static java.nio.charset.StandardCharsets.UTF_8;
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
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import javax.imageio.ImageIO;
import tools.jackson.databind.JsonNode;

/** A client whose people answer, review, appeal and merge, driven through the API as they would. */
public final class ReviewStory {
    private final TestServer server;
    private final Client client;
    private final Map<String, PersonId> people = new HashMap<>();
    public String path = "";

    public ReviewStory(TestServer server, String slug) throws Exception {
        this.server = server;
        this.client = server.clients().create(slug, "Client " + slug);
        person("rita", Role.REQUESTER);
        person("anna", Role.ANNOTATOR);
        person("ben", Role.ANNOTATOR);
        person("rosa", Role.REVIEWER, Role.ANNOTATOR);
        person("remy", Role.REVIEWER);
        person("rolf", Role.REVIEWER);
        person("quinn", Role.QUALITY_LEAD);
    }

    public PersonId person(String name, Role... roles) {
        return people.computeIfAbsent(name, key -> {
            var id = server.part(People.class)
                    .create(name + "-" + client.slug() + "@review.example", name)
                    .id();
            server.part(Grants.class).grant(Grants.By.SYSTEM, id, client.id(), Set.of(roles), null);
            return id;
        });
    }

    public Http as(String name) {
        return Http.as(server, person(name))
                .with("Idempotency-Key", UUID.randomUUID().toString());
    }

    public Client client() {
        return client;
    }

    /** A project with these many pictures, and a task for each. */
    public ReviewStory project(int pictures, int redundancy, double reviewShare) throws IOException {
        var made = as("rita")
                .post(
                        "/clients/" + client.slug() + "/projects",
                        Map.of(
                                "name", "Coins",
                                "template", "image-boxes",
                                "redundancy", redundancy,
                                "reviewShare", reviewShare,
                                "ontology", ONTOLOGY));
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        path = "/clients/" + client.slug() + "/projects/"
                + made.json().get("id").asString();
        for (var i = 0; i < pictures; i++) {
            var image = new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB);
            image.setRGB(0, 0, i + 1);
            var bytes = new ByteArrayOutputStream();
            ImageIO.write(image, "png", bytes);
            assertThat(as("rita")
                            .upload(path + "/assets?name=coin-" + i + ".png", bytes.toByteArray())
                            .status())
                    .isEqualTo(201);
        }
        assertThat(as("rita")
                        .post(path + "/tasks", Map.of())
                        .json()
                        .get("planned")
                        .asInt())
                .isEqualTo(pictures);
        return this;
    }

    private static final Map<String, Object> ONTOLOGY = Map.of(
            "labels",
            List.of(Map.of("id", "coin", "name", "Coin", "color", "#c08a2b", "tool", "box", "attributes", List.of())),
            "questions",
            List.of(
                    Map.of("id", "note", "name", "Note", "type", "text", "required", false),
                    Map.of("id", "age", "name", "Age", "type", "number", "required", false)));

    public ReviewStory workflow(Object... stages) {
        var set = as("rita").put(path + "/workflow", Map.of("stages", List.of(stages)));
        assertThat(set.status()).as(set.body()).isEqualTo(200);
        return this;
    }

    public static Map<String, Object> stage(String name, Map<String, ?> select) {
        return Map.of("name", name, "select", select);
    }

    /** An answer with a note, an age, and a box this wide. */
    public static Map<String, Object> answer(String note, int age, double width) {
        return Map.of("answers", Map.of("note", note, "age", age), "shapes", List.of(box("s1", width)));
    }

    public static Map<String, Object> box(String id, double width) {
        var box = new LinkedHashMap<String, Object>();
        box.put("id", id);
        box.put("label", "coin");
        box.put("type", "box");
        box.put("x", 1);
        box.put("y", 2);
        box.put("width", width);
        box.put("height", 5);
        box.put("attributes", Map.of());
        return box;
    }

    /** Takes the next task, which must be there. */
    public JsonNode lease(String who) {
        var lease = as(who).post(path + "/leases", Map.of());
        assertThat(lease.status()).as(lease.body()).isEqualTo(201);
        return lease.json();
    }

    /** Answers a task; gives the submission. */
    public JsonNode submit(String who, JsonNode lease, Object answer, boolean unsure) {
        var body = new LinkedHashMap<String, Object>();
        body.put("token", lease.get("token"));
        body.put("answer", answer);
        body.put("activeSeconds", 5);
        body.put("next", false);
        body.put("unsure", unsure);
        var sent = as(who).post(path + "/leases/" + lease.get("id").asLong() + "/submission", body);
        assertThat(sent.status()).as(sent.body()).isEqualTo(201);
        return sent.json().get("submission");
    }

    public long answered(String who, String note) {
        return submit(who, lease(who), answer(note, 20, 5), false).get("id").asLong();
    }

    public Http.Answer review(String who) {
        return as(who).post(path + "/reviews", Map.of());
    }

    /** The next answer for somebody to decide on, which must be there. */
    public JsonNode taken(String who) {
        var review = review(who);
        assertThat(review.status()).as(who + " " + review.body()).isEqualTo(201);
        return review.json();
    }

    public Http.Answer decide(String who, JsonNode review, String decision, Object answer) {
        var body = new LinkedHashMap<String, Object>();
        body.put("token", review.get("token"));
        body.put("decision", decision);
        if (answer != null) {
            body.put("answer", answer);
        }
        body.put(
                "comments",
                Set.of("accept", "fix", "uphold").contains(decision)
                        ? List.of()
                        : List.of(Map.of("text", "Look again")));
        body.put("next", false);
        return as(who).post(path + "/reviews/" + review.get("id").asLong() + "/decision", body);
    }

    /** The state of the answer after a decision that must be taken. */
    public String decided(String who, JsonNode review, String decision, Object answer) {
        var reply = decide(who, review, decision, answer);
        assertThat(reply.status()).as(reply.body()).isEqualTo(201);
        return reply.json().at("/submission/state").asString();
    }

    /** Accepts whatever somebody is offered; gives the submissions. */
    public List<Long> acceptAll(String who) {
        var seen = new java.util.ArrayList<Long>();
        for (var review = review(who); review.status() == 201; review = review(who)) {
            decided(who, review.json(), "accept", null);
            seen.add(review.json().at("/submission/id").asLong());
        }
        return seen;
    }

    public JsonNode progress() {
        return as("rita").get(path).json().get("progress");
    }

    /** The lines of an export, sorted. */
    public List<String> export() {
        var queued = as("rita").post(path + "/exports", Map.of());
        assertThat(queued.status()).as(queued.body()).isEqualTo(202);
        var id = queued.json().get("id").asString();
        var deadline = System.nanoTime() + 60_000_000_000L;
        while (!as("rita")
                .get(path + "/jobs/" + id)
                .json()
                .get("state")
                .asString()
                .equals("done")) {
            assertThat(System.nanoTime()).as("the export ends").isLessThan(deadline);
            LockSupport.parkNanos(10_000_000);
        }
        var file = as("rita").get(path + "/exports/" + id + "/file");
        return new String(file.raw().body(), UTF_8).lines().sorted().toList();
    }

    /** Cuts a release, waits for it, and gives it. */
    public JsonNode release() {
        var cut = as("rita").post(path + "/releases", Map.of("method", "majority"));
        assertThat(cut.status()).as(cut.body()).isEqualTo(202);
        var number = cut.json().get("number").asInt();
        var deadline = System.nanoTime() + 60_000_000_000L;
        while (true) {
            var release = as("rita").get(path + "/releases/" + number).json();
            if (!release.get("state").asString().equals("building")) {
                assertThat(release.get("state").asString())
                        .as(release.toString())
                        .isEqualTo("ready");
                return release;
            }
            assertThat(System.nanoTime()).as("the release is built").isLessThan(deadline);
            LockSupport.parkNanos(10_000_000);
        }
    }

    /** What a query in the client's cell finds. */
    public List<Long> numbers(String sql) {
        return server.scope()
                .client(client.id(), tx -> tx.db().sql(sql).query(Long.class).list());
    }
}
