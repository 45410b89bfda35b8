package io.etalon.server.audit;

import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;

/** How many entries of each sort got an index in this process, over all clients. Thread-safe. */
final class EntryCounts {
    private final AtomicLongArray counts = new AtomicLongArray(AuditOp.values().length);

    void add(Map<AuditOp, Long> sorts) {
        sorts.forEach((op, count) -> counts.addAndGet(op.ordinal(), count));
    }

    long of(AuditOp op) {
        return counts.get(op.ordinal());
    }
}
