package io.etalon.server.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.etalon.server.access.Grants;
import io.etalon.server.access.People;
import io.etalon.server.access.Role;
import io.etalon.server.access.Sessions;
import io.etalon.server.access.Way;
import io.etalon.server.base.PersonId;
import io.etalon.server.tenant.Client;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** People made on a running server, each with roles at a client. */
public record Members(TestServer server) {
    private static final AtomicInteger COUNTER = new AtomicInteger();

    public PersonId person() {
        return server.part(People.class)
                .create("member-" + COUNTER.incrementAndGet() + "@members.example", "Somebody")
                .id();
    }

    public PersonId of(Client client, Role... roles) {
        var person = person();
        server.part(Grants.class).grant(Grants.By.SYSTEM, person, client.id(), Set.of(roles), null);
        return person;
    }

    /** A requester of the client agrees to an identity provider as it is set now. */
    public void agree(String slug, String provider) {
        var client = server.clients().find(slug).orElseThrow();
        // By two factors, which a client may ask for.
        var session = server.part(Sessions.class).open(of(client, Role.REQUESTER), Way.PASSKEY, true);
        var requester = Http.of(server).session(session.token());
        var path = "/clients/" + slug + "/identity-providers";
        for (var item : requester.get(path).json().path("items")) {
            if (item.path("id").asString().equals(provider)) {
                var agreed = requester.put(
                        path + "/" + provider + "/consent",
                        Map.of("fingerprint", item.path("fingerprint").asString()));
                assertThat(agreed.status()).as(agreed.body()).isEqualTo(200);
                return;
            }
        }
        throw new AssertionError("the provider does not serve the client");
    }

    public PersonId operator() {
        var person = person();
        server.part(Grants.class).grantOperator(person);
        return person;
    }
}
