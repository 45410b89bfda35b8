package io.etalon.server.work.engine;

import io.etalon.server.audit.AuditEvent;
import java.time.Instant;
import java.util.UUID;

/**
 * How a lease's asset is shown to who gets it. Asked by a writer while it grants the lease, so that the entry of the view
 * commits with the grant and its address may leave at once; must neither wait nor ask a database. Thread-safe.
 */
@FunctionalInterface
public interface Showing {
    /**
     * An address with the entry that has to be committed before it leaves.
     *
     * @param until when the address ends
     */
    record View(String url, Instant until, AuditEvent entry) {}

    View of(UUID asset);
}
