package io.etalon.server.access;

import io.etalon.server.base.ClientId;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.PersonId;
import io.etalon.server.base.ProjectId;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Says whether what a signed address or a lease was given for is still good. Thread-safe. */
@Service
public final class Credentials {
    private final Sessions sessions;
    private final ApiKeys keys;
    private final Grants grants;
    private final Gates gates;
    private final SecondFactor factor;

    Credentials(Sessions sessions, ApiKeys keys, Grants grants, Gates gates, SecondFactor factor) {
        this.sessions = sessions;
        this.keys = keys;
        this.grants = grants;
        this.gates = gates;
        this.factor = factor;
    }

    /**
     * Whether this session or key is alive, belongs to this person, is as strong as the
     * client asks for, and he is a member of the client whom no gate keeps out;
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
            var strongAlone = factor.asks(client);
            return (sessions.isAlive(id, person, strongAlone) || keys.isAlive(id, person, client, strongAlone))
                    && passes(client, person);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /**
     * What keeps a member from a client's projects now: what a request to the project's address would be told by the first
     * gate that is closed; empty when none is.
     *
     * @param address the network address that he asks from
     * @param project null where none is meant
     */
    public Optional<EtalonException> closed(ClientCaller caller, String address, @Nullable ProjectId project) {
        var visitor = new ClientGate.Visitor(caller.person(), caller.workforce(), caller.via(), address);
        return gates.refusal(caller.client().id(), visitor, ClientGate.Door.PROJECT, project);
    }

    private boolean passes(ClientId client, PersonId person) {
        var visitor = new ClientGate.Visitor(person, grants.workforceAt(person, client), "address", null);
        return gates.refusal(client, visitor, ClientGate.Door.PROJECT, null).isEmpty();
    }
}
