package io.etalon.server.work.engine;

import io.etalon.server.base.EtalonException;
import io.etalon.server.base.PersonId;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;

/**
 * Idempotency keys: the first request with a key does the work, those that come while it is under way wait for it, and
 * all get its outcome. A key that was written before is found in the table, but only looked for when the work cannot be
 * done: a request that can do its work comes with a fresh key, and the table's primary key catches the exception. Thread-safe.
 */
final class Replays {
    private record Id(PersonId person, String key) {}

    private final ConcurrentMap<Id, CompletableFuture<Outcome>> underWay = new ConcurrentHashMap<>();

    /** Finds what a key stands for in the table. */
    interface Table {
        Optional<Outcome> find(PersonId person, String key);
    }

    private final Table table;

    Replays(Table table) {
        this.table = table;
    }

    /**
     * Does the work once for a key.
     *
     * @throws EtalonException idempotency mismatch, when the key came with another body
     */
    Outcome once(PersonId person, String key, byte[] bodyHash, Supplier<Outcome> work) {
        var id = new Id(person, key);
        var mine = new CompletableFuture<Outcome>();
        var other = underWay.putIfAbsent(id, mine);
        if (other != null) {
            return checked(Writers.join(other), bodyHash);
        }
        try {
            var outcome = workOrReplay(person, key, bodyHash, work);
            mine.complete(outcome);
            return outcome;
        } catch (RuntimeException e) {
            mine.completeExceptionally(e);
            throw e;
        } finally {
            underWay.remove(id, mine);
        }
    }

    /** What a key stands for in the table, if it was written. */
    Optional<Outcome> known(PersonId person, String key, byte[] bodyHash) {
        return table.find(person, key).map(outcome -> checked(outcome, bodyHash));
    }

    private Outcome workOrReplay(PersonId person, String key, byte[] bodyHash, Supplier<Outcome> work) {
        try {
            return work.get();
        } catch (RuntimeException e) {
            try {
                return checked(table.find(person, key).orElseThrow(() -> e), bodyHash);
            } catch (RuntimeException other) {
                if (other != e) {
                    other.addSuppressed(e);
                }
                throw other;
            }
        }
    }

    private static Outcome checked(Outcome outcome, byte[] bodyHash) {
        if (!Arrays.equals(outcome.bodyHash(), bodyHash)) {
            throw new EtalonException(
                    WorkCodes.KEY_REUSED, "This Idempotency-Key came with another body before; use a new key.");
        }
        return outcome.again();
    }
}
