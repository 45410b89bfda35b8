package io.etalon.server.work.prelabel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.etalon.server.access.Grants;
import io.etalon.server.access.People;
import io.etalon.server.access.Role;
import io.etalon.server.base.ClientId;
import io.etalon.server.base.PersonId;
import io.etalon.server.testing.Http;
import io.etalon.server.testing.TestServer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import tools.jackson.databind.JsonNode;

/** A client with a project of texts whose tone is good or bad, its people, and what models say of the texts. */
final class Tones {
    private final TestServer server;
    private final ClientId client;
    private final String slug;
    private final Map<String, PersonId> people = new HashMap<>();
    private String project = "";

    Tones(TestServer server, String slug) throws Exception {
        this.server = server;
        this.slug = slug;
        this.client = server.clients().create(slug, "Client " + slug).id();
        person("rita", Role.REQUESTER);
        person("quinn", Role.QUALITY_LEAD);
        person("rolf", Role.REVIEWER);
        person("anna", Role.ANNOTATOR);
    }

    private void person(String name, Role role) {
        var id = server.part(People.class)
                .create(name + "-" + slug + "@tones.example", name)
                .id();
        server.part(Grants.class).grant(Grants.By.SYSTEM, id, client, Set.of(role), null);
        people.put(name, id);
    }

    /** A fresh project. */
    void begin(double reviewShare) {
        var tone = Map.of(
                "id",
                "tone",
                "name",
                "Tone",
                "type",
                "choice",
                "required",
                true,
                "options",
                List.of(Map.of("id", "good", "name", "Good"), Map.of("id", "bad", "name", "Bad")));
        var note = Map.of("id", "note", "name", "Note", "type", "text", "required", false);
        var made = as("rita")
                .post(
                        "/clients/" + slug + "/projects",
                        Map.of(
                                "name",
                                "Tones",
                                "template",
                                "text-classification",
                                "redundancy",
                                1,
                                "reviewShare",
                                reviewShare,
                                "ontology",
                                Map.of("labels", List.of(), "questions", List.of(tone, note))));
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        project = "/clients/" + slug + "/projects/" + made.json().get("id").asString();
    }

    Http as(String name) {
        var person = people.get(name);
        assertThat(person).as(name).isNotNull();
        return Http.as(server, person).with("Idempotency-Key", UUID.randomUUID().toString());
    }

    ClientId client() {
        return client;
    }

    String path() {
        return project;
    }

    /** What a queue's rules say of pre-labels. */
    void show(boolean shown) {
        var put = as("rita").with("If-Match", "*").put(project + "/queue", Map.of("preLabels", shown));
        assertThat(put.status()).as(put.body()).isEqualTo(200);
    }

    static Map<String, Object> answer(String tone) {
        return Map.of("answers", Map.of("tone", tone), "shapes", List.of());
    }

    static Map<String, Object> preLabel(String version, double confidence, String tone) {
        return Map.of(
                "model",
                Map.of("name", "tone-net", "version", version),
                "confidence",
                confidence,
                "answer",
                answer(tone));
    }

    /** A line of a file. */
    static String line(String text, Object preLabels) {
        return Http.text(Map.of("text", text, "preLabels", preLabels)) + "\n";
    }

    /** Takes a file in and gives the job's end. */
    JsonNode imported(String name, String file) {
        var queued = as("rita").upload(project + "/imports?name=" + name, file.getBytes(UTF_8));
        assertThat(queued.status()).as(queued.body()).isEqualTo(202);
        return ended(queued.json().get("id").asString());
    }

    private JsonNode ended(String id) {
        var last = new JsonNode[1];
        until("job " + id + " ends", () -> {
            last[0] = as("rita").get(project + "/jobs/" + id).json();
            return last[0].hasNonNull("endedAt");
        });
        assertThat(last[0].get("state").asString()).as(last[0].toString()).isEqualTo("done");
        return last[0];
    }

    /** What the report says of each line that became no task. */
    Map<Long, String> notes(JsonNode job) {
        var notes = new HashMap<Long, String>();
        var lines = as("rita").get(project + "/imports/" + job.get("id").asString() + "/lines?limit=200");
        lines.json()
                .get("items")
                .forEach(line -> notes.put(
                        line.get("line").asLong(),
                        line.get("outcome").asString() + ": "
                                + line.get("reason").asString()));
        return notes;
    }

    byte[] exported(String format) {
        var queued = as("rita").post(project + "/exports", Map.of("format", format));
        assertThat(queued.status()).as(queued.body()).isEqualTo(202);
        var id = queued.json().get("id").asString();
        ended(id);
        var file = as("rita").get(project + "/exports/" + id + "/file");
        assertThat(file.status()).isEqualTo(200);
        return file.raw().body();
    }

    /** The numbers of the tasks, in their order. */
    List<Long> tasks() {
        var tasks = new ArrayList<Long>();
        as("rita")
                .get(project + "/tasks?limit=200")
                .json()
                .get("items")
                .forEach(task -> tasks.add(task.get("id").asLong()));
        return tasks;
    }

    JsonNode lease() {
        var lease = as("anna").post(project + "/leases", Map.of());
        assertThat(lease.status()).as(lease.body()).isEqualTo(201);
        return lease.json();
    }

    void submit(JsonNode lease, Object answer) {
        var sent = as("anna")
                .post(
                        project + "/leases/" + lease.get("id").asLong() + "/submission",
                        Map.of("token", lease.get("token"), "answer", answer, "activeSeconds", 3));
        assertThat(sent.status()).as(sent.body()).isEqualTo(201);
    }

    /** What the history says of the newest answer to a task. */
    JsonNode origin(long task) {
        var history = as("rita").get(project + "/tasks/" + task + "/history");
        assertThat(history.status()).as(history.body()).isEqualTo(200);
        return history.json()
                .get("entries")
                .valueStream()
                .filter(entry -> entry.get("kind").asString().equals("submitted"))
                .reduce((before, after) -> after)
                .orElseThrow()
                .path("preLabel");
    }

    JsonNode standing() {
        var standing = as("quinn").get(project + "/pre-labels");
        assertThat(standing.status()).as(standing.body()).isEqualTo(200);
        return standing.json();
    }

    Http.Answer add(Object... items) {
        return as("rita").post(project + "/pre-labels", Map.of("items", List.of(items)));
    }

    static Map<String, Object> forTask(long task, Map<String, Object> preLabel) {
        var item = new HashMap<>(preLabel);
        item.put("task", task);
        return item;
    }

    static void until(String what, BooleanSupplier holds) {
        var deadline = System.nanoTime() + 60_000_000_000L;
        while (!holds.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(deadline);
            LockSupport.parkNanos(10_000_000);
        }
    }
}
