package io.etalon.server.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import io.etalon.server.access.Role;
import io.etalon.server.tenant.Client;
import io.etalon.server.testing.Http;
import io.etalon.server.testing.Members;
import io.etalon.server.testing.TestServer;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Ids of others where {@link ForeignIdsTest}'s estates hold nothing: grants of break-glass, consents to an end, pauses; and addresses
 * that lie outside every client. Each is shown to open to whom it belongs.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class HeldElsewhereTest {
    private static final String ABSENT = "01890a5d-ac96-774b-bcce-b302099a8057";

    private static final String EVIDENCE =
            "{\"right\":1,\"wrong\":6,\"test\":{\"good\":0.9,\"bad\":0.6,\"falsePass\":0.05,"
                    + "\"falseFail\":0.05},\"lower\":-2.9,\"upper\":2.9,\"pass\":null,\"steps\":[]}";

    private final TestServer server = TestServer.shared();
    private final Members members = new Members(server);
    private Client own;
    private Client foreign;
    private Http attacker;
    private Http victim;

    @BeforeAll
    void make() throws Exception {
        own = server.clients().create("held-own", "Held own");
        foreign = server.clients().create("held-foreign", "Held foreign");
        attacker = Http.as(server, members.of(own, Role.REQUESTER, Role.QUALITY_LEAD, Role.WORKFORCE_MANAGER));
        victim = Http.as(server, members.of(foreign, Role.REQUESTER, Role.QUALITY_LEAD));
    }

    private static String at(Client client) {
        return "/clients/" + client.slug();
    }

    private static Http once(Http who) {
        return who.with("Idempotency-Key", UUID.randomUUID().toString());
    }

    /** Nobody learns of another's id, whatever the method: the answer is that of an id that there is not. */
    private void opensNothing(String method, String address, String id, String body) {
        var there = once(attacker).send(method, address.formatted(id), body);
        var nowhere = once(attacker).send(method, address.formatted(isNumber(id) ? "987654321" : ABSENT), body);
        assertThat(there.status()).as(address + there.body()).isEqualTo(404);
        assertThat(there.body()).as(address).isEqualTo(nowhere.body());
    }

    private static boolean isNumber(String id) {
        return id.matches("\\d+");
    }

    @Test
    void aGrantOfAnotherClientIsNeitherAgreedToNorEnded() {
        var operator = Http.as(server, members.operator());
        var rule = Map.of("approval", "client", "longestMinutes", 5);
        var glass = "/access/break-glass/";
        assertThat(victim.put(at(foreign) + glass + "rule", rule).status()).isEqualTo(200);
        var asked = operator.post(
                "/operator/break-glass",
                Map.of("client", foreign.slug(), "reason", "A job of theirs hangs; ticket 4711", "minutes", 5));
        assertThat(asked.status()).as(asked.body()).isEqualTo(201);
        var grant = asked.json().get("id").asString();
        for (var act : List.of("/approve", "/end")) {
            opensNothing("POST", at(own) + glass + "%s" + act, grant, "{}");
            // The operators' own addresses are not there for others, whatever the id.
            var operators = "/operator/break-glass/%s" + act;
            var there = once(attacker).post(operators.formatted(grant), Map.of());
            assertThat(there.status()).isIn(403, 404);
            assertThat(there.body())
                    .isEqualTo(once(attacker)
                            .post(operators.formatted(ABSENT), Map.of())
                            .body());
        }
        // The control: it waited all the while, and opens to whom it belongs.
        var agreed = victim.post(at(foreign) + glass + grant + "/approve", Map.of());
        assertThat(agreed.status()).as(agreed.body()).isEqualTo(200);
    }

    @Test
    void aConsentToTheEndOfAnotherClientIsNotTakenBack() throws Exception {
        var consent = UUID.randomUUID();
        var now = Clock.systemUTC().instant().atOffset(java.time.ZoneOffset.UTC);
        var person = members.of(foreign, Role.REQUESTER);
        server.scope()
                .clientDo(
                        foreign.id(),
                        tx -> tx.db()
                                .sql("insert into exit_consent (id, person, at, expires_at) values (?, ?, ?, ?)")
                                .params(consent, person.value(), now, now.plus(Duration.ofDays(1)))
                                .update());
        opensNothing("DELETE", at(own) + "/exit/consents/%s", consent.toString(), null);
        var taken = Http.as(server, person).delete(at(foreign) + "/exit/consents/" + consent);
        assertThat(taken.status()).as("the control: " + taken.body()).isBetween(200, 299);
    }

    @Test
    void aPauseInAnotherProjectIsNotLifted() throws Exception {
        var mine = project("Mine");
        var beside = project("Beside");
        var person = members.of(own, Role.ANNOTATOR);
        long pause = server.scope()
                .client(
                        own.id(),
                        tx -> tx.db()
                                .sql(
                                        "insert into work_pause (project, person, reason, evidence) values (?, ?, 'gold', ?::jsonb) returning id")
                                .params(UUID.fromString(beside), person.value(), EVIDENCE)
                                .query(Long.class)
                                .single());
        var reason = "{\"reason\":\"a word with the person\"}";
        opensNothing("POST", at(own) + "/projects/" + mine + "/pauses/%s/lift", String.valueOf(pause), reason);
        var lifted =
                once(attacker).send("POST", at(own) + "/projects/" + beside + "/pauses/" + pause + "/lift", reason);
        assertThat(lifted.status()).as("the control: " + lifted.body()).isBetween(200, 299);
    }

    private String project(String name) {
        var made = once(attacker).post(at(own) + "/projects", Map.of("name", name, "template", "text-classification"));
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        return made.json().get("id").asString();
    }

    @Test
    void aKeyOfAnotherPersonIsNotRevoked() {
        var expiry = Clock.systemUTC().instant().plus(Duration.ofDays(2)).toString();
        var made = victim.post(
                "/api-keys",
                Map.of("name", "import", "client", foreign.slug(), "roles", List.of("requester"), "expiresAt", expiry));
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        var program = Http.of(server).key(made.json().path("key").asString());
        var id = victim.get("/api-keys").json().at("/items/0/id").asString();
        opensNothing("DELETE", "/api-keys/%s", id, null);
        assertThat(program.get(at(foreign)).status()).as("the control").isEqualTo(200);
        assertThat(victim.delete("/api-keys/" + id).status()).isEqualTo(204);
        assertThat(program.get(at(foreign)).status()).isEqualTo(401);
    }

    /** Below the operators' addresses, organisations and vendors: who is none is told the same of every id. */
    @Test
    void addressesOutsideClientsTellNobodyOfAnId() {
        var party = server.scope()
                .control(tx -> tx.db()
                        .sql("select id::text from organisation limit 1")
                        .query(String.class)
                        .optional());
        var real = party.orElse(foreign.id().value().toString());
        for (var door : List.of(
                "GET /departures/%s/certificate",
                "GET /operator/identity-providers/%s",
                "DELETE /operator/identity-providers/%s",
                "GET /operator/identity-providers/%s/scim-tokens",
                "PUT /organisations/%s/client",
                "GET /organisations/%s/holders",
                "POST /stakes/%s/end",
                "POST /vendors/%s/drain")) {
            var words = door.split(" ", -1);
            var body = words[0].startsWith("P") ? "{}" : null;
            var there = once(attacker).send(words[0], words[1].formatted(real), body);
            var nowhere = once(attacker).send(words[0], words[1].formatted(ABSENT), body);
            assertThat(there.status()).as(door + there.body()).isIn(403, 404);
            assertThat(there.body()).as(door).isEqualTo(nowhere.body());
        }
    }
}
