package io.etalon.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.etalon.server.access.People;
import io.etalon.server.base.ContentOrigin;
import io.etalon.server.testing.Http;
import io.etalon.server.testing.TestServer;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every answer has in common, and what the server says to requests that are not what they should be. */
class EdgeTest {
    private final TestServer server = TestServer.shared();
    private final Http nobody = Http.of(server);

    private Http somebody() {
        var name = "edge-" + java.util.UUID.randomUUID() + "@example.org";
        return Http.as(server, server.part(People.class).create(name, "Edge").id());
    }

    @Test
    void everyAnswerCarriesTheHeadersThatKeepABrowserInItsPlace() {
        for (var path : new String[] {"//health", "//openapi.json", "/about", "/session", "/no-such-path", "//"}) {
            var answer = nobody.get(path);
            var policy = answer.header("Content-Security-Policy");
            assertThat(policy).as(path).startsWith("default-src 'none';").contains("frame-ancestors 'none'");
            if (path.startsWith("//")) {
                assertThat(policy)
                        .contains("script-src 'self';")
                        .contains("connect-src 'self' "
                                + server.part(ContentOrigin.class).baseUrl())
                        .doesNotContain("unsafe-");
            } else {
                assertThat(policy).as("an answer of the API is no page").doesNotContain("self");
                assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
            }
            assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
            assertThat(answer.header("Cross-Origin-Opener-Policy")).isEqualTo("same-origin");
            assertThat(answer.header("Strict-Transport-Security")).isEmpty();
            assertThat(answer.header("Set-Cookie")).isEmpty();
            assertThat(answer.header("Server")).isEmpty();
        }
    }

    @Test
    void whoComesOverHttpsIsToldToStayThere() throws Exception {
        var plain = new ContentOrigin("http://localhost:2", "http://localhost:1", 2);
        var behind = new ContentOrigin("https://c.example.org", "https://etalon.example.org", 2);

        assertThat(transportSecurity(behind)).isEqualTo("max-age=31536000");
        assertThat(transportSecurity(plain)).isNull();
    }

    /** What an answer of the API says of transport to who comes to a server with these addresses. */
    private static Object transportSecurity(ContentOrigin origin) throws Exception {
        var headers = new HashMap<Object, Object>();
        var request = standIn(HttpServletRequest.class, headers);
        var response = standIn(HttpServletResponse.class, headers);
        new ApiHeaders(origin).filter(request, response, (asked, answered) -> {});
        return headers.get("Strict-Transport-Security");
    }

