package io.etalon.server.access;

import io.etalon.server.base.PersonId;
import io.etalon.server.tenant.Clients;
import java.util.ArrayList;
import org.springframework.stereotype.Component;

/** Gathers what {@link SessionView} shows. */
@Component
final class SessionViews {
    private final People people;
    private final Grants grants;
    private final Passkeys passkeys;
    private final Clients clients;
    private final SecondFactor factor;
    private final AccountNotices notices;

    SessionViews(
            People people,
            Grants grants,
            Passkeys passkeys,
            Clients clients,
            SecondFactor factor,
            AccountNotices notices) {
        this.people = people;
        this.grants = grants;
        this.passkeys = passkeys;
        this.clients = clients;
        this.factor = factor;
        this.notices = notices;
    }

    SessionView of(PersonId id, boolean strong, boolean setup) {
        var roles = new ArrayList<SessionView.RoleView>();
        for (var grant : grants.of(id)) {
            var client =
                    grant.client() == null ? null : clients.find(grant.client()).orElse(null);
            var workforce = grant.workforce();
            roles.add(new SessionView.RoleView(
                    grant.role(),
                    client == null ? null : client.slug(),
                    client == null ? null : client.name(),
                    workforce == null ? null : workforce.toString(),
                    strong || !factor.asks(grant) ? null : Boolean.TRUE));
        }
        return new SessionView(
                SessionView.PersonView.of(people.get(id)),
                roles,
                passkeys.of(id).size(),
                strong,
                notices.of(id),
                setup ? Boolean.TRUE : null);
    }
}
