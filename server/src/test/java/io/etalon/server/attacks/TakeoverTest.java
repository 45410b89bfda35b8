package io.etalon.server.attacks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.etalon.server.access.Grants;
import io.etalon.server.access.People;
import io.etalon.server.access.Role;
import io.etalon.server.access.Sessions;
import io.etalon.server.fuzz.Door;
import io.etalon.server.testing.Http;
import io.etalon.server.testing.TestServer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Becoming somebody else or more than one is.
 *
 * <p>CVE-2023-43791 (Label Studio: hard-coded key, forged sessions), CVE-2026-23526 (CVAT: staff made themselves superuser),
 * CVE-2026-22033 (Label Studio: the own token readable, so that a script takes it), CVE-2025-54573 (CVAT: another way in with
 * fewer checks), CVE-2023-47117 (Label Studio: filters over any field of any table), CVE-2026-2108 (COCO Annotator: work
 * queued without a session).
 */
final class TakeoverTest {
    private static TestServer server;
    private static Estate estate;
    private static Map<String, String> ids;
    private static List<Door> doors;

    @BeforeAll
    static void fill() throws Exception {
        server = TestServer.shared();
        estate = new Estate(server, "attack-takeover");
        ids = new LinkedHashMap<>(estate.holdings());
        ids.putAll(estate.project("Work"));
        doors = Door.of(Http.of(server).get("//openapi.json").json());
    }

    private static String unsigned(String header, String claims) {
        var url = Base64.getUrlEncoder().withoutPadding();
        return url.encodeToString(header.getBytes(UTF_8)) + "." + url.encodeToString(claims.getBytes(UTF_8)) + ".";
    }

    @Test
    void aSessionThatWasMadeUpOrChangedOpensNothing() {
        var person = estate.person(Estate.OWNER);
        var good = server.part(Sessions.class).open(person).token();
        assertThat(Http.of(server).session(good).get("/session").status()).isEqualTo(200);
        var forged = new ArrayList<>(List.of(
                unsigned("{\"alg\":\"none\"}", "{\"sub\":\"" + person.value() + "\"}"),
                Base64.getEncoder().encodeToString(("{\"_auth_user_id\":\"" + person.value() + "\"}").getBytes(UTF_8)),
                person.value().toString(),
                good.substring(0, good.length() - 1),
                good + "A",
                (good.charAt(0) == 'A' ? 'B' : 'A') + good.substring(1)));
        for (var token : forged) {
            assertThat(Http.of(server).session(token).get("/session").status())
                    .as(token)
                    .isEqualTo(401);
            assertThat(Http.of(server).key(token).get("/session").status())
                    .as(token)
                    .isEqualTo(401);
        }
        assertThat(Http.of(server).key(good).get("/session").status())
                .as("a session's token is no key")
                .isEqualTo(401);
    }

    @Test
    void nobodyGivesHimselfARole() {
        var grants = server.part(Grants.class);
        for (var role : List.of(Role.ANNOTATOR, Role.REVIEWER, Role.WORKFORCE_MANAGER, Role.REQUESTER)) {
            var name = "climber-" + role;
            var climber = estate.join(name.toLowerCase(java.util.Locale.ROOT), Set.of(role));
            var http = Http.as(server, climber);
            var email = server.part(People.class).get(climber).email();
            var refused = new ArrayList<Http.Answer>();
            refused.add(http.patch("/me", Map.of("roles", List.of("operator"))));
            refused.add(http.patch("/me", Map.of("operator", true, "is_superuser", true)));
            refused.add(http.put("/me/profile", Map.of("roles", List.of("requester"))));
            refused.add(
                    http.post(estate.path() + "/invitations", Map.of("email", email, "roles", List.of("operator"))));
            refused.add(http.post("/clients", Map.of("slug", "mine-" + name.length(), "name", "Mine")));
            refused.add(http.post("/organisations", Map.of("name", "Mine")));
            refused.add(http.post("/stakes", Map.of()));
            refused.add(http.post(
                    "/operator/break-glass",
                    Map.of("client", estate.client.slug(), "minutes", 60, "reason", "I want to")));
            refused.add(http.post(
                    "/api-keys",
                    Map.of(
                            "name",
                            "more",
                            "client",
                            estate.client.slug(),
                            "roles",
                            List.of("auditor"),
                            "expiresAt",
                            "2099-01-01T00:00:00Z")));
            for (var answer : refused) {
                assertThat(answer.status())
                        .as(role + " " + answer.raw().uri() + answer.body())
                        .isBetween(400, 499);
            }
            if (role != Role.REQUESTER) {
                var invited = http.post(
                        estate.path() + "/invitations", Map.of("email", email, "roles", List.of("requester")));
                assertThat(invited.status()).as(invited.body()).isEqualTo(403);
            }
            assertThat(grants.rolesAt(climber, estate.client.id())).containsExactly(role);
        }
    }

