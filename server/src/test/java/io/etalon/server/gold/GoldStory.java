package io.etalon.server.gold;

import static org.assertj.core.api.Assertions.assertThat;

import io.etalon.server.access.Grants;
import io.etalon.server.access.People;
import io.etalon.server.access.Role;
import io.etalon.server.base.PersonId;
import io.etalon.server.base.ProjectId;
import io.etalon.server.tenant.Client;
import io.etalon.server.testing.Http;
import io.etalon.server.testing.TestServer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import tools.jackson.databind.JsonNode;

/** A client with a project of texts, each even or odd, and its people; driven through the API as they would. */
final class GoldStory {
    private final TestServer server;
    private final Client client;
    private final Map<String, PersonId> people = new HashMap<>();
    private final Map<String, Http> sessions = new HashMap<>();
    private final Map<String, Long> tasks = new LinkedHashMap<>();
    private String project = "";

    GoldStory(TestServer server, String slug, int texts) throws Exception {
        this.server = server;
        this.client = server.clients().create(slug, "Client " + slug);
        person("rita", Role.REQUESTER);
        person("quinn", Role.QUALITY_LEAD);
        var made = as("rita")
                .post(
                        "/clients/" + slug + "/projects",
                        Map.of(
                                "name", "Texts",
                                "template", "text-classification",
                                "ontology",
                                        Map.of(
                                                "labels", List.of(),
                                                "questions",
                                                        List.of(Map.of(
                                                                "id", "parity",
                                                                "name", "Parity",
                                                                "type", "choice",
                                                                "required", true,
                                                                "options",
                                                                        List.of(
                                                                                Map.of("id", "even", "name", "Even"),
                                                                                Map.of("id", "odd", "name", "Odd"))))),
                                "guidelines", "# Look twice\n",
                                "redundancy", 3,
                                "reviewShare", 1.0,
                                "licence", "CC0-1.0"));
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        project = "/clients/" + slug + "/projects/" + made.json().get("id").asString();
        for (var i = 0; i < texts; i++) {
            var added = as("rita")
                    .with("Content-Type", "application/octet-stream")
                    .send("POST", project + "/assets?name=" + i + ".txt", "The text " + i);
            assertThat(added.status()).as(added.body()).isEqualTo(201);
        }
        assertThat(as("rita").post(project + "/tasks", Map.of()).status()).isEqualTo(200);
        as("rita")
                .get(project + "/tasks?limit=200")
                .json()
                .get("items")
                .forEach(task -> tasks.put(
                        task.at("/asset/name").asString(), task.get("id").asLong()));
    }

    PersonId person(String name, Role... roles) {
        return people.computeIfAbsent(name, key -> {
            var id = server.part(People.class)
                    .create(name + "-" + client.slug() + "@gold.example", name)
                    .id();
            server.part(Grants.class).grant(Grants.By.SYSTEM, id, client.id(), Set.of(roles), null);
            return id;
        });
    }

    Http as(String name) {
        return sessions.computeIfAbsent(name, key -> Http.as(server, person(name)))
                .with("Idempotency-Key", UUID.randomUUID().toString());
    }

    Client client() {
        return client;
    }

    String path() {
        return project;
    }

    ProjectId id() {
        return new ProjectId(UUID.fromString(project.substring(project.lastIndexOf('/') + 1)));
    }

    /** The task of a text. */
    long task(int text) {
        return tasks.get(text + ".txt");
    }

    /** What is right of a text. */
    static String truth(String name) {
        return Integer.parseInt(name.substring(0, name.indexOf('.'))) % 2 == 0 ? "even" : "odd";
    }

    static Map<String, Object> answer(String option) {
        return Map.of("answers", Map.of("parity", option), "shapes", List.of());
    }

    /** Makes gold of texts with the right answers and returns the numbers of the gold, in their order. */
    List<Long> gild(int from, int to) {
        var lines = new StringBuilder();
        for (var text = from; text < to; text++) {
            lines.append(Http.text(Map.of(
                            "task",
                            task(text),
                            "answer",
                            answer(truth(text + ".txt")),
                            "difficulty",
                            1 + text % 3,
                            "feedback",
                            "Look at the last digit.")))
                    .append('\n');
        }
        var done = as("quinn")
                .with("Content-Type", "application/x-ndjson")
                .send("POST", project + "/gold/imports", lines.toString());
        assertThat(done.status()).as(done.body()).isEqualTo(200);
        assertThat(done.json().get("accepted").asInt()).as(done.body()).isEqualTo(to - from);
        var ids = new ArrayList<Long>();
        as("quinn").get(project + "/gold?limit=200").json().get("items").forEach(line -> {
            if (line.get("task").asLong() >= task(from) && line.get("task").asLong() <= task(to - 1)) {
                ids.add(line.get("id").asLong());
            }
        });
        return ids;
    }

    void policy(Map<String, Object> policy) {
        var put = as("quinn").put(project + "/gold/policy", policy);
        assertThat(put.status()).as(put.body()).isEqualTo(200);
    }

    Http.Answer lease(String name) {
        return as(name).post(project + "/leases", Map.of());
    }

    JsonNode submit(String name, JsonNode lease, String option) {
        var body = new LinkedHashMap<String, Object>();
        body.put("token", lease.get("token"));
        body.put("answer", answer(option));
        body.put("activeSeconds", 4);
        var sent = as(name).post(project + "/leases/" + lease.get("id").asLong() + "/submission", body);
        assertThat(sent.status()).as(sent.body()).isEqualTo(201);
        return sent.json();
    }

    static String other(String option) {
        return option.equals("even") ? "odd" : "even";
    }

    static void until(String what, BooleanSupplier holds) {
        var deadline = System.nanoTime() + 20_000_000_000L;
        while (!holds.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(deadline);
            LockSupport.parkNanos(5_000_000);
        }
    }
}
