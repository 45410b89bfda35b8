package io.etalon.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.etalon.server.testing.Http;
import io.etalon.server.testing.TestServer;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class LinksTest {
    private static final int AT_ONCE = 64;
    private final TestServer server = TestServer.shared();
    private final Cast cast = new Cast(server);
    private final SetupLinks links = server.part(SetupLinks.class);

    private static String token(String link) {
        return link.substring(link.lastIndexOf('/') + 1);
    }

    /** Answers of many calls that begin together. */
    private static <T> List<T> together(Callable<T> call) throws Exception {
        var start = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var calls = new ArrayList<java.util.concurrent.Future<T>>();
            for (var i = 0; i < AT_ONCE; i++) {
                calls.add(threads.submit(() -> {
                    start.await();
                    return call.call();
                }));
            }
            start.countDown();
            var answers = new ArrayList<T>();
            for (var future : calls) {
                answers.add(future.get());
            }
            return answers;
        }
    }

    @Test
    void ofManyUsesAtOnceOneSignsIn() throws Exception {
        var token = token(links.issue(cast.person(), Duration.ofMinutes(5)));

        var won = together(() -> {
            try {
                links.use(token);
                return true;
            } catch (io.etalon.server.base.EtalonException e) {
                assertThat(e.code()).isEqualTo(SetupLinks.LINK_SPENT);
                return false;
            }
        });

        assertThat(won).hasSize(AT_ONCE).containsOnlyOnce(true);
    }

    @Test
    void aLinkSignsInOnceAndTellsThatThereIsNoCredentialYet() {
        var token = token(links.issue(cast.person(), Duration.ofMinutes(5)));

        var first = Http.of(server).post("/session/link", Map.of("token", token));
        var again = Http.of(server).post("/session/link", Map.of("token", token));

        assertThat(first.status()).isEqualTo(200);
        assertThat(first.json().path("setup").asBoolean()).isTrue();
        assertThat(again.status()).isEqualTo(401);
        assertThat(again.code()).isEqualTo("link-spent");
    }

    @Test
    void anExpiredLinkSignsNobodyIn() {
        var token = token(links.issue(cast.person(), Duration.ZERO));
        assertThat(Http.of(server).post("/session/link", Map.of("token", token)).code())
                .isEqualTo("link-spent");
    }

    @Test
    void theFirstOperatorsLinkIsKeptForItsOwnerAloneAndRemovedWithItsUse() throws Exception {
        try (var own = TestServer.start()) {
            var link = own.part(SetupLinks.class).issueForFirstOperator().orElseThrow();
            var file = own.data().resolve("setup-link");
            assertThat(Files.readString(file).strip()).isEqualTo(link);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");

            var session = Http.of(own).post("/session/link", Map.of("token", token(link)));
            assertThat(session.json().at("/roles/0/role").asString()).isEqualTo("operator");
            assertThat(file).doesNotExist();

            var operator =
                    Http.of(own).session(session.header("Set-Cookie").replaceAll("etalon_session=([^;]*);.*", "$1"));
            assertThat(operator.patch("/me", Map.of("email", "root@example.org", "name", "Root"))
                            .status())
                    .isEqualTo(200);
            assertThat(operator.put("/me/password", Map.of("password", Cast.PASSWORD))
                            .status())
                    .isEqualTo(204);
            assertThat(operator.patch("/me", Map.of("email", "else@example.org"))
                            .status())
                    .isEqualTo(400);
            assertThat(own.part(SetupLinks.class).issueForFirstOperator()).isEmpty();

            var made = operator.with("Idempotency-Key", "k1").post("/clients", Map.of("slug", "acme", "name", "Acme"));
            assertThat(made.status()).as(made.body()).isEqualTo(201);
            var replay =
                    operator.with("Idempotency-Key", "k1").post("/clients", Map.of("slug", "acme", "name", "Acme"));
            assertThat(replay.body()).isEqualTo(made.body());
            assertThat(replay.header("Idempotent-Replay")).isEqualTo("true");
            assertThat(operator.with("Idempotency-Key", "k1")
                            .post("/clients", Map.of("slug", "other", "name", "Acme"))
                            .status())
                    .isEqualTo(422);
        }
    }

    @Test
    void anInvitationBringsAPersonInOnceWithItsRoles() throws Exception {
        var client = cast.client("invite-one");
        var requester = Http.as(server, cast.member(client, Role.REQUESTER));
        var invitation = requester.post(
                "/clients/invite-one/invitations",
                Map.of("email", "New@Invite.example", "roles", List.of("annotator", "reviewer")));
        assertThat(invitation.status()).as(invitation.body()).isEqualTo(201);
        var token = invitation.json().path("token").asString();

        var offer = Http.of(server).post("/invitations/look-up", Map.of("token", token));
        assertThat(offer.json().path("email").asString()).isEqualTo("new@invite.example");
        var accept = Map.of("token", token, "name", "New", "password", Cast.PASSWORD);
        var answers = together(
                () -> Http.of(server).post("/invitations/accept", accept).status());

        assertThat(answers).containsOnlyOnce(200);
        assertThat(requester.get("/clients/invite-one/people").body()).containsOnlyOnce("new@invite.example");
        assertThat(Http.of(server)
                        .post("/invitations/look-up", Map.of("token", token))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void anInvitationTakesNoAccountOver() throws Exception {
        var client = cast.client("invite-two");
        var victim = cast.person();
        server.part(People.class).setPassword(victim, Cast.PASSWORD);
        var attacker = Http.as(server, cast.member(client, Role.REQUESTER));
        var token = attacker.post(
                        "/clients/invite-two/invitations",
                        Map.of("email", cast.email(victim), "roles", List.of("annotator")))
                .json()
                .path("token")
                .asString();

        var taken = attacker.post(
                "/invitations/accept", Map.of("token", token, "name", "Me", "password", "my own password 1"));
        assertThat(taken.code()).isEqualTo("bad-credentials");
        assertThat(server.part(Grants.class).rolesAt(victim, client.id())).isEmpty();

        var rightful = Http.of(server).post("/invitations/accept", Map.of("token", token, "password", Cast.PASSWORD));
        assertThat(rightful.status()).as(rightful.body()).isEqualTo(200);
        assertThat(server.part(Grants.class).rolesAt(victim, client.id())).containsExactly(Role.ANNOTATOR);
    }

    @Test
    void everyoneInvitesWithinHisRightOnly() throws Exception {
        var client = cast.client("invite-three");
        var operator = Http.as(server, cast.operator());
        var path = "/clients/invite-three/invitations";
        assertThat(operator.post(path, body("annotator")).status()).isEqualTo(403);
        assertThat(operator.post(path, body("requester")).status()).isEqualTo(201);

        var requester = Http.as(server, cast.member(client, Role.REQUESTER));
        assertThat(operator.post(path, body("requester")).status()).isEqualTo(403);
        assertThat(requester.post(path, body("operator")).status()).isEqualTo(400);
        var workforce =
                requester.post("/clients/invite-three/workforces", Map.of("name", "Studio", "kind", "in_house"));
        assertThat(workforce.status()).as(workforce.body()).isEqualTo(201);
        var id = workforce.json().path("id").asString();

        var manager = cast.person();
        server.part(Grants.class)
                .grant(
                        Grants.By.SYSTEM,
                        manager,
                        client.id(),
                        List.of(Role.WORKFORCE_MANAGER),
                        java.util.UUID.fromString(id));
        var browser = Http.as(server, manager);
        assertThat(browser.post(path, into("annotator", id)).status()).isEqualTo(201);
        assertThat(browser.post(path, body("annotator")).status()).isEqualTo(403);
        assertThat(browser.post(path, into("requester", id)).status()).isEqualTo(403);
        assertThat(browser.get(path).json().path("items").size()).isEqualTo(1);
        assertThat(requester.get(path).json().path("items").size()).isEqualTo(2);
        var hidden = requester.get(path).json().at("/items/0/id").asString();
        assertThat(browser.delete(path + "/" + hidden).status()).isEqualTo(404);
        assertThat(requester.delete(path + "/" + hidden).status()).isEqualTo(204);
    }

    private static Map<String, Object> body(String role) {
        return Map.of("email", "somebody@invite.example", "roles", List.of(role));
    }

    private static Map<String, Object> into(String role, String workforce) {
        return Map.of("email", "somebody@invite.example", "roles", List.of(role), "workforce", workforce);
    }
}
