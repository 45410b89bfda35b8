package io.etalon.server.dataset;

import io.etalon.server.base.ClientId;
import io.etalon.server.base.PersonId;

/** The port that says whether a signed address may still be used. Thread-safe. */
@FunctionalInterface
public interface SessionCheck {
    /**
     * Whether this session (or key) is alive now, belongs to this person, and the person is still a member of the client.
     *
     * @param session the id that {@code access.Caller.session} bears
     */
    boolean isAlive(ClientId client, PersonId person, String session);
}
