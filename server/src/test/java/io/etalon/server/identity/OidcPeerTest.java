package io.etalon.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.etalon.server.access.Grants;
import io.etalon.server.access.People;
import io.etalon.server.access.Role;
import io.etalon.server.audit.AuditLog;
import io.etalon.server.testing.Http;
import io.etalon.server.testing.Members;
import io.etalon.server.testing.TestServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Signing in by {@code oidc-provider}, an OpenID provider that the OpenID Foundation has certified. */
class OidcPeerTest {
    private static final Pattern ACTION = Pattern.compile("<form[^>]* action=\"([^\"]+)\"");
    private static final TestServer SERVER = TestServer.shared();
    private static Peer peer;
    private static String issuer;

    private final Members members = new Members(SERVER);

    @BeforeAll
    static void startThePeer() throws Exception {
        var folder = Peer.node("oidc-provider@9.13.3", "samlp@8.0.0");
        peer = Peer.start(List.of(
                "node",
                Path.of("src/test/node/oidc_provider.mjs").toAbsolutePath().toString(),
                folder.toString()));
        issuer = peer.line();
    }

    @AfterAll
    static void endThePeer() throws Exception {
        if (peer != null) {
            peer.close();
        }
    }

    private record Configured(String id, JsonNode body) {}

    /** Configures a provider as an operator does: its callback is entered at the peer, and the peer's client id here. */
    private Configured configure(String name, String client, boolean creates) throws Exception {
        var operator = Http.as(SERVER, members.operator());
        Map<String, Object> setting = new java.util.HashMap<>(Map.of(
                "kind",
                "oidc",
                "name",
                name,
                "issuer",
                issuer,
                "clientId",
                "not yet",
                "scopes",
                List.of("email", "profile", "groups"),
                "groupsClaim",
                "groups",
                "domains",
                List.of("acme.example"),
                "serves",
                List.of(client),
                "createsPeople",
                creates,
                "groups",
                List.of(
                        Map.of("group", "annotators", "client", client, "role", "annotator"),
                        Map.of("group", "reviewers", "client", client, "role", "reviewer"))));
        var made =
                operator.with("Idempotency-Key", name.replace(" ", "-")).post("/operator/identity-providers", setting);
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        var id = made.json().path("id").asString();
        var registration = new Browser()
                .postJson(
                        issuer + "/reg",
                        Map.of(
                                "redirect_uris",
                                List.of(made.json().path("callback").asString()),
                                "post_logout_redirect_uris",
                                List.of(SERVER.url() + "/"),
                                "backchannel_logout_uri",
                                SERVER.url() + "/sign-in/" + id + "/back-channel",
                                "backchannel_logout_session_required",
                                true));
        var registered = JsonMapper.shared().readTree(registration.body());
        setting.put("clientId", registered.path("client_id").asString());
        setting.put("secret", registered.path("client_secret").asString());
        var set = operator.put("/operator/identity-providers/" + id, setting);
        assertThat(set.status()).as(set.body()).isEqualTo(200);
        assertThat(set.body()).doesNotContain(registered.path("client_secret").asString());
        members.agree(client, id);
        return new Configured(id, set.json());
    }

    /** Signs in at the peer and comes back; returns where the application sends the browser. */
    private static String signIn(Browser browser, String provider, String login) {
        var at = browser.until(issuer + "/interaction/", SERVER.url() + "/sign-in/" + provider + "/oidc?next=/work");
        for (var prompt = 0; prompt < 4 && at.startsWith(issuer + "/interaction/"); prompt++) {
            var page = browser.get(at).body();
            var action = ACTION.matcher(page);
            assertThat(action.find()).as(page).isTrue();
            var form = page.contains("name=\"login\"")
                    ? Map.of("prompt", "login", "login", login, "password", "any")
                    : Map.of("prompt", "consent");
            var answer = browser.post(action.group(1), form);
            at = browser.until(issuer + "/interaction/", Browser.target(answer));
            if (at.startsWith(SERVER.url())) {
                break;
            }
        }
        return at;
    }

    @Test
    void signsInSomebodyNewWithTheRolesOfHisGroupsAndTakesThemWhenTheGroupsGo() throws Exception {
        var client = SERVER.clients().create("oidc-new", "OIDC new");
        var provider = configure("Peer new", client.slug(), true);
        var buttons = Http.of(SERVER).get("/session/providers");
        assertThat(buttons.body()).contains("Peer new", "/sign-in/" + provider.id() + "/oidc");

        var browser = new Browser();
        var end = signIn(browser, provider.id(), "ann@acme.example:annotators,reviewers");
        assertThat(end).isEqualTo(SERVER.url() + "/#/work");
        assertThat(browser.isSignedIn(SERVER.url())).isTrue();
        var ann = SERVER.part(People.class).findByEmail("ann@acme.example").orElseThrow();
        var grants = SERVER.part(Grants.class);
        assertThat(grants.rolesAt(ann.id(), client.id())).containsExactly(Role.ANNOTATOR, Role.REVIEWER);
        // By hand, and so not the group's to take.
        grants.grant(Grants.By.SYSTEM, ann.id(), client.id(), Set.of(Role.AUDITOR), null);

        var again = new Browser();
        signIn(again, provider.id(), "ann@acme.example:reviewers");
        assertThat(again.isSignedIn(SERVER.url())).isTrue();
        assertThat(grants.rolesAt(ann.id(), client.id())).containsExactly(Role.REVIEWER, Role.AUDITOR);
        assertThat(auditOf(client.slug())).contains("\"GRANT\"", "\"REVOKE\"");
    }