    /** One end of a plain exchange, which keeps the headers that are set. */
    private static <T> T standIn(Class<T> type, Map<Object, Object> headers) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, given) -> {
            if (method.getName().equals("setHeader")) {
                headers.put(given[0], given[1]);
            }
            return method.getName().equals("getRequestURI")
                    ? "/api/v1/about"
                    : method.getReturnType() == boolean.class ? Boolean.FALSE : null;
        }));
    }

    @Test
    void noAddressEchoesARequest() throws IOException {
        for (var path : new String[] {"/health", "/api/v1/about", "/api/v1/me", "/"}) {
            var answer = raw("TRACE " + path
                    + " HTTP/1.1\r\nHost: localhost\r\nX-Secret: told-to-nobody\r\nConnection: close\r\n\r\n");
            assertThat(answer).as(path).matches("(?s)HTTP/1\\.1 40[0-9] .*").doesNotContain("told-to-nobody");
        }
    }

    private String raw(String request) throws IOException {
        try (var socket = new Socket("127.0.0.1", URI.create(server.url()).getPort())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void theFrontPagesStylesCarryANonceThatIsAnotherEachTime() {
        var first = nobody.get("//");
        var second = nobody.get("//");
        var nonce = first.header("Content-Security-Policy").replaceAll(".*'nonce-([^']+)'.*", "$1");

        assertThat(first.status()).isEqualTo(200);
        assertThat(first.header("Content-Type")).startsWith("text/html");
        assertThat(first.header("Cache-Control")).isEqualTo("no-store");
        assertThat(nonce).hasSizeGreaterThan(40);
        assertThat(first.body()).contains("nonce=\"" + nonce + "\"").doesNotContain("etalon-nonce");
        assertThat(second.body()).doesNotContain(nonce);
    }

    @Test
    void tellsTheStateAndTheVersionToAnyone() {
        assertThat(nobody.get("//health").json().path("status").asString()).isEqualTo("UP");
        assertThat(nobody.get("/about").json().path("name").asString()).isEqualTo("Etalon");
    }

    @Test
    void showsMeasurementsToThisMachineAloneAndNothingElseOfTheActuator() {
        assertThat(nobody.get("//metrics").body()).contains("jvm_memory_used_bytes");
        for (var header : new String[] {"X-Forwarded-For", "Forwarded", "Via"}) {
            var answer = nobody.with(header, "127.0.0.1").get("//metrics");
            assertThat(answer.status()).as(header).isEqualTo(404);
            assertThat(answer.body()).isEqualTo(nobody.get("/no-such-path").body());
        }
        for (var path : new String[] {"//env", "//actuator", "//beans", "//heapdump", "//prometheus", "//error"}) {
            assertThat(nobody.get(path).status()).as(path).isEqualTo(404);
        }
    }

    @Test
    void pointsAtWhatIsWrongInABody() {
        var unknown = nobody.post("/session", "{\"email\":\"a@b.example\",\"passwort\":\"x\"}");
        assertThat(unknown.status()).isEqualTo(400);
        assertThat(unknown.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(unknown.json().at("/faults/0/pointer").asString()).isEqualTo("/passwort");
        assertThat(unknown.json().path("type").asString()).isEqualTo("https://etalon.io/problems/invalid");

        for (var body : new String[] {
            "{", "", "[]", "{\"email\":1,\"password\":\"x\"}", "{\"email\":\"a\",\"email\":\"b\"}", "{} {}", "nul"
        }) {
            var answer = nobody.post("/session", body);
            assertThat(answer.status()).as(body).isEqualTo(400);
            assertThat(answer.code()).as(body).isEqualTo("invalid");
            assertThat(answer.body()).as(body).doesNotContain("tools.jackson").doesNotContain("io.etalon");
        }
    }

    @Test
    void refusesBodiesThatAreTooDeepOrTooLarge() {
        var deep = nobody.post("/session/passkey", "{\"credential\":" + "[".repeat(200) + "]".repeat(200) + "}");
        assertThat(deep.status()).isEqualTo(400);
        assertThat(deep.body()).contains("deep");
        var large = nobody.post("/session", "{\"email\":\"" + " ".repeat(2_100_000) + "\"}");
        assertThat(large.status()).isIn(400, 413);
        var largeInPieces = nobody.post("/session", "[" + "\"x\",".repeat(600_000) + "1]");
        assertThat(largeInPieces.status()).isIn(400, 413);
        var spaces = nobody.post("/session", " ".repeat(2_100_000) + "{}");
        assertThat(spaces.status()).isEqualTo(413);
        assertThat(spaces.code()).isEqualTo("too-large");
    }

    @Test
    void refusesParametersThatNobodyReads() {
        var caller = somebody();
        assertThat(caller.get("/clients?limit=5").status()).isEqualTo(200);
        for (var query : new String[] {
            "lmit=5",
            "limit=5&name__startswith=a",
            "limit=5&limit=6",
            "limit=x",
            "limit=0",
            "limit=201",
            "cursor=%00",
            "%zz=1"
        }) {
            assertThat(rawStatus(query)).as(query).isEqualTo(400);
        }
    }

    /** The JDK's client refuses to send malformed addresses, an attacker's does not. */
    private int rawStatus(String query) {
        var token = server.part(io.etalon.server.access.Sessions.class)
                .open(server.part(People.class)
                        .create("edge-" + java.util.UUID.randomUUID() + "@example.org", "Edge")
                        .id())
                .token();
        return raw("GET /api/v1/clients?" + query + " HTTP/1.1", "Cookie: etalon_session=" + token);
    }

    private int raw(String requestLine, String header) {
        var uri = URI.create(server.url());
        try (var socket = new Socket(uri.getHost(), uri.getPort())) {
            socket.getOutputStream()
                    .write((requestLine + "\r\nHost: " + uri.getAuthority() + "\r\n" + header
                                    + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            var line = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
            return Integer.parseInt(line.substring(9));
        } catch (IOException e) {
            throw new AssertionError(requestLine, e);
        }
    }

    @Test
    void answersWrongMethodsTypesAndAddressesWithProblems() {
        var caller = somebody();
        var method = caller.send("PUT", "/about", "{}");
        assertThat(method.status()).isEqualTo(405);
        assertThat(method.header("Allow")).contains("GET");
        assertThat(method.code()).isEqualTo("method-not-allowed");

        var type = caller.with("Content-Type", "text/plain").send("POST", "/session", "hello");
        assertThat(type.status()).isEqualTo(415);
        assertThat(caller.post("/no-such-path", Map.of()).status()).isEqualTo(404);
        assertThat(caller.delete("/me/passkeys/not-an-id").status()).isEqualTo(404);
        assertThat(caller.with("Accept", "application/xml").get("/clients").status())
                .isIn(200, 406);
        assertThat(caller.with("Authorization", "Basic YTpi").get("/clients").status())
                .isEqualTo(401);
        assertThat(caller.with("Authorization", "Bearer etk_no").get("/about").status())
                .isEqualTo(401);
    }

    @Test
    void theSecondOriginAnswersForSignedContentAlone() throws Exception {
        var second = java.net.http.HttpClient.newHttpClient();
        var base = "http://127.0.0.1:" + server.part(ContentOrigin.class).port();
        for (var path :
                new String[] {"/api/v1/about", "/api/v1/session", "/health", "/metrics", "/openapi.json", "/"}) {
            var answer = second.send(
                    java.net.http.HttpRequest.newBuilder(URI.create(base + path))
                            .build(),
                    java.net.http.HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(path).isEqualTo(404);
        }
        assertThat(nobody.get("//content/anything").status()).isEqualTo(404);
    }

    @Test
    void leadsOutOfTheFolderOfTheWebApplicationNowhere() {
        for (var path : new String[] {
            "/assets/../application.properties", "/assets/%2e%2e/application.properties",
                    "/..%2fapplication.properties",
            "/assets..%2fapplication.properties", "/fonts/..;/..;/application.properties", "/application.properties"
        }) {
            assertThat(raw("GET " + path + " HTTP/1.1", "X: y")).as(path).isIn(400, 404);
        }
    }

    @Test
    void sendsWhoComesUnderAnotherNameOfThisHostToTheApplicationsOwn() throws Exception {
        var origin = server.part(ContentOrigin.class);
        var port = java.net.URI.create(origin.appUrl()).getPort();
        var client = java.net.http.HttpClient.newHttpClient();
        var byAddress = client.send(
                java.net.http.HttpRequest.newBuilder(java.net.URI.create("http://127.0.0.1:" + port + "/"))
                        .build(),
                java.net.http.HttpResponse.BodyHandlers.ofString());

        assertThat(byAddress.statusCode()).isEqualTo(302);
        assertThat(byAddress.headers().firstValue("Location")).contains(origin.appUrl() + "/");
        assertThat(origin.appUrl()).isEqualTo("http://localhost:" + port);
    }
}
