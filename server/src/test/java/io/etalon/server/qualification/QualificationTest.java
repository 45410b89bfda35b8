package io.etalon.server.qualification;

import static org.assertj.core.api.Assertions.assertThat;

import io.etalon.server.access.Grants;
import io.etalon.server.access.People;
import io.etalon.server.access.Role;
import io.etalon.server.audit.AuditLog;
import io.etalon.server.audit.EntryFilter;
import io.etalon.server.base.PersonId;
import io.etalon.server.tenant.Client;
import io.etalon.server.testing.Http;
import io.etalon.server.testing.TestServer;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Qualifications as quality leads grant them and queues ask for them. */
final class QualificationTest {
    private static TestServer server;
    private static Client client;
    private static PersonId lead;
    private static PersonId anna;

    @BeforeAll
    static void start() throws Exception {
        server = TestServer.shared();
        client = server.clients().create("qualified", "Qualified");
        lead = person(Role.QUALITY_LEAD);
        anna = person(Role.ANNOTATOR);
    }

    private static PersonId person(Role... roles) {
        var id = server.part(People.class)
                .create("q-" + UUID.randomUUID() + "@qualified.example", "Somebody")
                .id();
        server.part(Grants.class).grant(Grants.By.SYSTEM, id, client.id(), Set.of(roles), null);
        return id;
    }

    private static String path(PersonId person) {
        return "/clients/qualified/people/" + person + "/qualifications";
    }

    private static Set<String> held(PersonId person) {
        return server.part(Qualifications.class).of(client.id(), person);
    }

    @Test
    void isHeldFromItsGrantToItsRevocationAndKeepsItsHistory() {
        var http = Http.as(server, lead);
        assertThat(held(anna)).isEmpty();
        var granted = http.with("Idempotency-Key", "g1").post(path(anna), Map.of("key", "reads-coins", "note", "exam"));
        assertThat(granted.status()).as(granted.body()).isEqualTo(201);
        assertThat(held(anna)).containsExactly("reads-coins");
        var again = http.with("Idempotency-Key", "g1").post(path(anna), Map.of("key", "reads-coins", "note", "exam"));
        assertThat(again.header("Idempotent-Replay")).isEqualTo("true");
        assertThat(http.post(path(anna) + "/reads-coins/revocation", "").status())
                .isEqualTo(200);
        assertThat(held(anna)).isEmpty();
        var line = http.get(path(anna)).json().path("items").get(0);
        assertThat(line.path("held").asBoolean()).isFalse();
        server.part(AuditLog.class).flush(client.id());
        var written = server.part(AuditLog.class).entries(client.id(), EntryFilter.ALL, 0, 100).stream()
                .filter(entry -> entry.toString().contains("reads-coins"))
                .count();
        assertThat(written).isEqualTo(2);
    }

    @Test
    void endsAtItsExpiry() {
        var ben = person(Role.ANNOTATOR);
        var now = server.part(Clock.class).instant();
        var soon = now.plus(Duration.ofMillis(400));
        server.part(Qualifications.class).grant(client.id(), ben, "german", soon, "{}", Grants.By.SYSTEM);
        assertThat(held(ben)).containsExactly("german");
        while (server.part(Clock.class).instant().isBefore(soon)) {
            Thread.onSpinWait();
        }
        assertThat(held(ben)).isEmpty();
        var past = Http.as(server, lead).post(path(ben), Map.of("key", "german", "expiresAt", now.toString()));
        assertThat(past.status()).isEqualTo(400);
    }

    @Test
    void knowsMembersOfTheClientOnlyAndTakesGrantsFromQualityLeadsOnly() {
        var stranger = server.part(People.class)
                .create("stranger-q@qualified.example", "Stranger")
                .id();
        assertThat(Http.as(server, lead)
                        .post(path(stranger), Map.of("key", "x"))
                        .status())
                .isEqualTo(404);
        assertThat(Http.as(server, anna).post(path(anna), Map.of("key", "x")).status())
                .isEqualTo(403);
        assertThat(Http.as(server, lead)
                        .post(path(anna), Map.of("key", "Ünfit"))
                        .status())
                .isEqualTo(400);
    }
}
