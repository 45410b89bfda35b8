package io.etalon.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.etalon.server.audit.AuditLog;
import io.etalon.server.audit.AuditOp;
import io.etalon.server.audit.EntryFilter;
import io.etalon.server.base.PersonId;
import io.etalon.server.tenant.Client;
import io.etalon.server.testing.Http;
import io.etalon.server.testing.TestServer;
import io.etalon.server.work.ReviewStory;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** One's own sessions, and what others may do to an account. */
class AccountTest {
    private static final String GOOD = "another good one 1";

    private final TestServer server = TestServer.shared();
    private final Cast cast = new Cast(server);

    private static String account(Client client, PersonId person) {
        return "/clients/" + client.slug() + "/people/" + person + "/account";
    }

    private Http.Answer byPassword(PersonId person, String password) {
        return Http.of(server).post("/session", Map.of("email", cast.email(person), "password", password));
    }

    private long logged(Client client) {
        server.part(AuditLog.class).flush(client.id());
        return server.part(AuditLog.class)
                .entries(client.id(), new EntryFilter(null, null, null, AuditOp.ACCOUNT), 0, 100)
                .size();
    }

    @Test
    void aPersonSeesAndEndsHisOwnSessionsAndNobodyElses() {
        var person = cast.person();
        server.part(People.class).setPassword(person, Cast.PASSWORD);
        var here = Http.as(server, person);
        var elsewhere = Http.as(server, person);
        assertThat(byPassword(person, Cast.PASSWORD).status()).isEqualTo(200);

        var open = here.get("/me/sessions").json().path("items");
        assertThat(open.size()).isEqualTo(3);
        assertThat(open.findValuesAsString("way")).containsOnlyOnce("password").contains("link");
        assertThat(open.findValuesAsString("current")).containsOnlyOnce("true");
        var other = elsewhere.get("/me/sessions").json();
        var id = "";
        for (var one : other.path("items")) {
            id = one.path("current").asBoolean() ? one.path("id").asString() : id;
        }
        assertThat(Http.as(server, cast.person()).delete("/me/sessions/" + id).status())
                .isEqualTo(404);
        assertThat(elsewhere.get("/session").status()).isEqualTo(200);
        assertThat(here.delete("/me/sessions/" + id).status()).isEqualTo(204);
        assertThat(elsewhere.get("/session").status()).isEqualTo(401);
        assertThat(here.delete("/me/sessions").status()).isEqualTo(204);
        assertThat(here.get("/me/sessions").json().path("items").size()).isEqualTo(1);
    }

    @Test
    void signingOutTellsTheBrowserToForgetItsCache() {
        var left = Http.as(server, cast.person()).delete("/session");
        assertThat(left.status()).isEqualTo(204);
        assertThat(left.header("Clear-Site-Data")).isEqualTo("\"cache\"");
    }

    @Test
    void changingHowOneSignsInAsksForAFreshSignIn() {
        var person = cast.person();
        var session = server.part(Sessions.class).open(person);
        var browser = Http.of(server).session(session.token());
        assertThat(browser.send("POST", "/me/passkeys/options", null).status()).isEqualTo(200);
        server.scope()
                .controlDo(tx -> tx.db()
                        .sql("update session set created_at = now() - interval '11 minutes' where id = ?")
                        .param(session.id())
                        .update());
        server.part(Sessions.class).forgetAll();

        assertThat(browser.send("POST", "/me/passkeys/options", null).code()).isEqualTo("sign-in-again");
        assertThat(browser.delete("/me/passkeys/00000000-0000-7000-8000-000000000000")
                        .code())
                .isEqualTo("sign-in-again");
        assertThat(browser.patch("/me", Map.of("email", "new-" + cast.email(person)))
                        .code())
                .isEqualTo("sign-in-again");
        assertThat(browser.put("/me/password", Map.of("password", GOOD)).code()).isEqualTo("sign-in-again");
        assertThat(browser.patch("/me", Map.of("name", "Still")).status()).isEqualTo(200);
    }

