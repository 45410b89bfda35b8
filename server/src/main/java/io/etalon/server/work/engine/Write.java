package io.etalon.server.work.engine;

import io.etalon.server.base.PersonId;
import io.etalon.server.work.review.Way;
import io.etalon.server.work.state.TaskEvent;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What one request wants written, all or nothing: rows of up to one kind each, with what has to happen in memory after
 * the commit or after a failure. A {@link Writers} commits it together with others.
 */
final class Write {
    final WorkQueue queue;
    /** How the actor was known, for the audit log. */
    final String via;

    @Nullable
    OpenLease grant;

    /** How the granted lease is shown. */
    @Nullable
    Showing showing;

    @Nullable
    Submission submission;

    @Nullable
    Judgement judgement;

    @Nullable
    End end;

    @Nullable
    Event event;

    @Nullable
    Need need;

    /** A returned answer that is taken from its author. */
    @Nullable
    SubmissionRef lapse;

    @Nullable
    Appeal appeal;

    @Nullable
    Key key;

    private Runnable committed = () -> {};
    private Runnable undone = () -> {};
    private final CompletableFuture<Write> done = new CompletableFuture<>();

    /** The number of the submission or decision, set by the writer. */
    volatile long made;

    Write(WorkQueue queue, String via) {
        this.queue = queue;
        this.via = via;
    }

    /** An answer to a lease's task. */
    record Submission(
            OpenLease lease,
            int revision,
            int activeSeconds,
            boolean unsure,
            Way way,
            SealedAnswer content,
            @Nullable FromPreLabel from) {}

    /** A reviewer's decision; content is there for a fix. */
    record Judgement(
            OpenLease lease, Decision decision, @Nullable SealedAnswer content, byte @Nullable [] comments) {}

    /** What an author says against the refusal of an answer, sealed. */
    record Appeal(long task, long submission, PersonId author, byte[] text) {}

    /** The end of a lease without an answer. */
    record End(OpenLease lease, EndReason how, @Nullable String reason, byte @Nullable [] note) {}

    /** A change of state that no count shows. */
    record Event(long task, TaskEvent event, PersonId person) {}

    /** That one task needs so many answers, after so many were seen. */
    record Need(long task, int answers, int seen) {}

    /** An idempotency key with the hash of the body it came with. */
    record Key(PersonId person, String key, byte[] bodyHash, String state) {}

    /** How a lease ends without an answer. */
    enum EndReason {
        RELEASED,
        SKIPPED,
        EXPIRED,
        SUPERSEDED,
        /** A requester took its task back. */
        WITHDRAWN,
        /** Its holder may not work here any more. */
        FENCED
    }

    /** Runs on the writer's thread after the commit, before anybody is told. Must not fail. */
    Write onCommit(Runnable action) {
        var before = committed;
        committed = () -> {
            before.run();
            action.run();
        };
        return this;
    }

    /** Runs when nothing was written. */
    Write onFailure(Runnable action) {
        var before = undone;
        undone = () -> {
            action.run();
            before.run();
        };
        return this;
    }

    CompletableFuture<Write> done() {
        return done;
    }

    void succeed() {
        try {
            committed.run();
            done.complete(this);
        } catch (RuntimeException e) {
            queue.suspect();
            done.completeExceptionally(e);
        }
    }

    void fail(RuntimeException reason) {
        try {
            undone.run();
        } catch (RuntimeException e) {
            queue.suspect();
            reason.addSuppressed(e);
        }
        done.completeExceptionally(reason);
    }
}
