package io.etalon.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.etalon.server.access.ApiKeys;
import io.etalon.server.access.Grants;
import io.etalon.server.access.People;
import io.etalon.server.access.Role;
import io.etalon.server.audit.AuditLog;
import io.etalon.server.tenant.Client;
import io.etalon.server.testing.Http;
import io.etalon.server.testing.Members;
import io.etalon.server.testing.TestServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Provisioning by SCIM: what a client library of another maker finds, and what a directory may and may not do. */
class ScimPeerTest {
    private static final TestServer SERVER = TestServer.shared();
    private static final String USER = "urn:ietf:params:scim:schemas:core:2.0:User";
    private static final String PATCH = "urn:ietf:params:scim:api:messages:2.0:PatchOp";

    private final Members members = new Members(SERVER);
    private final Http operator = Http.as(SERVER, members.operator());

    /** A directory with a token, whose group "annotators" stands for a role at the client. */
    private Http directory(String name, String client) {
        var made = operator.with("Idempotency-Key", name.replace(" ", "-"))
                .post(
                        "/operator/identity-providers",
                        Map.of(
                                "kind", "directory",
                                "name", name,
                                "domains", List.of("dir.example"),
                                "serves", List.of(client),
                                "groups",
                                        List.of(Map.of("group", "annotators", "client", client, "role", "annotator"))));
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        members.agree(client, made.json().path("id").asString());
        var expiry = SERVER.part(Clock.class).instant().plus(Duration.ofDays(30));
        var token = operator.post(
                "/operator/identity-providers/" + made.json().path("id").asString() + "/scim-tokens",
                Map.of("name", "test", "expiresAt", expiry.toString()));
        assertThat(token.status()).as(token.body()).isEqualTo(201);
        return Http.of(SERVER)
                .key(token.json().path("secret").asString())
                .with("Content-Type", "application/scim+json");
    }

    @Test
    void aGroupGivesNothingUntilTheClientAgreedAndNothingMoreOnceItIsSetOtherwise() throws Exception {
        var client = SERVER.clients().create("scim-consent", "SCIM consent");
        var body = new java.util.HashMap<String, Object>(Map.of(
                "kind",
                "directory",
                "name",
                "Consent",
                "domains",
                List.of("consent.example"),
                "serves",
                List.of(client.slug()),
                "groups",
                List.of(Map.of("group", "heads", "client", client.slug(), "role", "requester"))));
        var provider = operator.with("Idempotency-Key", "Consent")
                .post("/operator/identity-providers", body)
                .json()
                .path("id")
                .asString();
        var expiry = SERVER.part(Clock.class).instant().plus(Duration.ofDays(30));
        var token = operator.post(
                "/operator/identity-providers/" + provider + "/scim-tokens",
                Map.of("name", "test", "expiresAt", expiry.toString()));
        var directory = Http.of(SERVER)
                .key(token.json().path("secret").asString())
                .with("Content-Type", "application/scim+json");
        var user = made(directory, "/Users", Map.of("schemas", List.of(USER), "userName", "boss@consent.example"));
        var id = user.path("id").asString();
        var members = List.of(Map.of("value", id));
        made(directory, "/Groups", Map.of("displayName", "heads", "members", members));
        var boss = SERVER.part(io.etalon.server.access.People.class)
                .findByEmail("boss@consent.example")
                .orElseThrow()
                .id();
        var grants = SERVER.part(io.etalon.server.access.Grants.class);
        assertThat(grants.rolesAt(boss, client.id())).isEmpty();
        this.members.agree(client.slug(), provider);
        var group = Map.of("displayName", "more", "members", members);
        made(directory, "/Groups", group);
        assertThat(grants.rolesAt(boss, client.id())).containsExactly(Role.REQUESTER);
        body.put("domains", List.of("elsewhere.example"));
        assertThat(operator.put("/operator/identity-providers/" + provider, body)
                        .status())
                .isEqualTo(200);
        made(directory, "/Groups", Map.of("displayName", "again", "members", members));
        assertThat(grants.rolesAt(boss, client.id())).isEmpty();
    }

    private static JsonNode made(Http directory, String path, Object body) {
        var made = directory.post("//scim/v2" + path, body);
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        return made.json();
    }

    private static JsonNode user(Http directory, String name) {
        return made(
                directory,
                "/Users",
                Map.of(
                        "schemas",
                        List.of(USER),
                        "userName",
                        name,
                        "externalId",
                        "ext-" + name,
                        "name",
                        Map.of("givenName", "Gi", "familyName", "Ven"),
                        "emails",
                        List.of(Map.of("value", name, "type", "work", "primary", true))));
    }

    private static Map<String, Object> patch(Object... operations) {
        return Map.of("schemas", List.of(PATCH), "Operations", List.of(operations));
    }

