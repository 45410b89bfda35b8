package io.etalon.server.audit;

import io.etalon.server.base.ClientId;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Entries that need no transaction but their own: those of callers who come while one is being committed are committed
 * together after it. A commit costs as much for one as for many. One caller at a time leads: it commits what waits until
 * its own entry is committed, and hands on to one who waits. The others sleep until they are told, once. Thread-safe.
 */
final class GroupCommit {
    private static final int MOST = 1_024;

    /** Commits events in one transaction. */
    interface Committer {
        void commit(ClientId client, List<AuditEvent> events);
    }

    /** What one who waits is told. */
    private enum Word {
        ENDED,
        LEAD
    }

    private static final class Entry {
        private final AuditEvent event;
        private final CompletableFuture<Word> told = new CompletableFuture<>();
        private volatile boolean ended;
        private volatile @Nullable Throwable failure;

        private Entry(AuditEvent event) {
            this.event = event;
        }

        private void end(@Nullable Throwable why) {
            failure = why;
            ended = true;
            told.complete(Word.ENDED);
        }
    }

    private final ClientId client;
    private final Committer committer;
    private final Queue<Entry> inbox = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean led = new AtomicBoolean();

    GroupCommit(ClientId client, Committer committer) {
        this.client = client;
        this.committer = committer;
    }

    /** Returns when the event is committed; throws what kept it from being so. */
    void write(AuditEvent event) {
        var mine = new Entry(event);
        inbox.add(mine);
        if (led.compareAndSet(false, true) || mine.told.join() == Word.LEAD) {
            lead(mine);
        }
        switch (mine.failure) {
            case null -> {}
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case Throwable e -> throw new IllegalStateException(e);
        }
    }

    private void lead(Entry mine) {
        try {
            while (!mine.ended) {
                commitWaiting();
            }
        } finally {
            handOn();
        }
    }

    /** The first who waits leads from now on. Who comes when nobody waits finds that nobody leads. */
    private void handOn() {
        do {
            var next = inbox.peek();
            if (next != null) {
                next.told.complete(Word.LEAD);
                return;
            }
            led.set(false);
        } while (!inbox.isEmpty() && led.compareAndSet(false, true));
    }

    private void commitWaiting() {
        var batch = new ArrayList<Entry>();
        for (var next = inbox.poll(); next != null; next = batch.size() < MOST ? inbox.poll() : null) {
            batch.add(next);
        }
        try {
            committer.commit(client, batch.stream().map(entry -> entry.event).toList());
            batch.forEach(entry -> entry.end(null));
        } catch (RuntimeException e) {
            if (batch.size() == 1) {
                batch.getFirst().end(e);
            } else {
                // One bad entry must not take the others with it.
                batch.forEach(this::alone);
            }
        } catch (Error e) {
            batch.forEach(entry -> entry.end(e));
        }
    }

    private void alone(Entry entry) {
        try {
            committer.commit(client, List.of(entry.event));
            entry.end(null);
        } catch (RuntimeException | Error e) {
            entry.end(e);
        }
    }
}
