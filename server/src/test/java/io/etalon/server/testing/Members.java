package io.etalon.server.testing;

import io.etalon.server.access.Grants;
import io.etalon.server.access.People;
import io.etalon.server.access.Role;
import io.etalon.server.base.PersonId;
import io.etalon.server.tenant.Client;
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

    public PersonId operator() {
        var person = person();
        server.part(Grants.class).grantOperator(person);
        return person;
    }
}
