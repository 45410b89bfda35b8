package io.etalon.benchmarks.work;

import io.etalon.server.access.Grants;
import io.etalon.server.access.People;
import io.etalon.server.access.Role;
import io.etalon.server.access.Sessions;
import io.etalon.server.app.RunningServer;
import io.etalon.server.app.ServerConfig;
import io.etalon.server.base.ClientId;
import io.etalon.server.base.Ids;
import io.etalon.server.base.InstallationSecret;
import io.etalon.server.base.ProjectId;
import io.etalon.server.tenant.Clients;
import io.etalon.server.tenant.TenantScope;
import io.etalon.server.work.engine.AuditTrail;
import io.etalon.server.work.engine.Dispatcher;
import io.etalon.server.work.engine.WorkConfig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** A real server over an empty folder, one client, and as many tasks and people as are asked for. */
final class Cell implements AutoCloseable {
    /** What an annotator hands in, and a row of the yardstick holds. */
    static final String ANSWER = "{\"answers\":{},\"shapes\":["
            + "{\"attributes\":{},\"height\":41.5,\"id\":\"s1\",\"label\":\"coin\",\"type\":\"box\",\"width\":40,\"x\":12,\"y\":9},"
            + "{\"attributes\":{},\"height\":38.5,\"id\":\"s2\",\"label\":\"coin\",\"type\":\"box\",\"width\":37,\"x\":80,\"y\":77},"
            + "{\"attributes\":{},\"height\":38.5,\"id\":\"s3\",\"label\":\"coin\",\"type\":\"box\",\"width\":37,\"x\":9,\"y\":7}]}";

    private static final String SLUG = "bench";
    private static final int REDUNDANCY = 3;
    private static final String PROJECT = """
            {"name": "Bench", "template": "image-boxes", "redundancy": 3, "reviewShare": 0, "ontology": {"questions": [],
             "labels": [{"id": "coin", "name": "Coin", "color": "#c08a2b", "tool": "box", "attributes": []}]}}""";

    private final Path data;
    private RunningServer server;
    private final ClientId client;

    Cell() throws IOException, SQLException {
        data = Files.createTempDirectory("etalon-bench-");
        server = RunningServer.start(config());
        client = server.part(Clients.class).create(SLUG, "Bench").id();
        try (var admin = admin();
                var statement = admin.createStatement()) {
            statement.execute("create table bench_row (id bigint generated always as identity primary key,"
                    + " payload jsonb not null)");
        }
    }

    private ServerConfig config() {
        return ServerConfig.local(data).onPorts(0, 0);
    }

    <T> T part(Class<T> type) {
        return server.part(type);
    }

    ClientId client() {
        return client;
    }

    String url() {
        return server.url();
    }

    static String path(ProjectId project) {
        return "/clients/" + SLUG + "/projects/" + project;
    }

    /** The server forgets what it has in memory. */
    void restart() {
        server.close();
        server = RunningServer.start(config());
    }

    /** A session a person, all of them annotators, the last one a requester. */
    List<String> people(int annotators) {
        var tokens = new ArrayList<String>();
        for (var i = 0; i <= annotators; i++) {
            var person = part(People.class)
                    .create("p" + i + "@bench.example", "P" + i)
                    .id();
            var role = i < annotators ? Role.ANNOTATOR : Role.REQUESTER;
            part(Grants.class).grant(Grants.By.SYSTEM, person, client, Set.of(role), null);
            tokens.add(part(Sessions.class).open(person).token());
        }
        return tokens;
    }

    /** A project as a requester makes it, with tasks and their assets' rows but no bytes. */
    ProjectId project(String requester, int tasks) throws IOException, SQLException, InterruptedException {
        return project(SLUG, requester, PROJECT, tasks);
    }

    /** The same of another client, with a body of one's own. */
    ProjectId project(String slug, String requester, String body, int tasks)
            throws IOException, SQLException, InterruptedException {
        var project = new ProjectId(UUID.fromString(made(requester, "/clients/" + slug + "/projects", body)));
        var of = part(Clients.class).find(slug).orElseThrow().id();
        seed(of, project, tasks);
        run(of, """
                insert into asset (id, project, name, sha256, type, size, width, height, created_at)
                select asset, project, 'coin-' || id, sha256(int8send(id)), 'image/png', 1000, 640, 480, now()
                from task where project = '%s'""".formatted(project));
        return project;
    }

    /** Makes something by a POST to the API; returns its id. */
    String made(String token, String path, String body) throws IOException, InterruptedException {
        var reply = send(token, "POST", path, body);
        var at = reply.indexOf("\"id\":\"") + 6;
        return reply.substring(at, at + 36);
    }

    /** Asks the API; returns the reply's body, which must be of the 2xx kind. */
    String send(String token, String method, String path, String body) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(url() + "/api/v1" + path))
                .header("Cookie", "etalon_session=" + token)
                .header("X-Etalon-Csrf", "1")
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body))
                .build();
        try (var http = HttpClient.newHttpClient()) {
            var reply = http.send(request, BodyHandlers.ofString());
            if (reply.statusCode() / 100 != 2) {
                throw new IOException(method + " " + path + " was refused: " + reply.body());
            }
            return reply.body();
        }
    }

    /** A project that the engine alone knows. */
    ProjectId project(int tasks) throws SQLException {
        var project = new ProjectId(UUID.randomUUID());
        run(client, """
                insert into project (id, name, code_name, kind, template, state, redundancy, review_share, default_rounds,
                  licence, ontology_version, guideline_version, created_at)
                values ('%1$s', 'B', '%1$s', 'image', 'image-boxes', 'active', 3, 0, 1, '', 1, 1, now())""".formatted(project));
        seed(client, project, tasks);
        return project;
    }

    private void seed(ClientId of, ProjectId project, int tasks) throws SQLException {
        run(
                of,
                "insert into task (project, asset) select '" + project + "', gen_random_uuid() from generate_series(1, "
                        + tasks + ")");
        run(of, "analyze task");
    }

    /** A dispatcher of its own over the cell. */
    Dispatcher dispatcher(AuditTrail audit) {
        var ground = new Dispatcher.Ground(
                part(TenantScope.class), part(Ids.class), part(Clock.class), audit, WorkConfig.DEFAULT);
        return new Dispatcher(client, ground, id -> REDUNDANCY);
    }

    /** A number that a query gives. */
    long count(String sql) throws SQLException {
        try (var admin = admin();
                var statement = admin.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    void run(ClientId of, String sql) throws SQLException {
        try (var admin = admin(of);
                var statement = admin.createStatement()) {
            statement.execute(sql);
        }
    }

    Connection admin() throws SQLException {
        return admin(client);
    }

    Connection admin(ClientId of) throws SQLException {
        try (var own = part(TenantScope.class).dedicated(of)) {
            var password = part(InstallationSecret.class).derive("database admin");
            return DriverManager.getConnection(
                    own.getMetaData().getURL(),
                    "etalon_admin",
                    Base64.getUrlEncoder().withoutPadding().encodeToString(password));
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        try (var files = Files.walk(data)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
