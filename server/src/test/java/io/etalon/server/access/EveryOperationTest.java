package io.etalon.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.etalon.server.testing.Http;
import io.etalon.server.testing.TestServer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Walks the server's own description of its API and knocks at every door with the wrong credentials. */
class EveryOperationTest {
    private static final Set<String> OPEN_TO_ANYONE = new TreeSet<>(List.of(
            "GET /api/v1/about",
            "GET /api/v1/session/providers",
            "POST /api/v1/session",
            "POST /api/v1/session/link",
            "POST /api/v1/session/passkey",
            "POST /api/v1/session/passkey/options",
            "POST /api/v1/invitations/look-up",
            "POST /api/v1/invitations/accept"));
    private static final String SETS = "sets what it names to what it says: twice is once";
    private static final String GONE = "what is gone is gone; a second try finds nothing";
    private static final String SECRET = "its reply is a secret that is shown once; a lost one is asked for anew";
    private static final String ONCE = "its token or challenge is spent by the first use";
    private static final String BYTES = "the same bytes in the same project are the same asset";
    /** Writes without a key, each with the reason why a second try does no harm. */
    private static final Map<String, String> WITHOUT_KEY = Map.ofEntries(
            Map.entry("POST /api/v1/session", SECRET),
            Map.entry("POST /api/v1/session/link", ONCE),
            Map.entry("POST /api/v1/session/passkey", ONCE),
            Map.entry("POST /api/v1/session/passkey/options", SECRET),
            Map.entry("DELETE /api/v1/session", GONE),
            Map.entry("POST /api/v1/invitations/look-up", "reads"),
            Map.entry("POST /api/v1/invitations/accept", ONCE),
            Map.entry("PATCH /api/v1/me", SETS),
            Map.entry("PUT /api/v1/me/password", SETS),
            Map.entry("POST /api/v1/me/passkeys/options", SECRET),
            Map.entry("POST /api/v1/me/passkeys", ONCE),
            Map.entry("DELETE /api/v1/me/passkeys/{id}", GONE),
            Map.entry("POST /api/v1/api-keys", SECRET),
            Map.entry("DELETE /api/v1/api-keys/{id}", GONE),
            Map.entry("DELETE /api/v1/clients/{client}/invitations/{id}", GONE),
            Map.entry("DELETE /api/v1/clients/{client}/exit/consents/{consent}", GONE),
            Map.entry("PUT /api/v1/clients/{client}/audit/cosignatures", SETS),
            Map.entry("PUT /api/v1/operator-log/cosignatures", SETS),
            Map.entry("PATCH /api/v1/clients/{client}/webhooks/{webhook}", SETS),
            Map.entry("DELETE /api/v1/clients/{client}/webhooks/{webhook}", GONE),
            Map.entry("POST /api/v1/departures", "a second one goes on with what the first began"),
            Map.entry("PATCH /api/v1/clients/{client}/projects/{project}", SETS),
            Map.entry("PATCH /api/v1/clients/{client}/projects/{project}/batches/{batch}", SETS),
            Map.entry("PUT /api/v1/clients/{client}/projects/{project}/queue", SETS),
            Map.entry("DELETE /api/v1/clients/{client}/projects/{project}/pre-labels/models/{model}", GONE),
            Map.entry("POST /api/v1/clients/{client}/projects/{project}/task-acts/preview", "reads"),
            Map.entry("POST /api/v1/clients/{client}/projects/{project}/deletions/preview", "reads"),
            Map.entry(
                    "POST /api/v1/clients/{client}/projects/{project}/deletions/{deletion}/undo",
                    "once more does nothing"),
            Map.entry("POST /api/v1/clients/{client}/project-deletions/preview", "reads"),
            Map.entry("POST /api/v1/clients/{client}/project-deletions/{deletion}/undo", "once more does nothing"),
            Map.entry("PUT /api/v1/clients/{client}/projects/{project}/routing", SETS),
            Map.entry("POST /api/v1/clients/{client}/projects/{project}/routing/preview", "reads"),
            Map.entry(
                    "POST /api/v1/clients/{client}/projects/{project}/routing/decisions",
                    "what is known twice is decided alike, and what does not shift is not written"),
            Map.entry("DELETE /api/v1/clients/{client}/vendors/{vendor}/drain", GONE),
            Map.entry("PUT /api/v1/clients/{client}/people/{person}/country", SETS),
            Map.entry("PUT /api/v1/me/profile", SETS),
            Map.entry("PUT /api/v1/me/description", SETS),
            Map.entry("PUT /api/v1/clients/{client}/documents/{document}", SETS),
            Map.entry("PUT /api/v1/clients/{client}/documents/{document}/acceptance", SETS),
            Map.entry("DELETE /api/v1/clients/{client}/documents/{document}/acceptance", GONE),
            Map.entry("PUT /api/v1/clients/{client}/courses/{course}", SETS),
            Map.entry("DELETE /api/v1/clients/{client}/licences/{licence}", GONE),
            Map.entry("PUT /api/v1/clients/{client}/licences/{licence}/verification", SETS),
            Map.entry("PUT /api/v1/clients/{client}/residency", SETS),
            Map.entry("POST /api/v1/clients/{client}/residency/what-if", "reads"),
            Map.entry("PUT /api/v1/me/identity", SETS),
            Map.entry("DELETE /api/v1/me/identity", GONE),
            Map.entry("PUT /api/v1/organisations/{organisation}/client", SETS),
            Map.entry("PUT /api/v1/clients/{client}/walls/{rule}", SETS),
            Map.entry("POST /api/v1/clients/{client}/walls/what-if", "reads"),
            Map.entry("PUT /api/v1/clients/{client}/identity-providers/{provider}/consent", SETS),
            Map.entry("DELETE /api/v1/clients/{client}/identity-providers/{provider}/consent", GONE),
            Map.entry("PUT /api/v1/operator/identity-providers/{provider}", SETS),
            Map.entry("DELETE /api/v1/operator/identity-providers/{provider}", GONE),
            Map.entry("POST /api/v1/operator/identity-providers/{provider}/scim-tokens", SECRET),
            Map.entry("DELETE /api/v1/operator/identity-providers/{provider}/scim-tokens/{token}", GONE),
            Map.entry("PUT /api/v1/clients/{client}/keys", SETS),
            Map.entry("POST /api/v1/clients/{client}/keys/disable", SETS),
            Map.entry("POST /api/v1/clients/{client}/keys/enable", SETS),
            Map.entry("POST /api/v1/clients/{client}/keys/providers/{provider}/test", "reads"),
            Map.entry("POST /api/v1/clients/{client}/keys/unwraps/compare", "reads"),
            Map.entry("PUT /api/v1/clients/{client}/keys/projects/{project}", SETS),
            Map.entry("PUT /api/v1/clients/{client}/access/break-glass/rule", SETS),
            Map.entry("POST /api/v1/clients/{client}/access/break-glass/{grant}/approve", SETS),
            Map.entry("POST /api/v1/clients/{client}/access/break-glass/{grant}/end", SETS),
            Map.entry("POST /api/v1/operator/break-glass/{grant}/approve", SETS),
            Map.entry("POST /api/v1/operator/break-glass/{grant}/end", SETS),
            Map.entry("POST /api/v1/clients/{client}/projects/{project}/assets", BYTES),
            Map.entry("POST /api/v1/clients/{client}/projects/{project}/archives", BYTES),
            Map.entry(
                    "POST /api/v1/clients/{client}/projects/{project}/imports",
                    "a line whose text or asset has a task makes none"),
            Map.entry(
                    "POST /api/v1/clients/{client}/projects/{project}/ontology/changes/preview",
                    "it looks and changes nothing"),
            Map.entry("POST /api/v1/clients/{client}/projects/{project}/jobs/{job}/cancel", SETS),
            Map.entry("POST /api/v1/clients/{client}/projects/{project}/jobs/{job}/resume", SETS),
            Map.entry("POST /api/v1/clients/{client}/projects/{project}/assets/{asset}/view", SECRET),
            Map.entry("PUT /api/v1/clients/{client}/projects/{project}/leases/{lease}/draft", SETS),
            Map.entry("POST /api/v1/clients/{client}/projects/{project}/leases/{lease}/heartbeat", SETS),
            Map.entry("POST /api/v1/clients/{client}/projects/{project}/reviews/{review}/heartbeat", SETS),
            Map.entry("POST /api/v1/clients/{client}/projects/{project}/adjudications/{adjudication}/heartbeat", SETS));

