package io.etalon.server.exit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.etalon.server.access.Grants;
import io.etalon.server.access.People;
import io.etalon.server.access.Role;
import io.etalon.server.base.PersonId;
import io.etalon.server.tenant.Client;
import io.etalon.server.testing.Http;
import io.etalon.server.testing.TestServer;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import javax.imageio.ImageIO;
import tools.jackson.databind.JsonNode;

/** A client with something in every kind of field, each bearing a word that stands nowhere else. */
final class Household {
    private final TestServer server;
    private final String slug;
    private final Map<String, PersonId> people;
    /** What is kept under the client's key: the field and its word. */
    final Map<String, String> sealed = new LinkedHashMap<>();
    /** What is kept in clear, to be searched: the field and its word. */
    final Map<String, String> open = new LinkedHashMap<>();

    private String project = "";

    private Household(TestServer server, String slug, Map<String, PersonId> people) {
        this.server = server;
        this.slug = slug;
        this.people = people;
    }

    static Household on(TestServer server, String slug) throws Exception {
        server.clients().create(slug, "Client of " + slug);
        var house = new Household(server, slug, new LinkedHashMap<>());
        house.person("rita", Role.REQUESTER, Role.AUDITOR, Role.QUALITY_LEAD);
        house.fill();
        return house;
    }

    /** The same people and project before another server. */
    Household at(TestServer other) {
        var house = new Household(other, slug, people);
        house.project = project;
        return house;
    }

    private String secret(String field) {
        return sealed.computeIfAbsent(field, this::word);
    }

    private String clear(String field) {
        return open.computeIfAbsent(field, this::word);
    }

    private String word(String field) {
        return "canary" + field.replace(" ", "") + UUID.randomUUID().toString().replace("-", "");
    }

    PersonId person(String name, Role... roles) {
        return people.computeIfAbsent(name, key -> {
            var id = server.part(People.class)
                    .create(name + "-" + slug + "@house.example", name)
                    .id();
            server.part(Grants.class).grant(Grants.By.SYSTEM, id, client().id(), Set.of(roles), null);
            return id;
        });
    }

    Client client() {
        return server.clients().find(slug).orElseThrow();
    }

    Http as(String name) {
        return Http.as(server, person(name));
    }

    String path() {
        return "/clients/" + slug;
    }

    String project() {
        return project;
    }

    private void fill() throws IOException {
        var rita = as("rita");
        project = path() + "/projects/"
                + made(rita.post(path() + "/projects", settings()))
                        .json()
                        .get("id")
                        .asString();
        for (var i = 0; i < 3; i++) {
            made(rita.upload(
                    project + "/assets?name=" + clear("asset name") + i + ".txt",
                    ("A text with " + secret("asset text") + " number " + i).getBytes(UTF_8)));
        }
        made(rita.post(project + "/tasks", Map.of()));
        preLabels(rita);
        work();
        images(rita);
    }

    private Map<String, Object> settings() {
        var options = List.of(Map.of("id", "1", "name", secret("option name")), Map.of("id", "2", "name", "Two"));
        var choice = Map.of(
                "id", "fitness", "name", secret("question"), "type", "choice", "required", true, "options", options);
        var note = Map.of("id", "note", "name", "Note", "type", "text", "required", false);
        return Map.of(
                "name",
                clear("project name"),
                "template",
                "text-classification",
                "ontology",
                Map.of("labels", List.of(), "questions", List.of(choice, note)),
                "guidelines",
                "# Look for " + secret("guideline") + "\n",
                "redundancy",
                1,
                "reviewShare",
                1.0,
                "licence",
                "CC0-1.0");
    }

    /** What a model says of each text, to be shown. */
    private void preLabels(Http rita) {
        made(rita.with("If-Match", "*").put(project + "/queue", Map.of("preLabels", true)));
        var items = new ArrayList<Map<String, Object>>();
        made(rita.get(project + "/tasks?limit=50"))
                .json()
                .get("items")
                .forEach(task -> items.add(Map.of(
                        "task",
                        task.get("id"),
                        "model",
                        Map.of("name", clear("model"), "version", "1"),
                        "answer",
                        Map.of("answers", Map.of("fitness", "1", "note", secret("pre-label")), "shapes", List.of()))));
        made(rita.with("Idempotency-Key", UUID.randomUUID().toString())
                .post(project + "/pre-labels", Map.of("items", items)));
    }