    @Test
    void anAccountThatIsSwitchedOffOpensNothingAtOnceAndItsWorkGoesToOthers() throws Exception {
        var story = new ReviewStory(server, "account-off").project(1, 1, 0);
        var client = story.client();
        var anna = story.person("anna");
        server.part(People.class).setPassword(anna, Cast.PASSWORD);
        var link = server.part(SetupLinks.class).issue(anna, java.time.Duration.ofMinutes(5));
        var key = cast.key(anna, client, Role.ANNOTATOR);
        var browser = story.as("anna");
        var session = server.part(Sessions.class).open(anna).id().toString();
        story.lease("anna");
        assertThat(story.as("ben").post(story.path + "/leases", Map.of()).status())
                .isEqualTo(204);

        var off = story.as("rita").put(account(client, anna), Map.of("disabled", true));
        assertThat(off.status()).as(off.body()).isEqualTo(200);

        assertThat(off.json().path("disabledAt").asString()).isNotEmpty();
        assertThat(browser.get("/session").status()).isEqualTo(401);
        assertThat(Http.of(server).key(key).get("/clients/account-off").status())
                .isEqualTo(401);
        assertThat(server.part(Credentials.class).isAlive(client.id(), anna, session))
                .isFalse();
        assertThat(byPassword(anna, Cast.PASSWORD).code()).isEqualTo("account-disabled");
        var token = link.substring(link.lastIndexOf('/') + 1);
        assertThat(Http.of(server).post("/session/link", Map.of("token", token)).code())
                .isEqualTo("account-disabled");
        story.lease("ben");
        assertThat(logged(client)).isEqualTo(1);

        assertThat(story.as("rita")
                        .put(account(client, anna), Map.of("disabled", false))
                        .status())
                .isEqualTo(200);
        assertThat(browser.get("/session").status()).isEqualTo(401);
        assertThat(Http.of(server).key(key).get("/clients/account-off").status())
                .isEqualTo(200);
        var back = byPassword(anna, Cast.PASSWORD);
        assertThat(back.json().path("notices").findValuesAsString("act")).containsExactly("enabled", "disabled");
    }

    private static UUID team(Http requester, String slug) {
        var made = requester.post("/clients/" + slug + "/workforces", Map.of("name", "Own", "kind", "in_house"));
        return UUID.fromString(made.json().path("id").asString());
    }

    @Test
    void aClientsManagersReachOnlyWhomNobodyElseReliesOn() throws Exception {
        var client = cast.client("account-reach");
        var other = cast.client("account-other");
        var requester = Http.as(server, cast.member(client, Role.REQUESTER));
        var team = team(requester, "account-reach");
        var grants = server.part(Grants.class);
        var manager = cast.person();
        grants.grant(Grants.By.SYSTEM, manager, client.id(), Set.of(Role.WORKFORCE_MANAGER), team);
        var own = cast.person();
        grants.grant(Grants.By.SYSTEM, own, client.id(), Set.of(Role.ANNOTATOR), team);
        var shared = cast.person();
        grants.grant(Grants.By.SYSTEM, shared, client.id(), Set.of(Role.ANNOTATOR), team);
        grants.grant(Grants.By.SYSTEM, shared, other.id(), Set.of(Role.ANNOTATOR), null);
        var lead = cast.member(client, Role.QUALITY_LEAD);
        var managing = Http.as(server, manager);

        for (var act : List.of("/end-sessions", "/reset")) {
            var path = account(client, shared) + act;
            assertThat(managing.post(path, Map.of()).status()).as(act).isEqualTo(403);
            assertThat(requester.post(path, Map.of()).status()).as(act).isEqualTo(403);
            assertThat(managing.post(account(client, lead) + act, Map.of()).status())
                    .as(act)
                    .isEqualTo(404);
            assertThat(managing.post(account(client, manager) + act, Map.of()).status())
                    .as(act)
                    .isEqualTo(403);
            assertThat(requester.post(account(other, shared) + act, Map.of()).status())
                    .as(act)
                    .isEqualTo(404);
        }
        assertThat(managing.get(account(client, shared)).json().path("reach").asBoolean())
                .isFalse();
        assertThat(requester
                        .put(account(client, shared), Map.of("disabled", true))
                        .status())
                .isEqualTo(403);
        var open = Http.as(server, own);
        assertThat(managing.post(account(client, own) + "/end-sessions", Map.of())
                        .status())
                .isEqualTo(204);
        assertThat(open.get("/session").status()).isEqualTo(401);

        var elsewhere = Http.as(server, shared);
        var operator = cast.operator();
        assertThat(Http.as(server, operator)
                        .send("POST", "/operator/accounts/" + shared + "/end-sessions", null)
                        .status())
                .isEqualTo(204);
        assertThat(elsewhere.get("/session").status()).isEqualTo(401);
        assertThat(logged(other)).isEqualTo(1);
        assertThat(Http.as(server, operator)
                        .put("/operator/accounts/" + operator, Map.of("disabled", true))
                        .status())
                .isEqualTo(403);
        var found = Http.as(server, operator).get("/operator/accounts?email=" + cast.email(shared));
        assertThat(found.json().at("/items/0/id").asString()).isEqualTo(shared.toString());
    }

