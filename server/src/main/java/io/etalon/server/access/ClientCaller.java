package io.etalon.server.access;

import io.etalon.server.base.PersonId;
import io.etalon.server.tenant.Client;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who sent this request to a client's address, with what he is there. Handlers under {@code {client}} take it as an
 * argument.
 *
 * @param client the client that the path names; the caller is a member
 * @param person the person, or the maker of the key
 * @param via {@link Caller#VIA_SESSION} or {@link Caller#VIA_KEY}
 * @param session the id of the session or key, not its secret
 * @param roles what the caller holds at this client; of a key, only what both the key and its maker hold
 * @param workforce the workforce he works for at this client, if any
 */
public record ClientCaller(
        Client client,
        PersonId person,
        String via,
        String session,
        Set<Role> roles,
        @Nullable UUID workforce) {

    /** How an operator is known who looks into a client's content under a grant. */
    public static final String VIA_BREAK_GLASS = "break-glass";

    public ClientCaller {
        roles = Set.copyOf(roles);
    }

    /** The same person under the same credential, without the client. */
    public Caller caller() {
        return new Caller(person, via, session);
    }

    /** Whether the caller holds this role here. */
    public boolean is(Role role) {
        return roles.contains(role);
    }
}
