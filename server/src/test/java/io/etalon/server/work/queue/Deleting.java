package io.etalon.server.work.queue;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.etalon.server.access.Grants;
import io.etalon.server.access.People;
import io.etalon.server.access.Role;
import io.etalon.server.base.ClientId;
import io.etalon.server.base.PersonId;
import io.etalon.server.faults.Cells;
import io.etalon.server.tenant.Client;
import io.etalon.server.testing.Http;
import io.etalon.server.testing.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** A client whose people make, work on, delete and bring back projects and assets, over HTTP. */
record Deleting(TestServer server, Client client, PersonId requester) {
    /** Longer than what lies in packs. */
    private static final int LARGE = 40_000;

    static Deleting on(TestServer server, String slug) throws Exception {
        var client = server.clients().create(slug, "Client " + slug);
        return new Deleting(
                server, client, person(server, client, Role.REQUESTER, Role.QUALITY_LEAD, Role.AUDITOR, Role.REVIEWER));
    }

    private static PersonId person(TestServer server, Client client, Role... roles) {
        var id = server.part(People.class)
                .create(UUID.randomUUID() + "@work.example", "Somebody")
                .id();
        server.part(Grants.class).grant(Grants.By.SYSTEM, id, client.id(), Set.of(roles), null);
        return id;
    }

    Http rita() {
        return Http.as(server, requester);
    }

    Http annotator() {
        return Http.as(server, person(server, client, Role.ANNOTATOR));
    }

    ClientId id() {
        return client.id();
    }

    String path() {
        return "/clients/" + client.slug();
    }

    /** A project of texts; returns its address. */
    String project(String name) {
        var made = rita().post(
                        path() + "/projects",
                        Map.of("name", name, "template", "text-classification", "redundancy", 1, "reviewShare", 0));
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        return path() + "/projects/" + made.json().path("id").asString();
    }

    static String idOf(String project) {
        return project.substring(project.lastIndexOf('/') + 1);
    }

    /** Small texts, which share packs, by their names. */
    void uploads(String project, String... names) {
        for (var name : names) {
            upload(project, name, "note " + name + project);
        }
    }

    /** A text that is an object of its own. */
    String uploadLarge(String project, String name) {
        return upload(project, name, name.repeat(LARGE / name.length() + 1));
    }

    String upload(String project, String name, String text) {
        var made = rita().upload(project + "/assets?name=" + name, text.getBytes(UTF_8));
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        return made.json().path("id").asString();
    }

    void plan(String project, int tasks) {
        var planned = rita().post(project + "/tasks", Map.of());
        assertThat(planned.json().path("planned").asInt()).as(planned.body()).isEqualTo(tasks);
    }

    JsonNode lease(Http who, String project) {
        var lease = who.post(project + "/leases", Map.of());
        assertThat(lease.status()).as(lease.body()).isEqualTo(201);
        return lease.json();
    }

    Http.Answer submit(Http who, String project, JsonNode lease) {
        var question = rita().get(project + "/ontology").json().at("/ontology/questions/0");
        return submit(who, project, lease, question);
    }

    Http.Answer submit(Http who, String project, JsonNode lease, JsonNode question) {
        var answers = Map.of(
                question.path("id").asString(), question.at("/options/0/id").asString());
        return who.with("Idempotency-Key", UUID.randomUUID().toString())
                .post(
                        project + "/leases/" + lease.path("id").asLong() + "/submission",
                        Map.of(
                                "token",
                                lease.path("token").asString(),
                                "answer",
                                Map.of("answers", answers, "shapes", List.of())));
    }

    void answer(Http who, String project) {
        var sent = submit(who, project, lease(who, project));
        assertThat(sent.status()).as(sent.body()).isEqualTo(201);
    }

    Http.Answer keyed(String address, Object body) {
        return rita().with("Idempotency-Key", UUID.randomUUID().toString()).post(address, body);
    }

    /** Deletes what a preview finds. */
    Http.Answer deleteAssets(String project, Map<String, ?> which) {
        var found = previewAssets(project, which);
        return keyed(
                project + "/deletions",
                Map.of(
                        "assets",
                        which,
                        "expected",
                        found.path("tasks").asInt(),
                        "expectedAnswers",
                        found.path("answers").asLong(),
                        "expectedAssets",
                        found.path("assets").asLong()));
    }

    JsonNode previewAssets(String project, Map<String, ?> which) {
        var preview = rita().post(project + "/deletions/preview", Map.of("assets", which));
        assertThat(preview.status()).as(preview.body()).isEqualTo(200);
        return preview.json();
    }

    Http.Answer undo(String project, JsonNode deletion) {
        return rita().post(project + "/deletions/" + deletion.path("id").asLong() + "/undo", Map.of());
    }

    /** As if it, and every object of the client, were so old; only the administrator may say so. */
    void age(long deletion, Duration by) throws Exception {
        try (var connection = Cells.of(server.data(), id());
                var statement = connection.prepareStatement(
                        "update deletion set at = now() - make_interval(secs => ?) where id = ?")) {
            statement.setLong(1, by.toSeconds());
            statement.setLong(2, deletion);
            assertThat(statement.executeUpdate()).isEqualTo(1);
        }
        var then = FileTime.from(Instant.now().minus(by));
        for (var file : objects()) {
            Files.setLastModifiedTime(file, then);
        }
    }

    Purge.Purged purge() throws Exception {
        return server.part(Purge.class).run(client);
    }

    /** The objects of the client, as files. */
    List<Path> objects() throws IOException {
        var folder = Files.createDirectories(server.data().resolve("objects").resolve(id().toString()));
        try (var all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }

    long rows(String table, String condition) {
        return server.scope()
                .client(
                        id(),
                        tx -> tx.db()
                                .sql("select count(*) from " + table + " where " + condition)
                                .query(Long.class)
                                .single());
    }

    /** All that a requester sees of a project, to be compared with itself. */
    List<String> sight(String project) {
        return List.of(
                rita().get(project).body(),
                rita().get(project + "/assets").body(),
                rita().get(project + "/tasks").body(),
                rita().get(project + "/releases").body());
    }

    String count(String project, String member) {
        return rita().get(project).json().at("/progress/" + member).asString();
    }
}
