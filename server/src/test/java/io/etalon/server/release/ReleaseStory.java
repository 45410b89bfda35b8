package io.etalon.server.release;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.etalon.server.access.Grants;
import io.etalon.server.access.People;
import io.etalon.server.access.Role;
import io.etalon.server.audit.AuditLog;
import io.etalon.server.base.PersonId;
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
import java.util.function.BiFunction;
import tools.jackson.databind.JsonNode;

/** A client with a project and its people on a running server, driven through the API as they would. */
final class ReleaseStory {
    private final TestServer server;
    private final Client client;
    private final Map<String, PersonId> people = new HashMap<>();
    private String project = "";

    ReleaseStory(TestServer server, String slug) throws Exception {
        this.server = server;
        this.client = server.clients().create(slug, "Client " + slug);
        person("requester", Role.REQUESTER);
    }

    PersonId person(String name, Role... roles) {
        return people.computeIfAbsent(name, key -> {
            var id = server.part(People.class)
                    .create(name + "-" + client.slug() + "@release.example", name)
                    .id();
            server.part(Grants.class).grant(Grants.By.SYSTEM, id, client.id(), Set.of(roles), null);
            return id;
        });
    }

    Client client() {
        return client;
    }

    Http as(String name) {
        return Http.as(server, person(name));
    }

    String clientPath() {
        return "/clients/" + client.slug();
    }

    String path() {
        return project;
    }

    /** A project whose people judge texts in two classes and, when asked, are reviewed. */
    ReleaseStory textProject(int redundancy, double reviewShare) {
        return project(Map.of(
                "name", "Texts",
                "template", "text-classification",
                "ontology",
                        Map.of(
                                "labels", List.of(),
                                "questions",
                                        List.of(Map.of(
                                                "id", "fitness",
                                                "name", "Fitness",
                                                "type", "choice",
                                                "required", true,
                                                "options",
                                                        List.of(
                                                                Map.of("id", "1", "name", "One"),
                                                                Map.of("id", "2", "name", "Two"))))),
                "guidelines", "# Look twice\n",
                "redundancy", redundancy,
                "reviewShare", reviewShare,
                "licence", "CC0-1.0"));
    }

    ReleaseStory project(Map<String, ?> settings) {
        var made = as("requester").post(clientPath() + "/projects", settings);
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        project = clientPath() + "/projects/" + made.json().get("id").asString();
        return this;
    }

    ReleaseStory texts(List<String> texts) {
        for (var text : texts) {
            var added = as("requester")
                    .with("Content-Type", "application/octet-stream")
                    .send("POST", project + "/assets?name=" + text + ".txt", "The text " + text);
            assertThat(added.status()).as(added.body()).isEqualTo(201);
        }
        return this;
    }

    ReleaseStory plan() {
        var planned = as("requester").post(project + "/tasks", Map.of());
        assertThat(planned.status()).as(planned.body()).isEqualTo(200);
        return this;
    }

    /** Lets somebody answer all that he is given; the option follows from the person and the asset's name. */
    int answer(String name, BiFunction<String, String, String> option) {
        person(name, Role.ANNOTATOR);
        var count = 0;
        var http = as(name);
        for (var lease = http.post(project + "/leases", Map.of());
                lease.status() == 201;
                lease = http.post(project + "/leases", Map.of())) {
            submit(
                    http,
                    lease.json(),
                    option.apply(name, lease.json().at("/task/asset/name").asString()));
            count++;
        }
        return count;
    }

    private void submit(Http http, JsonNode lease, String option) {
        var body = new LinkedHashMap<String, Object>();
        body.put("token", lease.get("token"));
        body.put("answer", Map.of("answers", Map.of("fitness", option), "shapes", List.of()));
        body.put("activeSeconds", 4);
        body.put("next", false);
        var sent = http.with("Idempotency-Key", UUID.randomUUID().toString())
                .post(project + "/leases/" + lease.get("id").asLong() + "/submission", body);
        assertThat(sent.status()).as(sent.body()).isEqualTo(201);
    }

    /** The reviewer gives every submission that he is shown this option. */
    int fix(String name, String option) {
        person(name, Role.REVIEWER);
        var count = 0;
        var http = as(name);
        for (var review = http.post(project + "/reviews", Map.of());
                review.status() == 201;
                review = http.post(project + "/reviews", Map.of())) {
            var body = new LinkedHashMap<String, Object>();
            body.put("token", review.json().get("token"));
            body.put("decision", "fix");
            body.put("answer", Map.of("answers", Map.of("fitness", option), "shapes", List.of()));
            body.put("comments", List.of());
            body.put("next", false);
            var sent = http.with("Idempotency-Key", UUID.randomUUID().toString())
                    .post(project + "/reviews/" + review.json().get("id").asLong() + "/decision", body);
            assertThat(sent.status()).as(sent.body()).isEqualTo(201);
            count++;
        }
        return count;
    }

    /** Cuts a release and waits until it is ready or has failed. */
    JsonNode release(String method) {
        var http = as("requester");
        var cut = http.post(project + "/releases", Map.of("method", method));
        assertThat(cut.status()).as(cut.body()).isEqualTo(202);
        return settled(cut.json().get("number").asInt());
    }

    JsonNode settled(int number) {
        var http = as("requester");
        var deadline = System.nanoTime() + 60_000_000_000L;
        var release = http.get(project + "/releases/" + number).json();
        while (release.get("state").asString().equals("building") && System.nanoTime() < deadline) {
            LockSupport.parkNanos(20_000_000);
            release = http.get(project + "/releases/" + number).json();
        }
        return release;
    }

    byte[] archive(int number) {
        var reply = as("requester").get(project + "/releases/" + number + "/archive");
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        return reply.raw().body();
    }

    String logKey() {
        return as("requester").get(clientPath() + "/audit/key").body().strip();
    }

    /** The operations in the client's log, in order. */
    List<String> log() {
        server.part(AuditLog.class).flush(client.id());
        var ops = new ArrayList<String>();
        var next = "0";
        while (next != null) {
            var page = as("requester")
                    .get(clientPath() + "/audit/entries?limit=200&from=" + next)
                    .json();
            page.get("items").forEach(item -> ops.add(item.at("/entry/op").asString()));
            next = page.get("next").isNull() ? null : page.get("next").asString();
        }
        return ops;
    }

    static List<String> names(int count) {
        var names = new ArrayList<String>();
        for (var i = 0; i < count; i++) {
            names.add("text-" + new String(new byte[] {(byte) ('a' + i)}, UTF_8));
        }
        return names;
    }
}
