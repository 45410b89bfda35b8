package io.etalon.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.etalon.server.base.Ids;
import io.etalon.server.base.PersonId;
import io.etalon.server.testing.Http;
import io.etalon.server.testing.TestServer;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SecondFactorTest {
    private static final String ASKED = "second-factor-required";

    private final TestServer server = TestServer.shared();
    private final Cast cast = new Cast(server);

    private static SoftAuthenticator passkey(TestServer server, Http browser) throws Exception {
        var authenticator =
                new SoftAuthenticator(server.url(), server.part(Ids.class).bytes(20));
        var options = browser.send("POST", "/me/passkeys/options", null);
        assertThat(options.status()).as(options.body()).isEqualTo(200);
        var made = browser.post(
                "/me/passkeys", Map.of("label", "key", "credential", authenticator.create(options.json())));
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        return authenticator;
    }

    private static Http signedIn(TestServer server, Http from, SoftAuthenticator authenticator) throws Exception {
        var options = Http.of(server).send("POST", "/session/passkey/options", null);
        var session = from.post("/session/passkey", Map.of("credential", authenticator.get(options.json())));
        assertThat(session.status()).as(session.body()).isEqualTo(200);
        assertThat(session.json().path("strong").asBoolean()).isTrue();
        return Http.of(server).session(session.header("Set-Cookie").replaceAll("etalon_session=([^;]*);.*", "$1"));
    }

    private Http strong(PersonId person) throws Exception {
        var browser = Http.as(server, person);
        return signedIn(server, browser, passkey(server, browser));
    }

    private Http.Answer ask(Http browser, String slug, boolean required) {
        return browser.put("/clients/" + slug + "/second-factor", Map.of("required", required));
    }

    @Test
    void aWeakSessionIsRefusedAtTheClientsDoorsAndComesInByItsFirstPasskey() throws Exception {
        var client = cast.client("factor-doors");
        var requester = strong(cast.member(client, Role.REQUESTER));
        var member = cast.member(client, Role.ANNOTATOR);
        var weak = Http.as(server, member);
        assertThat(weak.get("/clients/factor-doors").status()).isEqualTo(200);

        var set = ask(requester, "factor-doors", true);
        assertThat(set.status()).as(set.body()).isEqualTo(200);
        assertThat(set.json().path("people").asInt()).isEqualTo(1);

        for (var door :
                List.of("/clients/factor-doors", "/clients/factor-doors/projects", "/me/profile", "/api-keys")) {
            var refused = weak.get(door);
            assertThat(refused.status()).as(door).isEqualTo(403);
            assertThat(refused.code()).as(door).isEqualTo(ASKED);
            assertThat(refused.json().path("detail").asString()).contains("passkey");
        }
        assertThat(requester.get("/clients/factor-doors").status()).isEqualTo(200);
        var who = weak.get("/session");
        assertThat(who.json().path("strong").asBoolean()).isFalse();
        assertThat(who.json().at("/roles/0/shut").asBoolean()).isTrue();

        var passkey = passkey(server, weak);
        assertThat(weak.get("/clients/factor-doors").code()).isEqualTo(ASKED);
        var strong = signedIn(server, weak, passkey);
        assertThat(strong.get("/clients/factor-doors").status()).isEqualTo(200);
        assertThat(strong.get("/session").json().at("/roles/0/shut").isMissingNode())
                .isTrue();
        assertThat(weak.get("/session").status()).isEqualTo(401);

        assertThat(ask(requester, "factor-doors", false).status()).isEqualTo(200);
        assertThat(Http.as(server, member).get("/clients/factor-doors").status())
                .isEqualTo(200);
    }

    @Test
    void aRuleOfOneClientShutsNoDoorOfAnother() throws Exception {
        var asking = cast.client("factor-asking");
        var easy = cast.client("factor-easy");
        var member = cast.member(asking, Role.ANNOTATOR);
        server.part(Grants.class).grant(Grants.By.SYSTEM, member, easy.id(), java.util.Set.of(Role.ANNOTATOR), null);
        ask(strong(cast.member(asking, Role.REQUESTER)), "factor-asking", true);

        var weak = Http.as(server, member);
        assertThat(weak.get("/clients/factor-asking").code()).isEqualTo(ASKED);
        assertThat(weak.get("/clients/factor-easy").status()).isEqualTo(200);
        assertThat(Http.as(server, cast.person()).get("/clients/factor-asking").status())
                .isEqualTo(404);
    }

    @Test
    void nobodySwitchesTheRuleOnThatWouldShutHimOut() throws Exception {
        var client = cast.client("factor-self");
        var requester = cast.member(client, Role.REQUESTER);
        assertThat(ask(Http.as(server, requester), "factor-self", true).code()).isEqualTo(ASKED);
        var key = Http.of(server).key(cast.key(requester, client, Role.REQUESTER));
        assertThat(ask(key, "factor-self", true).code()).isEqualTo("session-required");
        assertThat(Http.as(server, requester)
                        .get("/clients/factor-self/second-factor")
                        .json()
                        .path("required")
                        .asBoolean())
                .isFalse();
    }

    @Test
    void whoHasThePasswordAloneMakesNoPasskeyBesideThePersonsOwn() throws Exception {
        var client = cast.client("factor-stolen");
        var owner = cast.member(client, Role.REQUESTER);
        var own = strong(owner);
        var thief = Http.as(server, owner);
        ask(own, "factor-stolen", true);

        assertThat(thief.send("POST", "/me/passkeys/options", null).code()).isEqualTo(ASKED);
        var id = own.get("/me/passkeys").json().at("/items/0/id").asString();
        assertThat(thief.delete("/me/passkeys/" + id).code()).isEqualTo(ASKED);
        assertThat(thief.put("/me/password", Map.of("password", "another good one 1"))
                        .code())
                .isEqualTo(ASKED);
        assertThat(thief.patch("/me", Map.of("name", "Thief")).code()).isEqualTo(ASKED);
    }

    @Test
    void aKeyOpensWhatAsksForASecondFactorOnlyWhenOneMadeIt() throws Exception {
        var client = cast.client("factor-keys");
        var owner = cast.member(client, Role.REQUESTER);
        var before = Http.of(server).key(cast.key(owner, client, Role.REQUESTER));
        var own = strong(owner);
        assertThat(ask(own, "factor-keys", true).json().path("keys").asInt()).isEqualTo(1);

        assertThat(before.get("/clients/factor-keys").code()).isEqualTo(ASKED);
        var expiry = server.part(Clock.class).instant().plus(Duration.ofDays(1)).toString();
        var body = Map.of("name", "k", "client", "factor-keys", "roles", List.of("requester"), "expiresAt", expiry);
        assertThat(Http.as(server, owner).post("/api-keys", body).code()).isEqualTo(ASKED);
        var made = own.post("/api-keys", body);
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        assertThat(Http.of(server)
                        .key(made.json().path("key").asString())
                        .get("/clients/factor-keys")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void whatWasGivenToAWeakSessionEndsWithTheRule() throws Exception {
        var client = cast.client("factor-alive");
        var member = cast.member(client, Role.ANNOTATOR);
        var session = server.part(Sessions.class).open(member).id().toString();
        var credentials = server.part(Credentials.class);
        assertThat(credentials.isAlive(client.id(), member, session)).isTrue();
        ask(strong(cast.member(client, Role.REQUESTER)), "factor-alive", true);
        assertThat(credentials.isAlive(client.id(), member, session)).isFalse();
        var strong = server.part(Sessions.class).open(member, Way.PASSKEY, true);
        assertThat(credentials.isAlive(client.id(), member, strong.id().toString()))
                .isTrue();
    }

    @Test
    void operatorsAreAskedWhereTheInstallationSaysSo() throws Exception {
        var setting = "etalon.operators.second-factor";
        System.setProperty(setting, "true");
        try (var own = TestServer.start()) {
            var operator = new Cast(own).operator();
            var weak = Http.as(own, operator);
            assertThat(weak.get("/operator/identity-providers").code()).isEqualTo(ASKED);
            assertThat(weak.post("/clients", Map.of("slug", "none", "name", "None"))
                            .code())
                    .isEqualTo(ASKED);
            assertThat(weak.get("/clients").json().path("items").size()).isZero();
            var strong = signedIn(own, weak, passkey(own, weak));
            assertThat(strong.get("/operator/identity-providers").status()).isEqualTo(200);
        } finally {
            System.clearProperty(setting);
        }
    }
}