    /** Every read that an owner has, in search of what was shown once. */
    @Test
    void noReadShowsASecretAgain() {
        var owner = estate.as(Estate.OWNER);
        var session =
                server.part(Sessions.class).open(estate.person(Estate.OWNER)).token();
        var key = owner.post(
                        "/api-keys",
                        Map.of(
                                "name", "once",
                                "client", estate.client.slug(),
                                "roles", List.of("auditor"),
                                "expiresAt",
                                        server.part(java.time.Clock.class)
                                                .instant()
                                                .plusSeconds(86_400)
                                                .toString()))
                .json();
        var invited = owner.post(
                        estate.path() + "/invitations",
                        Map.of("email", "once@estate.example", "roles", List.of("annotator")))
                .json();
        var secrets = List.of(
                session,
                key.findValue("key").asString(),
                invited.findValue("token").asString());
        assertThat(secrets).allMatch(secret -> secret.length() > 20);
        var read = 0;
        for (var door : doors) {
            if (door.method().equals("GET") && !door.endless()) {
                var answer = Http.of(server).session(session).get(door.at(ids, "1"));
                read += answer.status() == 200 ? 1 : 0;
                assertThat(secrets.stream().filter(answer.body()::contains))
                        .as(door.toString())
                        .isEmpty();
            }
        }
        assertThat(read).isGreaterThan(40);
        assertThat(key.toString()).as("the control: the first reply shows it").contains(secrets.get(1));
    }

    @Test
    void everyReadRefusesAFilterOrAnOrderThatIsNotOnItsList() {
        var owner = estate.as(Estate.OWNER);
        var walked = 0;
        for (var door : doors) {
            if (door.method().equals("GET") && !door.endless()) {
                for (var query : List.of(
                        "created_by__password__startswith=a",
                        "filter%5Bperson.password%5D=a",
                        "ordering=-password",
                        "fields=secret")) {
                    var answer = owner.get(door.at(ids, "1") + "?" + query);
                    assertThat(answer.status())
                            .as(door + "?" + query)
                            .isBetween(400, 404)
                            .isNotIn(401, 402);
                    walked += answer.status() == 400 ? 1 : 0;
                }
                if (door.query().contains("sort")) {
                    for (var field : List.of("password", "person.email", "sha256", "name;--", "(select+1)")) {
                        assertThat(owner.get(door.at(ids, "1") + "?sort=" + field)
                                        .status())
                                .as(door + " by " + field)
                                .isEqualTo(400);
                    }
                }
            }
        }
        assertThat(walked).isGreaterThan(150);
    }

    @Test
    void whoIsNotSignedInQueuesNoWork() {
        var at = estate.path() + "/projects/" + ids.get("project");
        var owner = estate.as(Estate.OWNER);
        var before = owner.get(at + "/jobs").json().get("items").size();
        for (var i = 0; i < 10; i++) {
            for (var work : List.of("/exports", "/scrubs", "/reencryptions", "/releases", "/imports?name=a.jsonl")) {
                var answer = Http.of(server)
                        .with("Idempotency-Key", "flood-" + i)
                        .with("X-Etalon-Csrf", "1")
                        .post(at + work, "{}");
                assertThat(answer.status()).as(work).isEqualTo(401);
            }
        }
        assertThat(owner.get(at + "/jobs").json().get("items")).hasSize(before);
    }
}