    private static final String NO_SUCH_ID = "00000000-0000-7000-8000-000000000000";

    private final TestServer server = TestServer.shared();
    private final Cast cast = new Cast(server);

    private record Operation(String method, String path, boolean keyed) {
        boolean ofAClient() {
            return path.contains("{client}");
        }

        String at(String slug) {
            return "/" + path.replace("{client}", slug).replaceAll("\\{\\*?\\w+}", NO_SUCH_ID);
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    private List<Operation> operations() {
        var description = Http.of(server).get("//openapi.json");
        assertThat(description.status()).as(description.body()).isEqualTo(200);
        assertThat(description.json().path("openapi").asString()).startsWith("3.1");
        var operations = new ArrayList<Operation>();
        description
                .json()
                .path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(method -> operations.add(new Operation(
                                method.getKey().toUpperCase(Locale.ROOT),
                                path.getKey(),
                                method.getValue()
                                        .path("parameters")
                                        .valueStream()
                                        .anyMatch(one ->
                                                one.path("name").asString().equals("Idempotency-Key"))))));
        return operations;
    }

    private static Http.Answer send(Http http, Operation operation, String slug) {
        var body = Set.of("POST", "PUT", "PATCH").contains(operation.method()) ? "{}" : null;
        return http.send(operation.method(), operation.at(slug), body);
    }

