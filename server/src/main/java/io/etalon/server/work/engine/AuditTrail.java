package io.etalon.server.work.engine;

import io.etalon.server.audit.AuditEvent;
import io.etalon.server.base.Rows;
import io.etalon.server.base.Tx;
import java.util.List;

/** Where audit entries and news of acts go, in the transaction and the one statement of what they tell of. Thread-safe. */
@FunctionalInterface
public interface AuditTrail {
    /** The rows that tell of these acts; the caller writes them in this transaction, or nothing of it is committed. */
    List<Rows> rows(Tx tx, List<AuditEvent> acts);

    /** Hears that such rows were committed, by this transaction's number. */
    default void committed(Tx tx, long transaction) {}
}
