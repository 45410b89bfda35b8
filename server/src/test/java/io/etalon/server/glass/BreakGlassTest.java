package io.etalon.server.glass;

import static org.assertj.core.api.Assertions.assertThat;

import io.etalon.server.access.Role;
import io.etalon.server.audit.AuditLog;
import io.etalon.server.tenant.Client;
import io.etalon.server.testing.Http;
import io.etalon.server.testing.Members;
import io.etalon.server.testing.TestServer;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Operators before, under and after a grant, and what the client sees of it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class BreakGlassTest {
    private final TestServer server = TestServer.shared();
    private final Members members = new Members(server);
    private Client client;
    private Http requester;
    private Http operator;
    private Http second;
    private String projects;
    private String banner;

    @BeforeAll
    void make() throws Exception {
        client = server.clients().create("glass", "Glass");
        requester = Http.as(server, members.of(client, Role.REQUESTER));
        operator = Http.as(server, members.operator());
        second = Http.as(server, members.operator());
        projects = "/clients/glass/projects";
        banner = "/clients/glass/access/break-glass";
    }

    private void rule(String approval, int minutes) {
        var set = requester.put(banner + "/rule", Map.of("approval", approval, "longestMinutes", minutes));
        assertThat(set.status()).as(set.body()).isEqualTo(200);
    }

    private String ask(Http who) {
        var asked = who.post(
                "/operator/break-glass",
                Map.of("client", "glass", "reason", "A job of theirs hangs; ticket 4711", "minutes", 5));
        assertThat(asked.status()).as(asked.body()).isEqualTo(201);
        return asked.json().get("id").asString();
    }

    private int approve(Http who, String grant) {
        return who.post("/operator/break-glass/" + grant + "/approve", Map.of()).status();
    }

    private int reads(Http who) {
        return who.get(projects).status();
    }

    private long entries(String op) {
        server.part(AuditLog.class).flush(client.id());
        return requester
                .get("/clients/glass/audit/entries?limit=200&op=" + op)
                .json()
                .get("items")
                .size();
    }

    private long news() {
        return server.scope()
                .client(
                        client.id(),
                        tx -> tx.db()
                                .sql(
                                        "select count(*) from outbox where kind = 'break-glass.changed' and project is null")
                                .query(Long.class)
                                .single());
    }

    @Test
    void letsAnOperatorReadUnderAGrantThatAnotherAgreedToAndLogsEachRead() {
        rule("operator", 60);
        assertThat(reads(operator)).isEqualTo(404);
        var told = entries("BREAK_GLASS");
        var news = news();
        var grant = ask(operator);
        assertThat(requester.get(banner).json().get("waiting").asInt()).isEqualTo(1);
        assertThat(reads(operator)).isEqualTo(404);
        assertThat(approve(operator, grant)).isEqualTo(403);
        assertThat(approve(second, grant)).isEqualTo(200);

        var before = entries("ADMIN_READ");
        assertThat(reads(operator)).isEqualTo(200);
        assertThat(operator.get("/clients/glass/keys").status()).isEqualTo(200);
        assertThat(entries("ADMIN_READ")).isEqualTo(before + 2);
        assertThat(reads(second)).isEqualTo(404);
        assertThat(operator.post(projects, Map.of()).status()).isEqualTo(404);
        assertThat(operator.post("/clients/glass/keys/disable", Map.of()).status())
                .isEqualTo(404);
        var seen = requester.get(banner).json();
        assertThat(seen.get("open").asInt()).isEqualTo(1);
        assertThat(seen.at("/grants/0/reason").asString()).contains("4711");
        assertThat(entries("BREAK_GLASS")).isEqualTo(told + 2);
        assertThat(news()).isEqualTo(news + 2);

        // The client ends it, and the next request is refused.
        assertThat(requester.post(banner + "/" + grant + "/end", Map.of()).status())
                .isEqualTo(200);
        assertThat(reads(operator)).isEqualTo(404);
        assertThat(entries("BREAK_GLASS")).isEqualTo(told + 3);
        assertThat(approve(second, grant)).isEqualTo(409);
    }

    @Test
    void endsByItself() {
        rule("none", 60);
        var grant = ask(operator);
        assertThat(reads(operator)).isEqualTo(200);
        server.scope()
                .controlDo(tx -> tx.db()
                        .sql("update break_glass set ends_at = ? where id = ?")
                        .params(OffsetDateTime.parse("2020-01-01T00:00:00Z"), UUID.fromString(grant))
                        .update());
        assertThat(reads(operator)).isEqualTo(404);
        assertThat(requester.get(banner).json().get("open").asInt()).isZero();
    }

    @Test
    void asksTheClientWhereItsRuleSaysSo() {
        rule("client", 60);
        var grant = ask(operator);
        assertThat(approve(second, grant)).isEqualTo(403);
        assertThat(reads(operator)).isEqualTo(404);
        assertThat(requester.post(banner + "/" + grant + "/approve", Map.of()).status())
                .isEqualTo(200);
        assertThat(reads(operator)).isEqualTo(200);
        assertThat(operator.post("/operator/break-glass/" + grant + "/end", Map.of())
                        .status())
                .isEqualTo(200);
        assertThat(reads(operator)).isEqualTo(404);
    }

    @Test
    void letsNobodyInForLongerThanTheClientAllowsOrWithoutAReason() {
        rule("none", 0);
        var refused = operator.post(
                "/operator/break-glass", Map.of("client", "glass", "reason", "because I want to", "minutes", 1));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body()).contains("/minutes");
        for (var body : List.of(
                Map.of("client", "glass", "reason", "short", "minutes", 1),
                Map.of("client", "glass", "minutes", 1),
                Map.of("client", "glass", "reason", "because I want to", "minutes", 100_000))) {
            assertThat(operator.post("/operator/break-glass", body).status()).isEqualTo(400);
        }
        assertThat(operator.post(
                                "/operator/break-glass",
                                Map.of("client", "no-such", "reason", "because I want to", "minutes", 1))
                        .status())
                .isEqualTo(404);
        assertThat(requester.post("/operator/break-glass", Map.of()).status()).isEqualTo(403);
    }
}
