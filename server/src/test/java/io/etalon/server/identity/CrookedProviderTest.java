package io.etalon.server.identity;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.etalon.server.access.Grants;
import io.etalon.server.access.People;
import io.etalon.server.access.Role;
import io.etalon.server.testing.Http;
import io.etalon.server.testing.Members;
import io.etalon.server.testing.TestServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** An OpenID provider that answers whatever an attacker would like it to: each lie is refused, and the truth beside it taken. */
class CrookedProviderTest {
    private static final TestServer SERVER = TestServer.shared();
    private static HttpServer provider;
    private static RSAKey key;
    private static RSAKey stranger;
    private static String issuer;
    private static volatile String token;

    @BeforeAll
    static void start() throws Exception {
        key = new RSAKeyGenerator(2048).keyID("k").generate();
        stranger = new RSAKeyGenerator(2048).keyID("k").generate();
        provider = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        issuer = "http://127.0.0.1:" + provider.getAddress().getPort();
        provider.createContext(
                "/.well-known/openid-configuration",
                exchange -> json(
                        exchange,
                        Map.of(
                                "issuer", issuer,
                                "authorization_endpoint", issuer + "/authorize",
                                "token_endpoint", issuer + "/token",
                                "jwks_uri", issuer + "/keys",
                                "response_types_supported", List.of("code"))));
        // Somebody who has a path on the provider's host would pass for the provider.
        provider.createContext(
                "/tenant/.well-known/openid-configuration",
                exchange -> json(
                        exchange,
                        Map.of(
                                "issuer", issuer,
                                "authorization_endpoint", issuer + "/tenant/authorize",
                                "token_endpoint", issuer + "/tenant/token",
                                "jwks_uri", issuer + "/tenant/keys",
                                "response_types_supported", List.of("code"))));
        provider.createContext("/keys", exchange -> json(exchange, new JWKSet(key.toPublicJWK()).toJSONObject()));
        provider.createContext("/token", exchange -> json(exchange, Map.of("token_type", "Bearer", "id_token", token)));
        provider.createContext("/moved", exchange -> {
            exchange.getResponseHeaders().add("Location", issuer + "/keys");
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        provider.start();
    }

    @AfterAll
    static void stop() {
        provider.stop(0);
    }

    private static void json(HttpExchange exchange, Map<String, ?> body) throws IOException {
        var bytes = JsonMapper.shared().writeValueAsBytes(body);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static String configure() {
        var made = Http.as(SERVER, new Members(SERVER).operator())
                .with("Idempotency-Key", "crooked")
                .post(
                        "/operator/identity-providers",
                        Map.of(
                                "kind", "oidc",
                                "name", "Crooked",
                                "issuer", issuer,
                                "clientId", "etalon",
                                "secret", "a secret of forty characters, or nearly so",
                                "domains", List.of("crooked.example"),
                                "createsPeople", true));
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        return made.json().path("id").asString();
    }

    private static JWTClaimsSet.Builder truth(String nonce) {
        var now = SERVER.part(Clock.class).instant();
        return new JWTClaimsSet.Builder()
                .issuer(issuer)
                .subject("subject")
                .audience("etalon")
                .claim("nonce", nonce)
                .claim("email", "true@crooked.example")
                .claim("email_verified", true)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(300)));
    }

    private static String signed(RSAKey by, JWTClaimsSet claims) throws Exception {
        var jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("k").build(), claims);
        jwt.sign(new RSASSASigner(by));
        return jwt.serialize();
    }

    @FunctionalInterface
    private interface Lie {
        String token(String nonce) throws Exception;
    }

