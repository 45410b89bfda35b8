package io.etalon.server.work.engine;

import io.etalon.server.base.EtalonException;
import io.etalon.server.base.Ids;
import io.etalon.server.base.PersonId;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Takes work from a queue for a person and writes what came of a request. Thread-safe. */
final class Grants {
    private final Writers writers;
    private final WorkConfig config;
    private final Ids ids;

    Grants(Writers writers, WorkConfig config, Ids ids) {
        this.writers = writers;
        this.config = config;
        this.ids = ids;
    }

    /** Claims and writes a lease; null when there is nothing for this person now. */
    @Nullable
    OpenLease next(WorkQueue queue, Dispatcher.Worker worker, OpenLease.Kind kind) {
        var lease = claim(queue, worker, kind, true);
        if (lease != null) {
            var write = new Write(queue, worker.via());
            grant(write, worker, lease);
            writers.write(write);
        }
        return lease;
    }

    /** The same for a request that bears a key: both are written together, or neither. */
    Outcome next(WorkQueue queue, Dispatcher.Worker worker, OpenLease.Kind kind, Dispatcher.KeyUse key) {
        var lease = claim(queue, worker, kind, true);
        if (lease == null) {
            return new Outcome(key.bodyHash(), 0, "none", null, false);
        }
        var write = new Write(queue, worker.via());
        grant(write, worker, lease);
        return written(write, worker.person(), key, "leased");
    }

    /** Adds the next lease of the same kind to a write that ends one, when there is one. */
    void more(Write write, Dispatcher.Worker worker, OpenLease.Kind kind) {
        var lease = claim(write.queue, worker, kind, false);
        if (lease != null) {
            grant(write, worker, lease);
        }
    }

    private static void grant(Write write, Dispatcher.Worker worker, OpenLease lease) {
        write.grant = lease;
        write.showing = worker.showing();
        write.onFailure(() -> write.queue.undone(lease));
    }

    private @Nullable OpenLease claim(WorkQueue queue, Dispatcher.Worker worker, OpenLease.Kind kind, boolean tellCap) {
        var desk = queue.desk(worker.person());
        synchronized (desk) {
            if (queue.claims.isBarred(desk)) {
                return null;
            }
            if (desk.openOf(kind) >= config.openLeases()) {
                if (!tellCap) {
                    return null;
                }
                throw new EtalonException(
                        WorkCodes.LEASE_CAP,
                        "You hold " + config.openLeases() + " leases here; submit or release one first.");
            }
            var token = ByteBuffer.wrap(ids.bytes(Long.BYTES)).getLong();
            return switch (kind) {
                case ANNOTATE ->
                    queue.gold.claim(desk, worker.versions(), token, () -> queue.claims.task(desk, worker, token));
                case REVIEW -> queue.claims.review(desk, worker, token);
            };
        }
    }

    /** Waits for the commit and tells what was made. */
    Outcome written(Write write, PersonId person, Dispatcher.@Nullable KeyUse key, String state) {
        if (key != null) {
            write.key = new Write.Key(person, key.key(), key.bodyHash(), state);
        }
        writers.write(write);
        return new Outcome(
                key == null ? new byte[0] : key.bodyHash(),
                write.made,
                state,
                write.grant == null ? null : write.grant.id,
                false);
    }
}
