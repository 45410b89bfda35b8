package io.etalon.server.access;

import io.etalon.server.base.PersonId;
import io.etalon.server.tenant.Client;
import io.etalon.server.testing.TestServer;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** People and clients of a test, made on a running server under names of their own. */
record Cast(TestServer server) {
    static final String PASSWORD = "correct horse battery";
    private static final AtomicInteger COUNTER = new AtomicInteger();

    Client client(String slug) throws Exception {
        return server.clients().create(slug, "Client " + slug);
    }

    PersonId person() {
        return server.part(People.class)
                .create("person-" + COUNTER.incrementAndGet() + "@cast.example", "Somebody")
                .id();
    }

    String email(PersonId person) {
        return server.part(People.class).get(person).email();
    }

    PersonId member(Client client, Role... roles) {
        var person = person();
        server.part(Grants.class).grant(Grants.By.SYSTEM, person, client.id(), Set.of(roles), null);
        return person;
    }

    PersonId operator() {
        var person = person();
        server.part(Grants.class).grantOperator(person);
        return person;
    }

    String key(PersonId maker, Client client, Role... roles) {
        return server.part(ApiKeys.class)
                .make(
                        maker,
                        "test",
                        client,
                        Set.of(roles),
                        server.part(Clock.class).instant().plus(Duration.ofDays(1)))
                .secret();
    }
}