    @Test
    void refusesEachLieAndTakesTheTruth() throws Exception {
        var id = configure();
        var now = SERVER.part(Clock.class).instant();
        var lies = new LinkedHashMap<String, Lie>();
        lies.put("another nonce", nonce -> signed(key, truth("other").build()));
        lies.put(
                "no nonce",
                nonce -> signed(key, truth(nonce).claim("nonce", null).build()));
        lies.put(
                "another audience",
                nonce -> signed(key, truth(nonce).audience("other").build()));
        lies.put(
                "two audiences",
                nonce -> signed(
                        key, truth(nonce).audience(List.of("etalon", "x")).build()));
        lies.put(
                "another party",
                nonce -> signed(key, truth(nonce).claim("azp", "other").build()));
        lies.put(
                "another issuer",
                nonce -> signed(key, truth(nonce).issuer(issuer + "/other").build()));
        lies.put(
                "expired",
                nonce -> signed(key, truth(nonce).expirationTime(at(now, -120)).build()));
        lies.put(
                "never expires",
                nonce -> signed(key, truth(nonce).expirationTime(null).build()));
        lies.put(
                "issued tomorrow",
                nonce -> signed(key, truth(nonce).issueTime(at(now, 86_400)).build()));
        lies.put("no subject", nonce -> signed(key, truth(nonce).subject(null).build()));
        lies.put("another key", nonce -> signed(stranger, truth(nonce).build()));
        lies.put("alg none", nonce -> new PlainJWT(truth(nonce).build()).serialize());
        lies.put("our secret as a key", nonce -> {
            var jwt = new SignedJWT(
                    new JWSHeader(JWSAlgorithm.HS256), truth(nonce).build());
            jwt.sign(new MACSigner("a secret of forty characters, or nearly so".getBytes(UTF_8)));
            return jwt.serialize();
        });
        lies.put("the public key as a secret", nonce -> {
            var jwt = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("k").build(),
                    truth(nonce).build());
            jwt.sign(new MACSigner(key.toRSAPublicKey().getEncoded()));
            return jwt.serialize();
        });
        lies.put("no token", nonce -> "");
        for (var lie : lies.entrySet()) {
            var browser = new Browser();
            assertThat(answer(browser, id, lie.getValue())).as(lie.getKey()).endsWith("refused=unproved");
            assertThat(browser.isSignedIn(SERVER.url())).as(lie.getKey()).isFalse();
        }
        assertThat(SERVER.part(People.class).findByEmail("true@crooked.example"))
                .isEmpty();
        var browser = new Browser();
        assertThat(answer(browser, id, nonce -> signed(key, truth(nonce).build())))
                .isEqualTo(SERVER.url() + "/#/");
        assertThat(browser.isSignedIn(SERVER.url())).isTrue();
    }

    private static Date at(Instant now, long seconds) {
        return Date.from(now.plusSeconds(seconds));
    }

    private static String answer(Browser browser, String id, Lie lie) throws Exception {
        var out = Browser.target(browser.get(SERVER.url() + "/sign-in/" + id + "/oidc"));
        assertThat(out).contains("code_challenge_method=S256", "nonce=");
        token = lie.token(parameter(out, "nonce"));
        var callback = SERVER.url() + "/sign-in/" + id + "/callback?code=c&state=" + parameter(out, "state");
        return Browser.target(browser.get(callback));
    }

    private static String parameter(String address, String name) {
        var found = Pattern.compile("[?&]" + name + "=([^&]+)").matcher(address);
        assertThat(found.find()).isTrue();
        return found.group(1);
    }

    @Test
    void takesTheProvidersWordForASecondFactorOnlyInListedWordsAndRefusesWhomNothingElseIsOpen() throws Exception {
        var members = new Members(SERVER);
        var operator = Http.as(SERVER, members.operator());
        var made = operator.with("Idempotency-Key", "strong")
                .post(
                        "/operator/identity-providers",
                        Map.of(
                                "kind",
                                "oidc",
                                "name",
                                "Strong",
                                "issuer",
                                issuer,
                                "clientId",
                                "etalon",
                                "domains",
                                List.of("strong.example"),
                                "strong",
                                List.of("mfa", "otp+pwd", "urn:strong")));
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        var id = made.json().path("id").asString();
        var client = SERVER.clients().create("strong-words", "Strong words");
        var person =
                SERVER.part(People.class).create("one@strong.example", "One").id();
        SERVER.part(Grants.class).grant(Grants.By.SYSTEM, person, client.id(), Set.of(Role.ANNOTATOR), null);
        SERVER.scope()
                .controlDo(tx -> tx.db()
                        .sql(
                                "insert into second_factor_rule (client, required, set_by, set_at) values (?, true, ?, now())")
                        .params(client.id().value(), person.value())
                        .update());
        members.agree(client.slug(), id);
        var words = new LinkedHashMap<Map<String, Object>, Boolean>();
        words.put(Map.of(), false);
        words.put(Map.of("amr", List.of("pwd")), false);
        words.put(Map.of("amr", List.of("otp")), false);
        words.put(Map.of("amr", "mfa"), false);
        words.put(Map.of("acr", "urn:weak"), false);
        words.put(Map.of("amr", List.of("pwd", "otp")), true);
        words.put(Map.of("amr", List.of("mfa")), true);
        words.put(Map.of("acr", "urn:strong"), true);
        for (var said : words.entrySet()) {
            var browser = new Browser();
            var to = answer(browser, id, nonce -> {
                var claims = truth(nonce).claim("email", "one@strong.example");
                said.getKey().forEach(claims::claim);
                return signed(key, claims.build());
            });
            assertThat(to).as(said.toString()).endsWith(said.getValue() ? "/#/" : "/#/sign-in?refused=weak");
            assertThat(browser.isSignedIn(SERVER.url())).as(said.toString()).isEqualTo(said.getValue());
        }
    }

    @Test
    void refusesADiscoveryDocumentOfAnotherIssuer() {
        var operator = Http.as(SERVER, new Members(SERVER).operator());
        for (var wrong : List.of(issuer + "/tenant", issuer + "/", issuer.replace("127.0.0.1", "localhost"))) {
            var refused = operator.with("Idempotency-Key", "foreign-" + wrong.length())
                    .post(
                            "/operator/identity-providers",
                            Map.of("kind", "oidc", "name", "Foreign", "issuer", wrong, "clientId", "x"));
            assertThat(refused.status()).as(wrong + refused.body()).isEqualTo(400);
            assertThat(refused.body()).contains("/issuer", "is not what the provider calls itself");
        }
        assertThat(Http.of(SERVER).get("/session/providers").body()).doesNotContain("Foreign");
    }

    @Test
    void callsNoAddressThatTheOperatorDidNotMean() {
        var operator = Http.as(SERVER, new Members(SERVER).operator());
        for (var wrong : List.of(
                "http://169.254.169.254",
                "http://example.org",
                "file:///etc/passwd",
                "https://user@127.0.0.1",
                "no address",
                issuer + "/moved?")) {
            var refused = operator.post(
                    "/operator/identity-providers",
                    Map.of("kind", "oidc", "name", "Wrong", "issuer", wrong, "clientId", "x"));
            assertThat(refused.status()).as(wrong + refused.body()).isIn(400, 502);
        }
        assertThat(Http.of(SERVER).get("/session/providers").body()).doesNotContain("Wrong");
    }
}
