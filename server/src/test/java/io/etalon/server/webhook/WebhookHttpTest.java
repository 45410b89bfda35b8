package io.etalon.server.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import io.etalon.server.access.Role;
import io.etalon.server.audit.AuditLog;
import io.etalon.server.audit.AuditOp;
import io.etalon.server.audit.EntryFilter;
import io.etalon.server.base.DataFolders;
import io.etalon.server.tenant.Client;
import io.etalon.server.testing.Http;
import io.etalon.server.testing.Members;
import io.etalon.server.testing.TestServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Webhooks through the API, from a change in the client's data to a receiver that verifies with others' code. */
class WebhookHttpTest {
    private static final Map<String, Object> ONTOLOGY = Map.of(
            "labels",
            List.of(Map.of("id", "coin", "name", "Coin", "color", "#c08a2b", "tool", "box", "attributes", List.of())),
            "questions",
            List.of());

    private final TestServer server = TestServer.shared();
    private final Members members = new Members(server);
    private final Path opened = server.part(DataFolders.class).keys().resolve("egress.json");

    @BeforeEach
    void openLoopback() throws Exception {
        Files.writeString(opened, "{\"networks\": [\"127.0.0.1/32\"]}");
    }

    @AfterEach
    void closeLoopback() throws Exception {
        Files.delete(opened);
    }

    private Http as(Client client, Role... roles) {
        return Http.as(server, members.of(client, roles))
                .with("Idempotency-Key", UUID.randomUUID().toString());
    }

    private static Http fresh(Http http) {
        return http.with("Idempotency-Key", UUID.randomUUID().toString());
    }

