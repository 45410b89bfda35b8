package io.etalon.server.audit;

import io.etalon.server.base.ClientId;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Entries that need no transaction but their own: those of callers who come while one is being committed are committed
 * together after it, by whoever is first in line. A commit costs as much for one as for many. Thread-safe.
 */
final class GroupCommit {
    private static final int MOST = 1_024;

    /** Commits events in one transaction. */
    interface Committer {
        void commit(ClientId client, List<AuditEvent> events);
    }

    private record Entry(AuditEvent event, CompletableFuture<Boolean> done) {}

    private final ClientId client;
    private final Committer committer;
    private final Queue<Entry> inbox = new ConcurrentLinkedQueue<>();
    private final ReentrantLock turn = new ReentrantLock();

    GroupCommit(ClientId client, Committer committer) {
        this.client = client;
        this.committer = committer;
    }

    /** Returns when the event is committed; throws what kept it from being so. */
    void write(AuditEvent event) {
        var mine = new Entry(event, new CompletableFuture<>());
        inbox.add(mine);
        turn.lock();
        try {
            while (!mine.done().isDone()) {
                commitWaiting();
            }
        } finally {
            turn.unlock();
        }
        try {
            mine.done().join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    private void commitWaiting() {
        var batch = new ArrayList<Entry>();
        for (var next = inbox.poll(); next != null; next = batch.size() < MOST ? inbox.poll() : null) {
            batch.add(next);
        }
        try {
            committer.commit(client, batch.stream().map(Entry::event).toList());
            batch.forEach(entry -> entry.done().complete(Boolean.TRUE));
        } catch (RuntimeException e) {
            // One bad entry must not take the others with it.
            batch.forEach(entry -> alone(entry, batch.size() == 1 ? e : null));
        }
    }

    private void alone(Entry entry, @Nullable RuntimeException known) {
        if (known != null) {
            entry.done().completeExceptionally(known);
            return;
        }
        try {
            committer.commit(client, List.of(entry.event()));
            entry.done().complete(Boolean.TRUE);
        } catch (RuntimeException e) {
            entry.done().completeExceptionally(e);
        }
    }
}
