package io.etalon.server.keys;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.etalon.server.access.Role;
import io.etalon.server.audit.AuditLog;
import io.etalon.server.tenant.Client;
import io.etalon.server.testing.Http;
import io.etalon.server.testing.Members;
import io.etalon.server.testing.TestServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** Keys through the API of the real server. */
final class KeyHttpTest {
    @TempDir
    Path folder;

    private final TestServer server = TestServer.shared();

    private Client client(String slug) throws Exception {
        return server.clients().create(slug, "Client " + slug);
    }

    private Http requester(Client client) {
        return Http.as(server, new Members(server).of(client, Role.REQUESTER));
    }

    private static String keys(Client client) {
        return "/clients/" + client.slug() + "/keys";
    }

    /** A project with a text; gives its path. */
    private static String project(Http requester, Client client) {
        var made = requester.post(
                "/clients/" + client.slug() + "/projects",
                Map.of(
                        "name", "Texts",
                        "template", "text-classification",
                        "ontology",
                                Map.of(
                                        "labels", List.of(),
                                        "questions",
                                                List.of(Map.of(
                                                        "id",
                                                        "q",
                                                        "name",
                                                        "Q",
                                                        "type",
                                                        "choice",
                                                        "required",
                                                        true,
                                                        "options",
                                                        List.of(
                                                                Map.of("id", "1", "name", "One"),
                                                                Map.of("id", "2", "name", "Two"))))),
                        "guidelines", "# Secret guidelines\n",
                        "redundancy", 1,
                        "reviewShare", 0,
                        "licence", "CC0-1.0"));
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        return "/clients/" + client.slug() + "/projects/"
                + made.json().get("id").asString();
    }

    private static Http.Answer read(Http requester, String project) {
        return requester.get(project + "/guidelines");
    }

    @Test
    void rotatesTheClientsKeyOnceATryAndReadsOn() throws Exception {
        var client = client("keys-rotate");
        var requester = requester(client);
        var project = project(requester, client);
        var attempt = requester.with("Idempotency-Key", UUID.randomUUID().toString());
        var first = attempt.post(keys(client) + "/rotate", Map.of());
        assertThat(first.status()).as(first.body()).isEqualTo(200);
        assertThat(attempt.post(keys(client) + "/rotate", Map.of()).body()).isEqualTo(first.body());
        var versions = requester.get(keys(client)).json().get("versions");
        assertThat(versions).hasSize(2);
        assertThat(versions.get(0).get("version").asInt()).isEqualTo(2);
        assertThat(versions.get(1).get("retiredAt").isNull()).isFalse();
        assertThat(read(requester, project).body()).contains("Secret guidelines");

        var id = project.substring(project.lastIndexOf('/') + 1);
        var rotated = requester.post(keys(client) + "/projects/" + id + "/rotate", Map.of());
        assertThat(rotated.json().at("/projects/0/versions")).hasSize(2);
        assertThat(read(requester, project).body()).contains("Secret guidelines");
        // Its guidelines are under the first version still.
        var tooEarly = requester.put(keys(client) + "/projects/" + id, Map.of("minimumVersion", 2));
        assertThat(tooEarly.code()).as(tooEarly.body()).isEqualTo("key-version-in-use");
        assertThat(requester
                        .put(keys(client) + "/projects/" + id, Map.of("minimumVersion", 9))
                        .status())
                .isEqualTo(400);
        assertThat(requester
                        .put(keys(client) + "/projects/" + id, Map.of("minimumVersion", 1))
                        .status())
                .isEqualTo(200);
        assertThat(server.part(KeyCare.class).standing(client.id()).newest().number())
                .isEqualTo(2);
    }

    /** Experiment 20 through the API: guidelines are read and written without a pause while both sorts of keys are rotated. */
    @Test
    void failsNoRequestWhileKeysAreRotated() throws Exception {
        var client = client("keys-under-load");
        var requester = requester(client);
        var project = project(requester, client);
        var id = project.substring(project.lastIndexOf('/') + 1);
        var ended = new AtomicBoolean();
        try (var threads = Executors.newFixedThreadPool(2)) {
            Callable<Integer> reading = () -> whileRotated(ended, () -> {
                var answer = read(requester, project);
                assertThat(answer.status()).as(answer.body()).isEqualTo(200);
                assertThat(answer.body()).contains("Secret guidelines");
            });
            Callable<Integer> writing = () -> whileRotated(ended, () -> {
                var answer = requester
                        .with("Idempotency-Key", UUID.randomUUID().toString())
                        .post(
                                project + "/guidelines",
                                Map.of(
                                        "markdown",
                                        "# Secret guidelines, again\n",
                                        "baseVersion",
                                        read(requester, project).json().get("version")));
                assertThat(answer.status()).as(answer.body()).isEqualTo(201);
            });
            var both = List.of(threads.submit(reading), threads.submit(writing));
            for (var round = 0; round < 3; round++) {
                for (var which : List.of("/rotate", "/projects/" + id + "/rotate")) {
                    var rotated = requester
                            .with("Idempotency-Key", UUID.randomUUID().toString())
                            .post(keys(client) + which, Map.of());
                    assertThat(rotated.status()).as(rotated.body()).isEqualTo(200);
                }
            }
            ended.set(true);
            for (var one : both) {
                assertThat(one.get()).isPositive();
            }
        }
        assertThat(requester.get(keys(client)).json().get("versions")).hasSize(4);
    }