    private static void until(String what, BooleanSupplier condition) {
        var deadline = System.nanoTime() + 60_000_000_000L;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(deadline);
            LockSupport.parkNanos(20_000_000);
        }
    }

    private static String made(Http http, String path, Receiver receiver, String signing) {
        var made = fresh(http)
                .post(path, Map.of("url", receiver.url(), "kinds", List.of("project.changed"), "signing", signing));
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        return made.body();
    }

    @Test
    void aChangeReachesTheReceiverSignedUnderItsOwnKey() throws Exception {
        var client = server.clients().create("hook-tells", "Hook tells");
        var requester = as(client, Role.REQUESTER);
        var path = "/clients/hook-tells/webhooks";
        try (var shared = new Receiver(0, Receiver.status(204));
                var open = new Receiver(0, Receiver.status(204))) {
            var secret = Json.of(made(requester, path, shared, "hmac-sha256"))
                    .path("secret")
                    .asString();
            var made = Json.of(made(requester, path, open, "ed25519"));
            assertThat(made.path("secret").isString()).isFalse();
            var publicKey = made.at("/endpoint/publicKey").asString();
            var project = fresh(requester)
                    .post(
                            "/clients/hook-tells/projects",
                            Map.of("name", "Hidden name", "template", "image-boxes", "ontology", ONTOLOGY))
                    .json()
                    .get("id")
                    .asString();
            until("both were told", () -> !shared.heard.isEmpty() && !open.heard.isEmpty());
            var heard = shared.heard.getFirst();
            assertThat(heard.body())
                    .contains(
                            "\"type\":\"project.changed\"", project, client.id().toString())
                    .doesNotContain("Hidden name");
            var verifier = new Webhook(secret);
            verifier.verify(heard.body(), lower(heard));
            org.assertj.core.api.Assertions.assertThatThrownBy(
                            () -> verifier.verify(heard.body().replace("changed", "charged"), lower(heard)))
                    .isInstanceOf(WebhookVerificationException.class);
            var signed = open.heard.getFirst();
            assertThat(SigningKeyTest.verifies(
                            publicKey,
                            signed.header("webhook-signature"),
                            signed.header("webhook-id") + "." + signed.header("webhook-timestamp") + "."
                                    + signed.body()))
                    .isTrue();
            assertThat(requester.get(path).body()).as("a secret is shown once").doesNotContain(secret);
        }
    }

    private static Map<String, List<String>> lower(Receiver.Heard heard) {
        return Map.of(
                "webhook-id", List.of(heard.header("webhook-id")),
                "webhook-timestamp", List.of(heard.header("webhook-timestamp")),
                "webhook-signature", List.of(heard.header("webhook-signature")));
    }

    @Test
    void aPersonTestsSendsAgainRotatesDisablesAndRemoves() throws Exception {
        var client = server.clients().create("hook-acts", "Hook acts");
        var requester = as(client, Role.REQUESTER);
        try (var receiver = new Receiver(0, Receiver.status(200))) {
            var endpoint = Json.of(made(requester, "/clients/hook-acts/webhooks", receiver, "ed25519"))
                    .at("/endpoint/id")
                    .asString();
            var path = "/clients/hook-acts/webhooks/" + endpoint;
            var sent = fresh(requester).post(path + "/test", "");
            assertThat(sent.status()).as(sent.body()).isEqualTo(201);
            var delivery = path + "/deliveries/" + sent.json().get("id").asString();
            until("it arrived", () -> state(requester, delivery).equals("delivered"));
            assertThat(fresh(requester).post(delivery + "/again", "").status()).isEqualTo(200);
            until("it arrived again", () -> receiver.heard.size() == 2);
            assertThat(receiver.ids().getFirst()).isEqualTo(receiver.ids().getLast());
            until(
                    "it is told",
                    () -> requester.get(delivery).json().get("attempts").size() == 2);
            var rotated = fresh(requester).post(path + "/rotation", "");
            assertThat(rotated.json().at("/endpoint/formerUntil").asString()).isNotEmpty();
            assertThat(requester
                            .patch(path, Map.of("enabled", false))
                            .json()
                            .get("disabled")
                            .asString())
                    .isEqualTo("by-hand");
            assertThat(fresh(requester).post(path + "/test", "").status()).isEqualTo(409);
            assertThat(requester
                            .patch(path, Map.of("enabled", true))
                            .json()
                            .path("disabled")
                            .isString())
                    .isFalse();
            assertThat(requester
                            .get(path + "/deliveries?state=delivered")
                            .json()
                            .get("items"))
                    .hasSize(1);
            assertThat(requester.delete(path).status()).isEqualTo(204);
            assertThat(requester.get(path).status()).isEqualTo(404);
        }
        var log = server.part(AuditLog.class);
        log.flush(client.id());
        var acts = new ArrayList<String>();
        log.entries(client.id(), new EntryFilter(null, null, null, AuditOp.WEBHOOK), 0, 100)
                .forEach(entry -> acts.add(entry.toString()));
        assertThat(acts).hasSize(7);
    }

    private static String state(Http http, String delivery) {
        return http.get(delivery).json().at("/delivery/state").asString();
    }

    @Test
    void onlyTheClientsOwnRolesReadAndOnlyRequestersChange() throws Exception {
        var client = server.clients().create("hook-roles", "Hook roles");
        server.clients().create("hook-other", "Hook other");
        var requester = as(client, Role.REQUESTER);
        try (var receiver = new Receiver(0, Receiver.status(200))) {
            var id = Json.of(made(requester, "/clients/hook-roles/webhooks", receiver, "ed25519"))
                    .at("/endpoint/id")
                    .asString();
            var path = "/clients/hook-roles/webhooks/" + id;
            var auditor = as(client, Role.AUDITOR);
            assertThat(auditor.get(path + "/deliveries").status()).isEqualTo(200);
            assertThat(auditor.delete(path).status()).isEqualTo(403);
            assertThat(as(client, Role.ANNOTATOR, Role.REVIEWER, Role.QUALITY_LEAD)
                            .get(path + "/deliveries")
                            .status())
                    .isEqualTo(403);
            assertThat(requester
                            .get("/clients/hook-other/webhooks/" + id + "/deliveries")
                            .status())
                    .isEqualTo(404);
        }
    }

    @Test
    void anAddressThatLeadsInwardsIsRefusedWithItsPlace() throws Exception {
        var client = server.clients().create("hook-inward", "Hook inward");
        var requester = as(client, Role.REQUESTER);
        for (var url : List.of(
                "https://169.254.169.254/latest",
                "https://[::1]/",
                "http://10.0.0.8/",
                "https://u:p@example.org/",
                "https://exa mple.org/",
                "gopher://example.org/")) {
            var answer = fresh(requester)
                    .post("/clients/hook-inward/webhooks", Map.of("url", url, "kinds", List.of("job.changed")));
            assertThat(answer.status()).as(url).isEqualTo(400);
            assertThat(answer.body()).as(url).contains("/url");
        }
        var kinds = fresh(requester)
                .post(
                        "/clients/hook-inward/webhooks",
                        Map.of("url", "https://example.org/", "kinds", List.of("job.changed", "no.such")));
        assertThat(kinds.status()).isEqualTo(400);
        assertThat(kinds.body()).contains("/kinds/1");
    }

    /** Reads an answer's text. */
    private static final class Json {
        static tools.jackson.databind.JsonNode of(String text) {
            return tools.jackson.databind.json.JsonMapper.builder().build().readTree(text);
        }
    }
}
