package io.etalon.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.etalon.server.testing.Http;
import io.etalon.server.testing.TestServer;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CredentialsTest {
    private final TestServer server = TestServer.shared();
    private final Cast cast = new Cast(server);

    @Test
    void refusesWritesThatAnotherSiteMadeTheBrowserSend() {
        var browser = Http.as(server, cast.person());
        var change = Map.of("name", "Changed");

        for (var forged : List.of(
                browser.with("X-Etalon-Csrf", ""),
                browser.with("Origin", "https://evil.example"),
                browser.with("Origin", "null"),
                browser.with("Sec-Fetch-Site", "cross-site"),
                browser.with("Sec-Fetch-Site", "same-site"))) {
            var answer = forged.patch("/me", change);
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.code()).isEqualTo("csrf");
        }
        assertThat(browser.get("/session").json().at("/person/name").asString()).isEqualTo("Somebody");

        var own = browser.with("Origin", server.url()).with("Sec-Fetch-Site", "same-origin");
        assertThat(own.patch("/me", change).status()).isEqualTo(200);
    }

    @Test
    void refusesASignInThatAnotherSiteMadeTheBrowserSend() {
        var answer = Http.of(server)
                .with("Origin", "https://evil.example")
                .post("/session", Map.of("email", "a@b.example", "password", "x"));
        assertThat(answer.code()).isEqualTo("csrf");
    }

    @Test
    void aSessionAndAFirstReplySurviveARestartAndSecretsDifferBetweenInstallations() throws Exception {
        try (var own = TestServer.start()) {
            var castThere = new Cast(own);
            var person = castThere.person();
            var token = own.part(Sessions.class).open(person).token();
            assertThat(Http.of(own).session(token).get("/session").status()).isEqualTo(200);
            assertThat(Http.of(server).session(token).get("/session").status()).isEqualTo(401);

            own.restart();

            assertThat(Http.of(own).session(token).get("/session").status()).isEqualTo(200);
            var passphrases = List.of(
                    Files.readString(own.data().resolve("keys/passphrase")),
                    Files.readString(server.data().resolve("keys/passphrase")));
            assertThat(passphrases).doesNotHaveDuplicates();
        }
    }

    @Test
    void aSessionEndsWhenItIsIdleTooLongOrTooOld() {
        var sessions = server.part(Sessions.class);
        for (var past : List.of("last_seen_at = now() - interval '12 hours 1 minute'", "expires_at = now()")) {
            var opened = sessions.open(cast.person());
            server.scope()
                    .controlDo(tx -> tx.db()
                            .sql("update session set " + past + " where id = ?")
                            .param(opened.id())
                            .update());
            assertThat(sessions.find(opened.token())).as(past).isEmpty();
        }
    }

    @Test
    void theDatabaseHoldsNoTokenThatOpensASession() {
        var opened = server.part(Sessions.class).open(cast.person());
        var hash = server.scope()
                .control(tx -> tx.db()
                        .sql("select token_hash from session where id = ?")
                        .param(opened.id())
                        .query(byte[].class)
                        .single());
        assertThat(hash).isEqualTo(Sha256.of(opened.token())).hasSize(32);
    }

    @Test
    void signingOutEndsTheSessionAtOnceAndSigningInGivesANewOne() {
        var person = cast.person();
        server.part(People.class).setPassword(person, Cast.PASSWORD);
        var first = server.part(Sessions.class).open(person).token();
        var browser = Http.of(server).session(first);

        var again = browser.post("/session", Map.of("email", cast.email(person), "password", Cast.PASSWORD));
        assertThat(again.status()).as(again.body()).isEqualTo(200);
        var second = again.header("Set-Cookie").replaceAll("etalon_session=([^;]*);.*", "$1");
        assertThat(second).isNotEqualTo(first).hasSize(43);
        assertThat(browser.get("/session").status()).isEqualTo(401);

        var newBrowser = Http.of(server).session(second);
        assertThat(newBrowser.delete("/session").status()).isEqualTo(204);
        assertThat(newBrowser.get("/session").status()).isEqualTo(401);
    }

    @Test
    void changingThePasswordAsksForTheOldOneAndEndsOtherSessions() {
        var person = cast.person();
        server.part(People.class).setPassword(person, Cast.PASSWORD);
        var here = Http.as(server, person);
        var elsewhere = Http.as(server, person);

        assertThat(here.put("/me/password", Map.of("current", "no", "password", "another good one 1"))
                        .code())
                .isEqualTo("wrong-password");
        var weak = here.put("/me/password", Map.of("current", Cast.PASSWORD, "password", "short"));
        assertThat(weak.status()).isEqualTo(400);
        assertThat(weak.json().at("/faults/0/pointer").asString()).isEqualTo("/password");
        assertThat(here.put("/me/password", Map.of("current", Cast.PASSWORD, "password", "another good one 1"))
                        .status())
                .isEqualTo(204);
        assertThat(here.get("/session").status()).isEqualTo(200);
        assertThat(elsewhere.get("/session").status()).isEqualTo(401);
    }

    @Test
    void slowsDownWhoGuessesPasswordsAndTellsWhenToComeBack() {
        var person = cast.person();
        server.part(People.class).setPassword(person, Cast.PASSWORD);
        var right = Map.of("email", cast.email(person), "password", Cast.PASSWORD);
        var wrong = Map.of("email", cast.email(person), "password", "guess");
        assertThat(Http.of(server).post("/session", right).status()).isEqualTo(200);
        for (var i = 0; i < SignIn.PER_ACCOUNT_AND_ADDRESS; i++) {
            assertThat(Http.of(server).post("/session", wrong).status()).isEqualTo(401);
        }

        var answer = Http.of(server).post("/session", right);

        assertThat(answer.status()).isEqualTo(429);
        assertThat(Integer.parseInt(answer.header("Retry-After"))).isBetween(1, 901);
    }

    @Test
    void aKeyOpensItsClientWithItsRolesUntilItIsRevokedOrExpires() throws Exception {
        var client = cast.client("keys-one");
        var member = cast.member(client, Role.REQUESTER, Role.AUDITOR);
        var browser = Http.as(server, member);
        var expiry = server.part(java.time.Clock.class)
                .instant()
                .plus(Duration.ofDays(30))
                .toString();

        var made = browser.post(
                "/api-keys",
                Map.of("name", "import", "client", "keys-one", "roles", List.of("auditor"), "expiresAt", expiry));
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        var secret = made.json().path("key").asString();
        var program = Http.of(server).key(secret);

        assertThat(program.get("/clients/keys-one").json().path("roles").toString())
                .isEqualTo("[\"auditor\"]");
        assertThat(program.get("/clients/keys-one/people").status()).isEqualTo(403);
        assertThat(program.get("/session").code()).isEqualTo("session-required");
        assertThat(program.get("/api-keys").code()).isEqualTo("session-required");
        assertThat(browser.get("/api-keys").body()).doesNotContain(secret).contains("\"lastUsedOn\"");
        assertThat(Http.as(server, cast.person())
                        .delete("/api-keys/" + made.json().path("id").asString())
                        .status())
                .isEqualTo(404);

        assertThat(browser.delete("/api-keys/" + made.json().path("id").asString())
                        .status())
                .isEqualTo(204);
        assertThat(program.get("/clients/keys-one").status()).isEqualTo(401);

        var second = cast.key(member, client, Role.AUDITOR);
        server.scope()
                .controlDo(tx -> tx.db()
                        .sql("update api_key set expires_at = now() where person = ?")
                        .param(member.value())
                        .update());
        assertThat(Http.of(server).key(second).get("/clients/keys-one").status())
                .isEqualTo(401);
    }

    @Test
    void aKeyNeverHoldsMoreThanItsMaker() throws Exception {
        var client = cast.client("keys-two");
        var other = cast.client("keys-three");
        var member = cast.member(client, Role.REQUESTER);
        var browser = Http.as(server, member);
        var expiry = server.part(java.time.Clock.class)
                .instant()
                .plus(Duration.ofDays(1))
                .toString();

        assertThat(browser.post("/api-keys", body("keys-two", "quality_lead", expiry))
                        .status())
                .isEqualTo(403);
        assertThat(browser.post("/api-keys", body(other.slug(), "requester", expiry))
                        .status())
                .isEqualTo(404);
        assertThat(browser.post("/api-keys", body("no-such-client", "requester", expiry))
                        .status())
                .isEqualTo(404);

        var secret = cast.key(member, client, Role.REQUESTER);
        assertThat(Http.of(server).key(secret).get("/clients/keys-two/people").status())
                .isEqualTo(200);
        server.part(Grants.class).revoke(Grants.By.SYSTEM, member, client.id(), Role.REQUESTER);
        assertThat(Http.of(server).key(secret).get("/clients/keys-two/people").status())
                .isEqualTo(404);
    }

    @Test
    void whatWasGivenToASessionEndsWithIt() throws Exception {
        var client = cast.client("alive-one");
        var member = cast.member(client, Role.ANNOTATOR);
        var credentials = server.part(Credentials.class);
        var session = server.part(Sessions.class).open(member).id();

        assertThat(credentials.isAlive(client.id(), member, session.toString())).isTrue();
        assertThat(credentials.isAlive(client.id(), cast.person(), session.toString()))
                .isFalse();
        assertThat(credentials.isAlive(client.id(), member, "no id")).isFalse();
        server.part(Sessions.class).close(session);
        assertThat(credentials.isAlive(client.id(), member, session.toString())).isFalse();
    }

    private static Map<String, Object> body(String client, String role, String expiry) {
        return Map.of("name", "k", "client", client, "roles", List.of(role), "expiresAt", expiry);
    }
}
