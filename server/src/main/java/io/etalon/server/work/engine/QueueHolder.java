package io.etalon.server.work.engine;

import io.etalon.server.base.ProjectId;
import java.util.concurrent.locks.StampedLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The place of one project's queue: opens it when it is first asked for and again when it no longer agrees with the
 * tables. A caller holds the place for reading from before it looks at the queue until its write is committed, so
 * nothing is under way when the queue is rebuilt. Thread-safe.
 */
final class QueueHolder {
    /** Owns the queue and loads it from the tables. */
    interface Opener {
        WorkQueue open(ProjectId project);
    }

    private final ProjectId project;
    private final Writers writers;
    private final Opener opener;
    private final StampedLock lock = new StampedLock();
    private @Nullable WorkQueue queue;

    QueueHolder(ProjectId project, Writers writers, Opener opener) {
        this.project = project;
        this.writers = writers;
        this.opener = opener;
    }

    <T extends @Nullable Object> T with(Function<WorkQueue, T> work) {
        while (true) {
            var stamp = lock.readLock();
            try {
                var open = queue;
                if (open != null && writers.owns(open)) {
                    return work.apply(open);
                }
            } finally {
                lock.unlockRead(stamp);
            }
            open();
        }
    }

    /** The same while nobody else does: nothing is under way meanwhile. */
    <T extends @Nullable Object> T alone(Function<WorkQueue, T> work) {
        var stamp = lock.writeLock();
        try {
            return work.apply(opened());
        } finally {
            lock.unlockWrite(stamp);
        }
    }

    private void open() {
        alone(Function.identity());
    }

    private WorkQueue opened() {
        var open = queue;
        if (open == null || !writers.owns(open)) {
            queue = null;
            open = opener.open(project);
            queue = open;
        }
        return open;
    }

    /** Lets go of the queue when nobody uses it; the empty place stays. */
    void letGo() {
        var stamp = lock.writeLock();
        queue = null;
        lock.unlockWrite(stamp);
    }

    /** The queue if it is open and may be used: for passes that must not open it. */
    @Nullable
    WorkQueue peek() {
        var stamp = lock.tryReadLock();
        if (stamp == 0) {
            return null;
        }
        try {
            var open = queue;
            return open != null && writers.owns(open) ? open : null;
        } finally {
            lock.unlockRead(stamp);
        }
    }
}
