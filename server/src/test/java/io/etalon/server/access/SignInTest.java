package io.etalon.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.etalon.server.testing.Http;
import io.etalon.server.testing.TestServer;
import java.util.Map;
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
}
