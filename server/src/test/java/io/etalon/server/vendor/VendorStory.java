package io.etalon.server.vendor;

import static org.assertj.core.api.Assertions.assertThat;

import io.etalon.server.access.Grants;
import io.etalon.server.access.People;
import io.etalon.server.access.Role;
import io.etalon.server.base.PersonId;
import io.etalon.server.base.ProjectId;
import io.etalon.server.tenant.Client;
import io.etalon.server.testing.Http;
import io.etalon.server.testing.TestServer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import tools.jackson.databind.JsonNode;

/** A client with vendors and an in-house team, whose people work through the API as they would. */
public final class VendorStory {
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final TestServer server;
    public final Client client;
    public final Http requester;
    public final Http operator;
    private final Map<String, PersonId> people = new ConcurrentHashMap<>();
    private final Map<String, Http> sessions = new ConcurrentHashMap<>();
    /** By the name of the team. */
    public final Map<String, UUID> teams = new HashMap<>();

    /** By the name of the team; of an in-house team its own. */
    public final Map<String, UUID> vendors = new HashMap<>();

    public VendorStory(TestServer server, String slug) throws Exception {
        this.server = server;
        this.client = server.clients().create(slug, "Client " + slug);
        this.requester = Http.as(server, person("rita", null, Role.REQUESTER));
        var boss = server.part(People.class).create("boss-" + slug + "@vendors.example", "Boss");
        server.part(Grants.class).grantOperator(boss.id());
        this.operator = Http.as(server, boss.id());
    }

    public String path() {
        return "/clients/" + client.slug();
    }

    public static Http keyed(Http http) {
        return http.with("Idempotency-Key", UUID.randomUUID().toString());
    }

    /** A vendor's team with these annotators. */
    public UUID vendor(String name, String... annotators) {
        var made = operator.post(
                "/organisations",
                Map.of("name", name + " of " + client.slug() + NUMBER.incrementAndGet(), "country", "FR"));
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        var organisation = UUID.fromString(made.json().path("id").asString());
        team(name, Map.of("name", name, "kind", "vendor", "organisation", organisation), annotators);
        vendors.put(name, organisation);
        return organisation;
    }

    public UUID inHouse(String name, String... annotators) {
        var id = team(name, Map.of("name", name, "kind", "in_house"), annotators);
        vendors.put(name, id);
        return id;
    }

    private UUID team(String name, Map<String, ?> body, String... annotators) {
        var made = requester.post(path() + "/workforces", body);
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        var id = UUID.fromString(made.json().path("id").asString());
        teams.put(name, id);
        for (var annotator : annotators) {
            person(annotator, id, Role.ANNOTATOR);
        }
        return id;
    }

    public PersonId person(String name, UUID team, Role... roles) {
        return people.computeIfAbsent(name, key -> {
            var id = server.part(People.class)
                    .create(name + "-" + client.slug() + "@vendors.example", name)
                    .id();
            server.part(Grants.class).grant(Grants.By.SYSTEM, id, client.id(), Set.of(roles), team);
            return id;
        });
    }

    public PersonId person(String name) {
        return person(name, null);
    }

    public Http as(String name) {
        return keyed(sessions.computeIfAbsent(name, key -> Http.as(server, person(key))));
    }

    /** A project whose texts are even or odd, drawing on all teams so far; gives its path. */
    public String project(int texts, int redundancy) {
        var body = new LinkedHashMap<String, Object>();
        body.put("name", "Texts " + NUMBER.incrementAndGet());
        body.put("template", "text-classification");
        body.put("redundancy", redundancy);
        body.put("reviewShare", 0.0);
        body.put("workforces", List.copyOf(teams.values()));
        body.put(
                "ontology",
                Map.of(
                        "labels",
                        List.of(),
                        "questions",
                        List.of(Map.of(
                                "id", "parity",
                                "name", "Parity",
                                "type", "choice",
                                "required", true,
                                "options",
                                        List.of(
                                                Map.of("id", "even", "name", "Even"),
                                                Map.of("id", "odd", "name", "Odd"))))));
        var made = requester.post(path() + "/projects", body);
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        var project = path() + "/projects/" + made.json().get("id").asString();
        for (var i = 0; i < texts; i++) {
            var added = requester
                    .with("Content-Type", "application/octet-stream")
                    .send("POST", project + "/assets?name=" + i + ".txt", project + " text " + i);
            assertThat(added.status()).as(added.body()).isEqualTo(201);
        }
        assertThat(requester.post(project + "/tasks", Map.of()).status()).isEqualTo(200);
        return project;
    }

    public static ProjectId id(String project) {
        return new ProjectId(UUID.fromString(project.substring(project.lastIndexOf('/') + 1)));
    }

    public Http.Answer lease(String project, String who) {
        return as(who).post(project + "/leases", Map.of());
    }

    public Http.Answer submit(String project, String who, JsonNode lease, boolean right) {
        var name = lease.at("/task/asset/name").asString();
        var even = Integer.parseInt(name.substring(0, name.indexOf('.'))) % 2 == 0;
        return as(who).post(
                        project + "/leases/" + lease.get("id").asLong() + "/submission",
                        Map.of(
                                "token",
                                lease.get("token"),
                                "answer",
                                Map.of(
                                        "answers",
                                        Map.of("parity", even == right ? "even" : "odd"),
                                        "shapes",
                                        List.of()),
                                "activeSeconds",
                                6));
    }

    /**
     * Works until there is nothing left or somebody says stop; counts what was acknowledged.
     *
     * @param errsEvery every how many answers one is wrong; 0 for never
     */
    public int work(String project, String who, int errsEvery, BooleanSupplier goesOn) {
        var done = 0;
        while (goesOn.getAsBoolean()) {
            var lease = lease(project, who);
            if (lease.status() != 201) {
                assertThat(lease.status()).as(lease.body()).isIn(204, 401, 404, 409);
                return done;
            }
            var right = errsEvery == 0 || (done + 1) % errsEvery != 0;
            var sent = submit(project, who, lease.json(), right);
            assertThat(sent.status()).as(sent.body()).isIn(201, 401, 404, 409);
            done += sent.status() == 201 ? 1 : 0;
        }
        return done;
    }
}