    @Test
    void passesTheWholeRunOfAnotherMakersConformanceTester() throws Exception {
        var python = Peer.python("scim2-tester==0.5.2", "scim2-client[httpx2]==0.13.2");
        SERVER.clients().create("scim-tester", "SCIM tester");
        var expiry = SERVER.part(Clock.class).instant().plus(Duration.ofDays(1));
        var made = operator.with("Idempotency-Key", "tester")
                .post("/operator/identity-providers", Map.of("kind", "directory", "name", "Tester"));
        var token = operator.post(
                        "/operator/identity-providers/" + made.json().path("id").asString() + "/scim-tokens",
                        Map.of("name", "test", "expiresAt", expiry.toString()))
                .json()
                .path("secret")
                .asString();
        var process = new ProcessBuilder(
                        python.toString(),
                        Path.of("src/test/python/scim_tester_run.py")
                                .toAbsolutePath()
                                .toString(),
                        SERVER.url() + "/scim/v2",
                        token)
                .redirectErrorStream(true)
                .start();
        var report = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(report).isZero();
        assertThat(report).containsPattern("checks [1-9][0-9]+ failed 0");
    }

    @Test
    void groupsGiveRolesAndDeprovisioningEndsRolesKeysAndSessionsAtOnce() throws Exception {
        var client = SERVER.clients().create("scim-leaver", "SCIM leaver");
        var directory = directory("Leaver", client.slug());
        var id = user(directory, "lea@dir.example").path("id").asString();
        var group = made(
                directory, "/Groups", Map.of("displayName", "annotators", "members", List.of(Map.of("value", id))));
        var person = SERVER.part(People.class)
                .findByEmail("lea@dir.example")
                .orElseThrow()
                .id();
        var grants = SERVER.part(Grants.class);
        assertThat(grants.rolesAt(person, client.id())).containsExactly(Role.ANNOTATOR);
        assertThat(directory
                        .get("//scim/v2/Users/" + id)
                        .json()
                        .path("groups")
                        .path(0)
                        .path("display")
                        .asString())
                .isEqualTo("annotators");

        var browser = Http.as(SERVER, person);
        var key = SERVER.part(ApiKeys.class)
                .make(
                        person,
                        "k",
                        client,
                        Set.of(Role.ANNOTATOR),
                        SERVER.part(Clock.class).instant().plus(Duration.ofDays(1)))
                .secret();
        assertThat(browser.get("/session").status()).isEqualTo(200);
        assertThat(Http.of(SERVER).key(key).get("/clients/scim-leaver").status())
                .isEqualTo(200);

        // As Entra ID says it: a text for the truth, and the operation's name in capitals.
        var ended = directory.patch(
                "//scim/v2/Users/" + id, patch(Map.of("op", "Replace", "path", "active", "value", "False")));
        assertThat(ended.status()).as(ended.body()).isEqualTo(200);
        assertThat(ended.json().path("active").asBoolean(true)).isFalse();
        assertThat(grants.rolesAt(person, client.id())).isEmpty();
        assertThat(browser.get("/session").status()).isEqualTo(401);
        assertThat(Http.of(SERVER).key(key).get("/clients/scim-leaver").status())
                .isEqualTo(401);

        var back = directory.patch(
                "//scim/v2/Users/" + id, patch(Map.of("op", "replace", "value", Map.of("active", true))));
        assertThat(back.status()).as(back.body()).isEqualTo(200);
        assertThat(grants.rolesAt(person, client.id())).containsExactly(Role.ANNOTATOR);
        assertThat(Http.of(SERVER).key(key).get("/clients/scim-leaver").status())
                .isEqualTo(401);
        var out = directory.patch(
                "//scim/v2/Groups/" + group.path("id").asString(),
                patch(Map.of("op", "remove", "path", "members[value eq \"" + id + "\"]")));
        assertThat(out.status()).as(out.body()).isEqualTo(200);
        assertThat(grants.rolesAt(person, client.id())).isEmpty();

        assertThat(logged(client).toUpperCase(Locale.ROOT)).contains("\"GRANT\"", "\"REVOKE\"", "SCIM:");
    }

    /** What an auditor reads in the client's log. */
    private String logged(Client client) throws Exception {
        SERVER.part(AuditLog.class).flush(client.id());
        return Http.as(SERVER, members.of(client, Role.AUDITOR))
                .get("/clients/" + client.slug() + "/audit/entries")
                .body();
    }