    @Test
    void aLinkSetsAnAccountUpAnewOnceAndItsPersonIsTold() throws Exception {
        var client = cast.client("account-reset");
        var person = cast.member(client, Role.ANNOTATOR);
        server.part(People.class).setPassword(person, Cast.PASSWORD);
        var old = Http.as(server, person);
        var requester = Http.as(server, cast.member(client, Role.REQUESTER));
        var first = requester.post(account(client, person) + "/reset", Map.of("dropsPasskeys", true));
        var made = requester.post(account(client, person) + "/reset", Map.of("dropsPasskeys", true));
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        var link = made.json().path("link").asString();
        var token = link.substring(link.lastIndexOf('/') + 1);
        var replaced = first.json().path("link").asString();

        var nobody = Http.of(server);
        assertThat(nobody.post("/session/link", Map.of("token", token)).code()).isEqualTo("link-spent");
        assertThat(reset(replaced.substring(replaced.lastIndexOf('/') + 1), GOOD)
                        .code())
                .isEqualTo("reset-spent");
        assertThat(reset(token, "short").status()).isEqualTo(400);
        assertThat(old.get("/session").status()).isEqualTo(200);
        var used = reset(token, GOOD);
        assertThat(used.status()).as(used.body()).isEqualTo(200);
        assertThat(reset(token, GOOD).code()).isEqualTo("reset-spent");

        assertThat(old.get("/session").status()).isEqualTo(401);
        assertThat(byPassword(person, Cast.PASSWORD).status()).isEqualTo(401);
        var told = used.json().path("notices");
        assertThat(told.findValuesAsString("act")).containsExactly("reset-used", "reset-issued", "reset-issued");
        var byLink = Http.of(server).session(used.header("Set-Cookie").replaceAll("etalon_session=([^;]*);.*", "$1"));
        var notice = "/me/notices/" + told.at("/0/id").asString();
        assertThat(byLink.delete(notice).status()).isEqualTo(403);
        var again = byPassword(person, GOOD);
        var own = Http.of(server).session(again.header("Set-Cookie").replaceAll("etalon_session=([^;]*);.*", "$1"));
        assertThat(again.json().path("notices").size()).isEqualTo(3);
        assertThat(Http.as(server, cast.person()).delete(notice).status()).isIn(403, 404);
        assertThat(own.delete(notice).status()).isEqualTo(204);
        assertThat(own.get("/session").json().path("notices").size()).isEqualTo(2);
        assertThat(logged(client)).isEqualTo(3);
    }

