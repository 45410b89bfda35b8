package io.etalon.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.etalon.server.base.Ids;
import io.etalon.server.testing.Http;
import io.etalon.server.testing.TestServer;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PasskeyTest {
    private final TestServer server = TestServer.shared();
    private final Cast cast = new Cast(server);

    private SoftAuthenticator authenticator(String origin) throws Exception {
        return new SoftAuthenticator(origin, server.part(Ids.class).bytes(20));
    }

    private Http.Answer register(Http browser, SoftAuthenticator authenticator) throws Exception {
        var options = browser.send("POST", "/me/passkeys/options", null);
        assertThat(options.status()).as(options.body()).isEqualTo(200);
        return browser.post("/me/passkeys", Map.of("label", "key", "credential", authenticator.create(options.json())));
    }

    private Http.Answer signIn(SoftAuthenticator authenticator) throws Exception {
        var options = Http.of(server).send("POST", "/session/passkey/options", null);
        return Http.of(server).post("/session/passkey", Map.of("credential", authenticator.get(options.json())));
    }

    @Test
    void signsInWithAPasskeyUntilItIsDeleted() throws Exception {
        var person = cast.person();
        var browser = Http.as(server, person);
        var authenticator = authenticator(server.url());

        var made = register(browser, authenticator);
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        assertThat(made.json().path("lastUsedAt").isNull()).as(made.body()).isTrue();
        var session = signIn(authenticator);
        assertThat(browser.get("/me/passkeys").json().at("/items/0/lastUsedAt").asString())
                .isNotEmpty();
        assertThat(session.status()).as(session.body()).isEqualTo(200);
        assertThat(session.json().at("/person/id").asString()).isEqualTo(person.toString());
        assertThat(session.json().path("passkeys").asInt()).isEqualTo(1);
        assertThat(session.header("Set-Cookie")).contains("etalon_session=");

        var stranger = Http.as(server, cast.person());
        var id = made.json().path("id").asString();
        assertThat(stranger.delete("/me/passkeys/" + id).status()).isEqualTo(404);
        assertThat(browser.delete("/me/passkeys/" + id).status()).isEqualTo(204);
        assertThat(signIn(authenticator).code()).isEqualTo("passkey-refused");
    }

    @Test
    void refusesAReplayAForeignOriginAnUnverifiedUserAndATurnedBackCounter() throws Exception {
        var browser = Http.as(server, cast.person());
        var authenticator = authenticator(server.url());
        assertThat(register(browser, authenticator).status()).isEqualTo(201);

        var options =
                Http.of(server).send("POST", "/session/passkey/options", null).json();
        var answer = Map.of("credential", authenticator.get(options));
        assertThat(Http.of(server).post("/session/passkey", answer).status()).isEqualTo(200);
        assertThat(Http.of(server).post("/session/passkey", answer).code()).isEqualTo("passkey-refused");

        authenticator.turnCounterBackTo(1);
        assertThat(signIn(authenticator).code()).isEqualTo("passkey-refused");
        authenticator.turnCounterBackTo(100);
        assertThat(signIn(authenticator).status()).isEqualTo(200);
        authenticator.doesNotVerifyTheUser();
        assertThat(signIn(authenticator).code()).isEqualTo("passkey-refused");

        assertThat(register(browser, authenticator("https://evil.example")).status())
                .isEqualTo(400);
        assertThat(browser.get("/me/passkeys").json().path("items").size()).isEqualTo(1);
        assertThat(Http.of(server)
                        .post("/session/passkey", "{\"credential\":{\"id\":[]}}")
                        .code())
                .isEqualTo("passkey-refused");
    }

    @Test
    void keepsAPasskeyForTheSessionThatAskedForItAlone() throws Exception {
        var asked = Http.as(server, cast.person());
        var other = Http.as(server, cast.person());
        var options = asked.send("POST", "/me/passkeys/options", null).json();
        var body = Map.of(
                "label", "stolen", "credential", authenticator(server.url()).create(options));
        assertThat(other.post("/me/passkeys", body).status()).isEqualTo(400);
    }
}