    @Test
    void aDirectorySeesAndTouchesOnlyWhomItNamed() throws Exception {
        var client = SERVER.clients().create("scim-scope", "SCIM scope");
        var one = directory("Scope one", client.slug());
        var other = directory("Scope other", client.slug());
        var id = user(one, "sam@dir.example").path("id").asString();
        var group = made(one, "/Groups", Map.of("displayName", "annotators", "members", List.of()))
                .path("id")
                .asString();
        for (var path : List.of("/Users/" + id, "/Groups/" + group)) {
            var nowhere = other.get("//scim/v2/Users/00000000-0000-7000-8000-000000000000");
            assertThat(nowhere.status()).isEqualTo(404);
            for (var answer : List.of(
                    other.get("//scim/v2" + path),
                    other.put("//scim/v2" + path, Map.of("userName", "x", "displayName", "x")),
                    other.patch("//scim/v2" + path, patch(Map.of("op", "remove", "path", "externalId"))),
                    other.delete("//scim/v2" + path))) {
                assertThat(answer.status()).as(answer.body()).isEqualTo(404);
                assertThat(answer.body()).isEqualTo(nowhere.body());
            }
        }
        assertThat(other.get("//scim/v2/Users").json().path("totalResults").asInt())
                .isZero();
        // Nor does it take on who is not of its domain, an operator, or a member of a client that it does not serve.
        var elsewhere = SERVER.clients().create("scim-elsewhere", "SCIM elsewhere");
        var people = SERVER.part(People.class);
        var trusted = people.create("trusted@dir.example", "Trusted").id();
        SERVER.part(Grants.class).grant(Grants.By.SYSTEM, trusted, elsewhere.id(), Set.of(Role.REQUESTER), null);
        SERVER.part(Grants.class)
                .grantOperator(people.create("root@dir.example", "Root").id());
        people.create("free@gmail.example", "Free");
        for (var name : List.of("trusted@dir.example", "root@dir.example", "free@gmail.example")) {
            var refused = one.post("//scim/v2/Users", Map.of("userName", name));
            assertThat(refused.status()).as(refused.body()).isEqualTo(409);
            assertThat(refused.json().path("scimType").asString()).isEqualTo("uniqueness");
        }
        assertThat(Http.of(SERVER).get("//scim/v2/Users").status()).isEqualTo(401);
        assertThat(operator.get("//scim/v2/Users").status()).isEqualTo(401);
        assertThat(one.get("/session").status()).isEqualTo(401);
    }

    @Test
    void filtersAreListedAndPagesAndVersionsHold() throws Exception {
        var client = SERVER.clients().create("scim-filter", "SCIM filter");
        var directory = directory("Filter", client.slug());
        for (var name : List.of("a1@dir.example", "a2@dir.example", "b1@dir.example")) {
            user(directory, name);
        }
        assertThat(total(directory, "userName eq \"A1@DIR.example\"")).isEqualTo(1);
        assertThat(total(directory, "userName sw \"a\" or userName eq \"b1@dir.example\""))
                .isEqualTo(3);
        assertThat(total(directory, "(userName sw \"a\") and not (userName co \"2\")"))
                .isEqualTo(1);
        assertThat(total(directory, "active eq true and emails.value co \"b1\""))
                .isEqualTo(1);
        assertThat(total(directory, "userName eq \"' or true --\"")).isZero();
        for (var wrong :
                List.of("person eq \"x\"", "userName gt \"a\"", "userName eq", "(".repeat(100), "userName eq \"x")) {
            var refused = directory.get("//scim/v2/Users?filter=" + encoded(wrong));
            assertThat(refused.status()).as(refused.body()).isEqualTo(400);
            assertThat(refused.json().path("scimType").asString()).isEqualTo("invalidFilter");
        }
        var page = directory
                .get("//scim/v2/Users?startIndex=2&count=1&attributes=userName")
                .json();
        assertThat(page.path("totalResults").asInt()).isEqualTo(3);
        assertThat(page.path("Resources").size()).isEqualTo(1);
        assertThat(page.path("Resources").path(0).path("userName").asString()).isEqualTo("a2@dir.example");
        assertThat(page.path("Resources").path(0).has("emails")).isFalse();

        var id = page.path("Resources").path(0).path("id").asString();
        var read = directory.get("//scim/v2/Users/" + id);
        assertThat(read.header("ETag")).isEqualTo("W/\"1\"");
        assertThat(directory
                        .with("If-None-Match", "W/\"1\"")
                        .get("//scim/v2/Users/" + id)
                        .status())
                .isEqualTo(304);
        var change = patch(Map.of("op", "replace", "path", "displayName", "value", "New"));
        assertThat(directory
                        .with("If-Match", "W/\"1\"")
                        .patch("//scim/v2/Users/" + id, change)
                        .status())
                .isEqualTo(200);
        assertThat(directory
                        .with("If-Match", "W/\"1\"")
                        .patch("//scim/v2/Users/" + id, change)
                        .status())
                .isEqualTo(412);
    }

    private static int total(Http directory, String filter) {
        var answer = directory.get("//scim/v2/Users?filter=" + encoded(filter));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json().path("totalResults").asInt();
    }

    private static String encoded(String text) {
        return java.net.URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