    @Test
    void aLostPasskeyGoesWithTheLinkWhereTheLinkSaysSo() {
        var person = cast.person();
        var operator = Http.as(server, cast.operator());
        for (var drops : List.of(false, true)) {
            server.scope()
                    .controlDo(tx -> tx.db().sql("""
                                    insert into passkey (id, credential_id, person, label, public_key, signature_count,
                                        user_verified, transports, backup_eligible, backed_up, attestation, client_data,
                                        created_at)
                                    values (gen_random_uuid(), decode(md5(random()::text), 'hex'), ?, 'lost', '', 0, true,
                                        '{}', false, false, '', '', now())
                                    """).param(person.value()).update());
            var made = operator.post("/operator/accounts/" + person + "/reset", Map.of("dropsPasskeys", drops));
            var link = made.json().path("link").asString();
            var used = reset(link.substring(link.lastIndexOf('/') + 1), GOOD + drops);
            assertThat(used.json().path("passkeys").asInt()).as(used.body()).isEqualTo(drops ? 0 : 1);
        }
    }

    @Test
    void noOperatorComesToAClientsContentByALink() throws Exception {
        var client = cast.client("account-glass");
        var sole = cast.member(client, Role.REQUESTER);
        server.part(People.class).setPassword(sole, Cast.PASSWORD);
        var annotator = cast.member(client, Role.ANNOTATOR);
        var operator = Http.as(server, cast.operator());
        var refused = operator.post("/operator/accounts/" + annotator + "/reset", Map.of());
        assertThat(refused.code()).isEqualTo("reset-by-client");

        var made = operator.post("/operator/accounts/" + sole + "/reset", Map.of("dropsPasskeys", true));
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        assertThat(made.json().path("notBefore").asString()).isNotEmpty();
        var token = token(made);
        assertThat(reset(token, GOOD).code()).isEqualTo("reset-waits");
        var requester = Http.as(server, cast.member(client, Role.REQUESTER));
        var waiting = requester.get("/clients/account-glass/account-resets").json();
        assertThat(waiting.at("/items/0/person").asString()).isEqualTo(sole.toString());
        assertThat(operator.post("/operator/accounts/" + sole + "/reset", Map.of())
                        .code())
                .isEqualTo("reset-by-client");
        var told = byPassword(sole, Cast.PASSWORD).json().path("notices");
        assertThat(told.findValuesAsString("act")).containsExactly("reset-voided", "reset-issued");
        passADay();
        assertThat(reset(token, GOOD).code()).isEqualTo("reset-spent");
        assertThat(byPassword(sole, Cast.PASSWORD).status()).isEqualTo(200);
        assertThat(logged(client)).isEqualTo(2);
    }

    @Test
    void anOperatorsLinkForTheLastRequesterIsGoodAfterADayUnlessSomebodyVoidsIt() throws Exception {
        var client = cast.client("account-last");
        var sole = cast.member(client, Role.REQUESTER);
        var operator = Http.as(server, cast.operator());
        var own = Http.of(server)
                .session(server.part(Sessions.class)
                        .open(sole, Way.PASSWORD, false)
                        .token());
        for (var voids : List.of(true, false)) {
            var token = token(operator.post("/operator/accounts/" + sole + "/reset", Map.of()));
            if (voids) {
                var notice = own.get("/session").json().at("/notices/0/id").asString();
                assertThat(own.delete("/me/notices/" + notice).status()).isEqualTo(204);
            }
            assertThat(reset(token, GOOD).status()).isEqualTo(voids ? 401 : 403);
            passADay();
            assertThat(reset(token, GOOD).status()).isEqualTo(voids ? 401 : 200);
        }
        var late = cast.person();
        var early = token(operator.post("/operator/accounts/" + late + "/reset", Map.of()));
        server.part(Grants.class).grant(Grants.By.SYSTEM, late, client.id(), Set.of(Role.REQUESTER), null);
        assertThat(reset(early, GOOD).code()).isEqualTo("reset-spent");
    }

    private static String token(Http.Answer made) {
        var link = made.json().path("link").asString();
        return link.substring(link.lastIndexOf('/') + 1);
    }

    /** For the links that wait. */
    private void passADay() {
        server.scope()
                .controlDo(tx -> tx.db()
                        .sql("update one_time_link set not_before = not_before - interval '24 hours'"
                                + " where not_before is not null")
                        .update());
    }

    private Http.Answer reset(String token, String password) {
        return Http.of(server).post("/session/reset", Map.of("token", token, "password", password));
    }
}
