package io.etalon.server.event;

import io.etalon.server.base.ClientId;
import io.etalon.server.base.ProjectId;
import io.etalon.server.tenant.TenantScope;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The live end of one client's outbox on this server: read once however many follow it, and not at all while nobody does.
 * Thread-safe; {@link #pass} is called by one thread.
 */
final class Feed {
    /** Events that may wait for a slow follower; one that falls further behind is cut off and resumes by its position. */
    static final int WAITING = 1_000;

    private static final int BATCH = 500;
    private static final Event END =
            new Event(Position.START, null, EventKind.PROJECT_CHANGED, "{}", java.time.Instant.EPOCH);

    private final TenantScope scope;
    private final ClientId client;
    private final OutboxStore store = new OutboxStore();
    private final List<Following> followers = new CopyOnWriteArrayList<>();
    private Position tail = Position.START;

    Feed(TenantScope scope, ClientId client) {
        this.scope = scope;
        this.client = client;
    }

    /** Follows a project, and what concerns the client as a whole, from a position on or from now on. */
    Following follow(ProjectId project, @Nullable Position after) {
        var following = new Following(project);
        synchronized (this) {
            if (followers.isEmpty()) {
                tail = scope.client(client, store::settled);
            }
            following.delivered = after == null ? tail : after;
            followers.add(following);
        }
        following.behind = after != null;
        return following;
    }

    boolean isFollowed() {
        return !followers.isEmpty();
    }

    /** Hands out what has come since the last pass; true when there was something. */
    boolean pass() {
        if (followers.isEmpty()) {
            return false;
        }
        synchronized (this) {
            var events = scope.client(client, tx -> store.after(tx, tail, BATCH));
            for (var event : events) {
                followers.forEach(one -> one.offer(event));
            }
            if (!events.isEmpty()) {
                tail = events.getLast().position();
            }
            return !events.isEmpty();
        }
    }

    void end() {
        followers.forEach(Following::close);
    }

    /** One who follows a project: first what he missed, from the table, then what comes. Used by one thread. */
    final class Following implements Followed {
        private final ProjectId project;
        private final BlockingQueue<Event> coming = new ArrayBlockingQueue<>(WAITING);
        private final ArrayDeque<Event> missed = new ArrayDeque<>();
        private Position delivered = Position.START;
        private boolean behind;
        private volatile boolean ended;

        private Following(ProjectId project) {
            this.project = project;
        }

        private void offer(Event event) {
            if ((event.project() == null || project.equals(event.project())) && !coming.offer(event)) {
                close();
            }
        }

        @Override
        public Position position() {
            return delivered;
        }

        @Override
        public boolean hasEnded() {
            return ended;
        }

        @Override
        public List<Event> next(Duration longest) throws InterruptedException {
            if (behind) {
                missed.addAll(scope.client(client, tx -> store.after(tx, project, delivered, BATCH)));
                behind = missed.size() == BATCH;
            }
            if (!missed.isEmpty()) {
                return taken(missed);
            }
            var first = Optional.ofNullable(coming.poll(longest.toNanos(), TimeUnit.NANOSECONDS));
            var more = new ArrayList<Event>(1);
            first.ifPresent(more::add);
            coming.drainTo(more);
            // What was read from the table may come again from the tail.
            more.removeIf(event -> event == END || event.position().compareTo(delivered) <= 0);
            return taken(more);
        }

        private List<Event> taken(java.util.Collection<Event> events) {
            var list = List.copyOf(events);
            events.clear();
            if (!list.isEmpty()) {
                delivered = list.getLast().position();
            }
            return list;
        }

        @Override
        public void close() {
            followers.remove(this);
            ended = true;
            // Wakes the reader. What waits is not lost: who resumes reads it from the table.
            coming.clear();
            coming.offer(END);
        }
    }
}
