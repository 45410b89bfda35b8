package io.etalon.server.work.queue;

import io.etalon.server.audit.AuditEvent;
import io.etalon.server.audit.AuditLog;
import io.etalon.server.audit.AuditOp;
import io.etalon.server.base.ClientId;
import io.etalon.server.base.Tx;
import io.etalon.server.dataset.DeletedAssets;
import io.etalon.server.dataset.ObjectSweep;
import io.etalon.server.tenant.Client;
import io.etalon.server.tenant.TenantScope;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import org.springframework.stereotype.Component;
import tools.jackson.databind.ObjectMapper;

/**
 * Removes for good what was deleted thirty days ago: each deletion's rows in one transaction with its entry of the log, then
 * the objects that no row names any more. Thread-safe.
 */
@Component
final class Purge {
    private final TenantScope scope;
    private final AuditLog audit;
    private final DeletedAssets assets;
    private final ObjectSweep sweep;
    private final DeletionStore store;

    Purge(TenantScope scope, AuditLog audit, DeletedAssets assets, ObjectSweep sweep, ObjectMapper json) {
        this.scope = scope;
        this.audit = audit;
        this.assets = assets;
        this.sweep = sweep;
        this.store = new DeletionStore(json);
    }

    /** What one pass removed. */
    record Purged(int deletions, long tasks, int objects) {}

    /** @throws IOException when the objects cannot be looked through; the sweep of the next day does it then */
    Purged run(Client client) throws IOException {
        var deletions = 0;
        var tasks = 0L;
        var bytes = false;
        for (var due : scope.client(client.id(), store::over)) {
            var purged = scope.client(client.id(), tx -> purge(tx, client.id(), due));
            if (purged >= 0) {
                deletions++;
                tasks += purged;
                bytes |= due.scope() == DeletionScope.ASSETS || due.scope() == DeletionScope.PROJECT;
            }
        }
        return new Purged(deletions, tasks, bytes ? sweep.sweep(client) : 0);
    }

    private long purge(Tx tx, ClientId client, Deletion due) throws SQLException {
        var ofAssets = due.scope() == DeletionScope.ASSETS;
        List<Long> packs = ofAssets ? assets.packs(tx, due.id()) : List.of();
        var tasks = store.purge(tx, due.id());
        if (tasks < 0) {
            return tasks;
        }
        assets.thin(tx, client, due.project(), packs);
        var op = due.scope() == DeletionScope.PROJECT ? AuditOp.PROJECT_CHANGE : AuditOp.TASK_CHANGE;
        audit.append(
                tx,
                AuditEvent.of(op, null, "system", due.project())
                        .with("act", "purge")
                        .with("deletion", due.id())
                        .with("tasks", tasks)
                        .with("assets", due.counted().assets()));
        return tasks;
    }
}
