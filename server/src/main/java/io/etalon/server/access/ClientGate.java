package io.etalon.server.access;

import io.etalon.server.base.ClientId;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.PersonId;
import io.etalon.server.base.ProjectId;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What stands between a member and a client beside his roles; walls above answer. Asked at every request to a client's
 * address, while a stream goes on, before a signed address opens, and before somebody becomes a member. Thread-safe.
 */
public interface ClientGate {
    /**
     * Who stands before the gate.
     *
     * @param person null for who is invited and not known yet
     * @param workforce for which he works at the client
     */
    record Visitor(@Nullable PersonId person, @Nullable UUID workforce, String via) {}

    /** What he wants. */
    enum Door {
        /** The client, but nothing of its projects. */
        CLIENT,
        /** Something of a project. */
        PROJECT,
        /** To become a member. */
        MEMBERSHIP
    }

    /**
     * Why he may not pass, to be thrown; empty when he may. The refusal stands in the client's log before this returns.
     *
     * @param project null where none is known
     */
    Optional<EtalonException> refusal(ClientId client, Visitor visitor, Door door, @Nullable ProjectId project);
}
