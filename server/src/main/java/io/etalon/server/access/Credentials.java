package io.etalon.server.access;

import io.etalon.server.base.ClientId;
import io.etalon.server.base.PersonId;
import java.util.UUID;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Service;

/** Says whether what a signed address or a lease was given for is still good. Thread-safe. */
@Service
public final class Credentials {
    private final Sessions sessions;
    private final ApiKeys keys;
    private final Grants grants;
    private final ObjectProvider<ClientGate> gate;

    Credentials(Sessions sessions, ApiKeys keys, Grants grants, ObjectProvider<ClientGate> gate) {
        this.sessions = sessions;
        this.keys = keys;
        this.grants = grants;
        this.gate = gate;
    }

    /**
     * Whether this session or key is alive, belongs to this person, and he is a member of the client whom no wall keeps out;
     * asked from the database for the session or key, at most ten seconds old for the membership.
     *
     * @param session what {@link Caller#session} bears
     */
    public boolean isAlive(ClientId client, PersonId person, String session) {
        if (grants.rolesAt(person, client).isEmpty()) {
            return false;
        }
        try {
            var id = UUID.fromString(session);
            return (sessions.isAlive(id, person) || keys.isAlive(id, person, client)) && passes(client, person);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private boolean passes(ClientId client, PersonId person) {
        var standing = gate.getIfAvailable();
        var visitor = new ClientGate.Visitor(person, grants.workforceAt(person, client), "address");
        return standing == null
                || standing.refusal(client, visitor, ClientGate.Door.PROJECT, null)
                        .isEmpty();
    }
}
