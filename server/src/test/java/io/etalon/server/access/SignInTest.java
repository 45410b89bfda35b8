package io.etalon.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.etalon.server.base.ContentOrigin;
import io.etalon.server.testing.Http;
import io.etalon.server.testing.TestServer;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SignInTest {
    private static final String PASSWORD = "correct horse battery";
    private final TestServer server = TestServer.shared();

    @Test
    void signsInWithTheRightPasswordOnly() {
        var person = server.part(People.class).create("sign-in@example.org", "Ada");
        server.part(People.class).setPassword(person.id(), PASSWORD);

        var right = Http.of(server).post("/session", Map.of("email", "Sign-In@example.org", "password", PASSWORD));
        var wrong = Http.of(server).post("/session", Map.of("email", "sign-in@example.org", "password", "wrong"));
        var nobody = Http.of(server).post("/session", Map.of("email", "nobody@example.org", "password", "wrong"));

        assertThat(right.status()).as(right.body()).isEqualTo(200);
        assertThat(right.json().at("/person/name").asString()).isEqualTo("Ada");
        assertThat(right.header("Set-Cookie"))
                .contains("etalon_session=", "HttpOnly", "SameSite=Lax", "Path=/")
                .doesNotContain("Secure");
        assertThat(wrong.status()).isEqualTo(401);
        assertThat(wrong.code()).isEqualTo("bad-credentials");
        assertThat(nobody.body()).isEqualTo(wrong.body());
    }

    @Test
    void theCookieIsBoundToItsHostOverHttpsAndNoOtherNameCountsThere() {
        var request = standIn(HttpServletRequest.class, new HashMap<>());
        var behind = new SessionCookie(new ContentOrigin("https://c.example.org", "https://etalon.example.org", 1));
        var bare = new SessionCookie(new ContentOrigin("http://localhost:2", "http://localhost:1", 2));
        var headers = new HashMap<Object, Object>();
        behind.set(
                request, standIn(HttpServletResponse.class, headers), new Sessions.Opened(UUID.randomUUID(), "secret"));

        assertThat(headers.get("Set-Cookie").toString())
                .startsWith("__Host-etalon_session=secret;")
                .contains("Secure", "HttpOnly", "SameSite=Lax", "Path=/")
                .doesNotContain("Domain");
        assertThat(behind.name(request)).isEqualTo("__Host-etalon_session");
        assertThat(bare.name(request)).isEqualTo("etalon_session");
    }

    /** One end of an exchange that is not secure, and keeps the headers that are set. */
    private static <T> T standIn(Class<T> type, Map<Object, Object> headers) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, given) -> {
            if (given != null && given.length == 2) {
                headers.put(given[0], given[1]);
            }
            return method.getReturnType() == boolean.class ? Boolean.FALSE : null;
        }));
    }
}