    private String auditOf(String slug) {
        var client = SERVER.clients().find(slug).orElseThrow();
        SERVER.part(AuditLog.class).flush(client.id());
        var auditor = members.of(client, Role.AUDITOR);
        var entries = Http.as(SERVER, auditor).get("/clients/" + slug + "/audit/entries");
        assertThat(entries.status()).as(entries.body()).isEqualTo(200);
        return entries.body().toUpperCase(java.util.Locale.ROOT);
    }

    @Test
    void refusesWhoIsUnknownWhereTheProviderMayNotAddPeople() throws Exception {
        var client = SERVER.clients().create("oidc-closed", "OIDC closed");
        var provider = configure("Peer closed", client.slug(), false);
        var browser = new Browser();
        assertThat(signIn(browser, provider.id(), "stranger@acme.example")).endsWith("/#/sign-in?refused=unknown");
        assertThat(browser.isSignedIn(SERVER.url())).isFalse();
        assertThat(SERVER.part(People.class).findByEmail("stranger@acme.example"))
                .isEmpty();
    }

    @Test
    void neverOpensAnAccountByAnAddressThatIsNotVerifiedNotItsOwnOrTrustedElsewhere() throws Exception {
        var client = SERVER.clients().create("oidc-links", "OIDC links");
        var other = SERVER.clients().create("oidc-other", "OIDC other");
        var provider = configure("Peer links", client.slug(), true);
        var people = SERVER.part(People.class);
        people.create("unverified@acme.example", "Unverified");
        people.create("somebody@elsewhere.example", "Elsewhere");
        var operator = people.create("root@acme.example", "Operator").id();
        SERVER.part(Grants.class).grantOperator(operator);
        var trusted = people.create("bob@acme.example", "Bob").id();
        SERVER.part(Grants.class).grant(Grants.By.SYSTEM, trusted, other.id(), Set.of(Role.REQUESTER), null);
        var own = people.create("eve@acme.example", "Eve").id();
        for (var refused : Map.of(
                        "unverified@acme.example", "unknown",
                        "somebody@elsewhere.example", "unknown",
                        "root@acme.example", "foreign",
                        "bob@acme.example", "foreign")
                .entrySet()) {
            var browser = new Browser();
            assertThat(signIn(browser, provider.id(), refused.getKey()))
                    .endsWith("/#/sign-in?refused=" + refused.getValue());
            assertThat(browser.isSignedIn(SERVER.url())).isFalse();
        }
        var browser = new Browser();
        signIn(browser, provider.id(), "eve@acme.example");
        assertThat(browser.get(SERVER.url() + "/api/v1/session").body()).contains(own.toString());
        // Once another client trusts the account, this provider does not open it any more, link or no link.
        SERVER.part(Grants.class).grant(Grants.By.SYSTEM, own, other.id(), Set.of(Role.REQUESTER), null);
        assertThat(signIn(new Browser(), provider.id(), "eve@acme.example")).endsWith("refused=foreign");
    }

    @Test
    void signsOutAtThePeerWhichEndsTheSessionHere() throws Exception {
        var client = SERVER.clients().create("oidc-out", "OIDC out");
        var provider = configure("Peer out", client.slug(), true);
        var browser = new Browser();
        signIn(browser, provider.id(), "leo@acme.example:annotators");
        var out = JsonMapper.shared()
                .readTree(browser.get(SERVER.url() + "/api/v1/session/sign-out").body())
                .path("url")
                .asString();
        assertThat(out).startsWith(issuer + "/session/end?");
        var page = browser.get(out).body();
        var action = ACTION.matcher(page);
        assertThat(action.find()).as(page).isTrue();
        var secret = Pattern.compile("name=\"xsrf\" value=\"([^\"]+)\"").matcher(page);
        assertThat(secret.find()).as(page).isTrue();
        var answer = browser.post(action.group(1), Map.of("xsrf", secret.group(1), "logout", "yes"));
        assertThat(Browser.target(answer)).isEqualTo(SERVER.url() + "/");
        // The peer has told the server behind the browser's back.
        assertThat(browser.isSignedIn(SERVER.url())).isFalse();
    }

    @Test
    void anAnswerThatAnotherBrowserBeganSignsNobodyIn() throws Exception {
        var client = SERVER.clients().create("oidc-csrf", "OIDC csrf");
        var provider = configure("Peer csrf", client.slug(), true);
        var attacker = new Browser();
        var start = attacker.get(SERVER.url() + "/sign-in/" + provider.id() + "/oidc");
        var state = Pattern.compile("state=([^&]+)").matcher(Browser.target(start));
        assertThat(state.find()).isTrue();
        var victim = new Browser();
        victim.get(SERVER.url() + "/sign-in/" + provider.id() + "/oidc");
        var callback = SERVER.url() + "/sign-in/" + provider.id() + "/callback?code=stolen&iss="
                + issuer.replace(":", "%3A") + "&state=" + state.group(1);
        assertThat(Browser.target(victim.get(callback))).endsWith("/#/sign-in?refused=state");
        assertThat(Browser.target(new Browser().get(callback))).endsWith("/#/sign-in?refused=state");
    }
}