    /** Without the one by which the container ends a connection after its hundredth request. */
    private static Set<String> headers(Http.Answer answer) {
        var names = new TreeSet<>(answer.raw().headers().map().keySet());
        names.remove("connection");
        return names;
    }

    @Test
    void theDescriptionNamesEveryHandlerBelowTheApi() {
        var described = new TreeSet<String>();
        operations().forEach(operation -> described.add(operation.toString()));
        var handled = new TreeSet<String>();
        for (var handler : Handlers.of(server)) {
            if (handler.path().startsWith("/api/")) {
                handled.add(handler.method() + " " + handler.path().replaceAll("\\{\\*(\\w+)}", "{$1}"));
            }
        }
        assertThat(described).isEqualTo(handled).hasSizeGreaterThan(20);
    }

    @Test
    void everyWriteTakesAnIdempotencyKeyOrHasAReasonNotTo() {
        var unkeyed = new TreeSet<String>();
        for (var operation : operations()) {
            if (Set.of("POST", "PUT", "PATCH", "DELETE").contains(operation.method()) && !operation.keyed()) {
                unkeyed.add(operation.toString());
            }
        }
        assertThat(unkeyed).isEqualTo(new TreeSet<>(WITHOUT_KEY.keySet()));
    }

    @Test
    void nobodyGetsPastTheDoorExceptWhereItIsOpenOnPurpose() throws Exception {
        var client = cast.client("walk-nobody");
        var open = new TreeSet<String>();
        for (var operation : operations()) {
            var answer = send(Http.of(server), operation, client.slug());
            if (answer.status() == 401 && answer.code().equals("unauthenticated")) {
                assertThat(answer.header("WWW-Authenticate")).startsWith("Bearer");
            } else {
                open.add(operation.toString());
            }
        }
        assertThat(open).isEqualTo(OPEN_TO_ANYONE);
    }

    @Test
    void aForeignClientIsNotToldFromOneThatDoesNotExist() throws Exception {
        var own = cast.client("walk-own");
        var foreign = cast.client("walk-foreign");
        var all = EnumSet.complementOf(EnumSet.of(Role.OPERATOR)).toArray(Role[]::new);
        var member = cast.member(own, all);
        var callers = List.of(Http.of(server).key(cast.key(member, own, all)), Http.as(server, member));
        var walked = 0;
        for (var operation : operations()) {
            if (operation.ofAClient()) {
                for (var caller : callers) {
                    var there = send(caller, operation, foreign.slug());
                    var nowhere = send(caller, operation, "no-such-client");
                    assertThat(there.status()).as(operation.toString()).isEqualTo(404);
                    assertThat(there.body()).as(operation.toString()).isEqualTo(nowhere.body());
                    assertThat(headers(there)).as(operation.toString()).isEqualTo(headers(nowhere));
                    walked++;
                }
            }
        }
        assertThat(walked).isGreaterThan(20);
        var unknownPath = callers.getFirst().get("/no-such-path");
        assertThat(unknownPath.status()).isEqualTo(404);
        assertThat(unknownPath.body())
                .isEqualTo(callers.getFirst().get("/clients/walk-foreign").body());
    }

    @Test
    void anOperatorOpensNoClientsContent() throws Exception {
        var client = cast.client("walk-operator");
        var operator = Http.as(server, cast.operator());
        var passed = new TreeSet<String>();
        for (var operation : operations()) {
            if (operation.ofAClient()
                    && send(operator, operation, client.slug()).status() != 404) {
                passed.add(operation.toString());
            }
        }
        assertThat(passed).containsExactly("GET /api/v1/clients/{client}", "POST /api/v1/clients/{client}/invitations");
    }

    @Test
    void aMemberWithoutTheRoleIsRefused() throws Exception {
        var client = cast.client("walk-roles");
        var forEveryMember = new TreeSet<String>();
        var refused = 0;
        for (var handler : Handlers.of(server)) {
            if (!(handler.rule()
                    instanceof Rule.Member(var roles, var operatorToo, var behindWalls, var ownPeopleOnly))) {
                continue;
            }
            var others = EnumSet.complementOf(EnumSet.of(Role.OPERATOR));
            others.removeAll(roles);
            if (roles.isEmpty() || others.isEmpty()) {
                forEveryMember.add(handler.method() + " " + handler.path());
                continue;
            }
            var lacking = Http.as(server, cast.member(client, others.toArray(Role[]::new)));
            var answer = send(lacking, new Operation(handler.method(), handler.path(), false), client.slug());
            assertThat(answer.status()).as(handler.toString()).isEqualTo(403);
            assertThat(answer.code()).as(handler.toString()).isEqualTo("forbidden");
            refused++;
        }
        assertThat(refused).isGreaterThan(6);
        assertThat(forEveryMember).contains("GET /api/v1/clients/{client}");
    }
}
