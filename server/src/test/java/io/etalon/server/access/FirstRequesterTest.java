package io.etalon.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.etalon.server.testing.Http;
import io.etalon.server.testing.TestServer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The operator names who comes first, once, and is never it: past that he looks in under break-glass alone. */
class FirstRequesterTest {
    private final TestServer server = TestServer.shared();
    private final Cast cast = new Cast(server);

    private static Map<String, Object> requester(String email) {
        return Map.of("email", email, "roles", List.of("requester"));
    }

    private static Map<String, Object> accept(String token) {
        return Map.of("token", token, "name", "Somebody", "password", Cast.PASSWORD);
    }

    private Http.Answer accepts(String token) {
        return Http.of(server).post("/invitations/accept", accept(token));
    }

    private static String token(Http.Answer made) {
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        return made.json().path("token").asString();
    }

    @Test
    void aNewInvitationOfTheFirstRequesterVoidsTheOld() throws Exception {
        cast.client("first-void");
        var operator = Http.as(server, cast.operator());
        var path = "/clients/first-void/invitations";
        var old = token(operator.post(path, requester("old@first.example")));
        var now = token(operator.post(path, requester("now@first.example")));
        assertThat(accepts(old).status()).isEqualTo(404);
        assertThat(accepts(now).status()).isEqualTo(200);
        assertThat(operator.post(path, requester("late@first.example")).status())
                .isEqualTo(403);
    }

    @Test
    void whatTheOperatorInvitedWithEndsWhenTheClientHasARequester() throws Exception {
        var client = cast.client("first-late");
        var operator = Http.as(server, cast.operator());
        var spare = token(operator.post("/clients/first-late/invitations", requester("spare@first.example")));
        cast.member(client, Role.REQUESTER);
        assertThat(accepts(spare).status()).isEqualTo(404);
    }

    @Test
    void anOperatorIsNoFirstRequester() throws Exception {
        cast.client("first-self");
        var self = cast.operator();
        var operator = Http.as(server, self);
        var path = "/clients/first-self/invitations";
        var own = server.part(People.class).get(self).email();
        assertThat(operator.post(path, requester(own)).status()).isEqualTo(403);
        // Who becomes an operator after he was invited gets no further.
        var token = token(operator.post(path, requester("soon@first.example")));
        var soon =
                server.part(People.class).create("soon@first.example", "Soon").id();
        server.part(Grants.class).grantOperator(soon);
        assertThat(Http.as(server, soon)
                        .post("/invitations/accept", Map.of("token", token))
                        .status())
                .isEqualTo(404);
        assertThat(server.part(Grants.class)
                        .rolesAt(
                                soon,
                                server.clients()
                                        .find("first-self")
                                        .orElseThrow()
                                        .id()))
                .isEmpty();
    }
}