    private static int whileRotated(AtomicBoolean ended, Runnable request) {
        var done = 0;
        do {
            request.run();
            done++;
        } while (!ended.get());
        return done;
    }

    @Test
    void closesAClientWhoseKeyIsDisabledAndNoOther() throws Exception {
        var client = client("keys-disable");
        var requester = requester(client);
        var project = project(requester, client);
        var other = client("keys-neighbour");
        var neighbour = requester(other);
        var neighbours = project(neighbour, other);
        assertThat(requester
                        .post(keys(client) + "/disable", Map.of())
                        .json()
                        .get("state")
                        .asString())
                .isEqualTo("disabled");
        for (var answer : List.of(
                read(requester, project),
                requester.get("/clients/" + client.slug() + "/projects"),
                requester.get(project + "/ontology"),
                requester.post(project + "/tasks", Map.of()),
                requester.upload(project + "/assets?name=a.txt", "text".getBytes(UTF_8)))) {
            assertThat(answer.status()).as(answer.body()).isEqualTo(503);
            assertThat(answer.code()).isEqualTo("key-disabled");
            assertThat(answer.header("Retry-After")).isNotEmpty();
        }
        assertThat(read(neighbour, neighbours).status()).isEqualTo(200);
        server.part(AuditLog.class).flush(client.id());
        // What the client needs to see why, and to end it, is served.
        assertThat(requester
                        .get("/clients/" + client.slug() + "/audit/entries?op=KEY_CHANGE")
                        .body())
                .contains("disable");
        assertThat(requester
                        .get("/clients/" + client.slug() + "/audit/checkpoint")
                        .status())
                .isEqualTo(200);
        assertThat(requester
                        .get("/clients/" + client.slug() + "/access/break-glass")
                        .status())
                .isEqualTo(200);
        assertThat(requester.post(keys(client) + "/enable", Map.of()).status()).isEqualTo(200);
        assertThat(read(requester, project).body()).contains("Secret guidelines");
    }

    @Test
    void movesAKeyToTheClientsOwnKeepersAndBalancesTheLogs() throws Exception {
        var client = client("keys-move");
        var requester = requester(client);
        var project = project(requester, client);
        try (var transit = new TransitServer(folder)) {
            var keepers = new ArrayList<Map<String, Object>>();
            keepers.add(only(client, transit.listed("bao")));
            if (SoftToken.isInstalled()) {
                keepers.add(only(client, SoftToken.with(folder).listed("hsm")));
            }
            Files.writeString(
                    server.data().resolve("keys").resolve("providers.json"),
                    JsonMapper.builder().build().writeValueAsString(keepers));
            var neighbour = client("keys-not-theirs");
            assertThat(requester(neighbour)
                            .put(keys(neighbour), Map.of("provider", "bao"))
                            .status())
                    .isEqualTo(404);
            for (var keeper : keepers.reversed()) {
                var name = String.valueOf(keeper.get("name"));
                assertThat(requester
                                .post(keys(client) + "/providers/" + name + "/test", Map.of())
                                .status())
                        .isEqualTo(200);
                var moved = requester.put(keys(client), Map.of("provider", name));
                assertThat(moved.status()).as(moved.body()).isEqualTo(200);
                assertThat(moved.json().get("provider").asString()).isEqualTo(name);
                assertThat(read(requester, project).body()).contains("Secret guidelines");
            }
            transit.silence(true);
            var test = requester.post(keys(client) + "/providers/bao/test", Map.of());
            assertThat(test.status()).isEqualTo(503);
            assertThat(test.code()).isEqualTo("key-unreachable");
            server.part(KeyCare.class).enable(client.id(), KeyActor.SYSTEM);
            var away = read(requester, project);
            assertThat(away.status()).as(away.body()).isEqualTo(503);
            assertThat(away.code()).isEqualTo("key-unreachable");
            transit.silence(false);
            server.part(KeyCare.class).enable(client.id(), KeyActor.SYSTEM);
            assertThat(read(requester, project).body()).contains("Secret guidelines");

            var page = requester.get(keys(client) + "/unwraps?limit=200").json();
            assertThat(page.get("refused").asInt()).isPositive();
            var balance = requester.post(
                    keys(client) + "/unwraps/compare", Map.of("provider", "bao", "unwraps", transit.unwrapped()));
            assertThat(balance.json().get("balanced").asBoolean())
                    .as(balance.body())
                    .isTrue();
            assertThat(requester.put(keys(client), Map.of("provider", "local")).status())
                    .isEqualTo(200);
        }
    }

    private static Map<String, Object> only(Client client, Map<String, Object> keeper) {
        var listed = new HashMap<>(keeper);
        listed.put("clients", List.of(client.slug()));
        return listed;
    }
}