    /** Anna answers two, skips one with a note; Rob accepts one with a comment and returns one; the two discuss. */
    private void work() {
        person("anna", Role.ANNOTATOR);
        person("rob", Role.REVIEWER);
        var anna = as("anna");
        for (var i = 0; i < 2; i++) {
            submit(anna, lease(anna), secret("free text"));
        }
        var skipped = lease(anna);
        made(anna.with("Idempotency-Key", UUID.randomUUID().toString())
                .post(
                        project + "/leases/" + skipped.get("id").asLong() + "/skip",
                        Map.of("token", skipped.get("token"), "reason", "other", "note", secret("note"))));
        decide("accept", secret("comment"));
        decide("return", secret("return comment"));
        var submission = as("rita").get(project + "/tasks?limit=50");
        assertThat(submission.status()).as(submission.body()).isEqualTo(200);
    }

    JsonNode lease(Http http) {
        return made(http.post(project + "/leases", Map.of())).json();
    }

    void submit(Http http, JsonNode lease, String text) {
        var body = new LinkedHashMap<String, Object>();
        body.put("token", lease.get("token"));
        body.put("answer", Map.of("answers", Map.of("fitness", "1", "note", text), "shapes", List.of()));
        body.put("activeSeconds", 4);
        body.put("next", false);
        made(http.with("Idempotency-Key", UUID.randomUUID().toString())
                .post(project + "/leases/" + lease.get("id").asLong() + "/submission", body));
    }

    private void decide(String decision, String comment) {
        var rob = as("rob");
        var review = made(rob.post(project + "/reviews", Map.of())).json();
        var submission = review.at("/submission/id").asString();
        if (!submission.isEmpty()) {
            made(rob.with("Idempotency-Key", UUID.randomUUID().toString())
                    .post(project + "/submissions/" + submission + "/comments", Map.of("text", secret("discussion"))));
        }
        made(rob.with("Idempotency-Key", UUID.randomUUID().toString())
                .post(
                        project + "/reviews/" + review.get("id").asLong() + "/decision",
                        Map.of(
                                "token",
                                review.get("token"),
                                "decision",
                                decision,
                                "comments",
                                List.of(Map.of("text", comment)),
                                "next",
                                false)));
    }

    /** A project of images, whose bytes lie in objects. */
    private void images(Http rita) throws IOException {
        var label = Map.of(
                "id", "coin", "name", secret("label name"), "color", "#c08a2b", "tool", "box", "attributes", List.of());
        var images = path() + "/projects/"
                + made(rita.post(
                                path() + "/projects",
                                Map.of(
                                        "name",
                                        "Images",
                                        "template",
                                        "image-boxes",
                                        "ontology",
                                        Map.of("labels", List.of(label), "questions", List.of()),
                                        "redundancy",
                                        1)))
                        .json()
                        .get("id")
                        .asString();
        var png = new ByteArrayOutputStream();
        var image = new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB);
        image.setRGB(3, 4, Color.RED.getRGB());
        ImageIO.write(image, "png", png);
        made(rita.upload(images + "/assets?name=coin.png", png.toByteArray()));
    }

    /** A release of the text project; its number. */
    int release() {
        var cut = made(as("rita").post(project + "/releases", Map.of("method", "majority", "notes", secret("notes"))));
        var number = cut.json().get("number").asInt();
        until(project + "/releases/" + number, "building");
        return number;
    }

    /** Has an archive made and waits for it. */
    JsonNode export() {
        var ordered = made(as("rita").post(path() + "/exit/exports", ""));
        var export = until(path() + "/exit/exports/" + ordered.json().get("id").asString(), "building");
        assertThat(export.get("state").asString()).as(export.toString()).isEqualToIgnoringCase("ready");
        return export;
    }

    Path download(JsonNode export, Path target) throws IOException {
        var file = as("rita").get(path() + "/exit/exports/" + export.get("id").asString() + "/file");
        assertThat(file.status()).isEqualTo(200);
        return Files.write(target, file.raw().body());
    }

    private JsonNode until(String at, String state) {
        var deadline = System.nanoTime() + 60_000_000_000L;
        var found = made(as("rita").get(at)).json();
        while (found.get("state").asString().equalsIgnoreCase(state) && System.nanoTime() < deadline) {
            LockSupport.parkNanos(20_000_000);
            found = made(as("rita").get(at)).json();
        }
        return found;
    }

    static Http.Answer made(Http.Answer answer) {
        assertThat(answer.status()).as(answer.body()).isBetween(200, 299);
        return answer;
    }
}
