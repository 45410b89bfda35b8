package io.etalon.server.access;

import io.etalon.server.base.ClientId;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.PersonId;
import io.etalon.server.base.ProjectId;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What stands between a member and a client beside his roles; features above answer, and each of them has to let him pass.
 * Asked at every request to a client's address, while a stream goes on, before a signed address opens, and before somebody
 * becomes a member. Thread-safe.
 */
public interface ClientGate {
    /**
     * Who stands before the gate.
     *
     * @param person null for who is invited and not known yet
     * @param workforce for which he works at the client
     * @param address the network address that he asks from; null where none is known
     */
    record Visitor(
            @Nullable PersonId person,
            @Nullable UUID workforce,
            String via,
            @Nullable String address) {}

    /** What he wants. */
    enum Door {
        /** That this server works for the client at all; asked for everybody, and for finished work that is handed in. */
        SERVING,
        /** The client, but nothing of its projects. */
        CLIENT,
        /** Something of a project. */
        PROJECT,
        /** What is asked for, if it is there; asked last, of everybody, whatever walls say. */
        PRESENCE,
        /** To become a member. */
        MEMBERSHIP
    }

    /**
     * Why he may not pass, to be thrown; empty when he may. The refusal stands in the client's log before this returns.
     *
     * @param project null where none is known
     */
    Optional<EtalonException> refusal(ClientId client, Visitor visitor, Door door, @Nullable ProjectId project);

    /** What {@link #refusal} would say at a project's door, without a trace: for who reckons with somebody's work. */
    Optional<EtalonException> look(ClientId client, Visitor visitor, ProjectId project);
}
