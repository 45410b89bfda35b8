package io.etalon.server.work.engine;

import io.etalon.server.audit.AuditEvent;
import io.etalon.server.base.Tx;
import java.util.List;

/** Where audit entries go, in the transaction of what they tell of. Thread-safe. */
@FunctionalInterface
public interface AuditTrail {
    void appendAll(Tx tx, List<AuditEvent> events);
}
