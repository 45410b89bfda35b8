package io.etalon.server.work.engine;

import io.etalon.server.base.ErrorCode;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.ProjectId;
import io.etalon.server.base.Tx;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** One thread and one connection of {@link Writers}. */
final class Writer implements Runnable, AutoCloseable {
    /** What comes in: a write, the wish to own queues or to let go of them, or the end. */
    private sealed interface Job {
        record Commit(Write write) implements Job {}

        record Own(ProjectId project, CompletableFuture<Boolean> done) implements Job {}

        record Seat(CompletableFuture<Boolean> done) implements Job {}

        record Enter(CompletableFuture<Long> done) implements Job {}

        record LetGo() implements Job {}

        record Stop() implements Job {}
    }

    private static final Logger LOG = LoggerFactory.getLogger(Writer.class);
    /** "work" in ASCII; the first key of the advisory lock, one more for each further writer. */
    private static final int LOCK_CLASS = 0x776F726B;

    /** How long a writer listens for more before it commits: at each look, and in all. */
    private static final long PAUSE_NANOS = 100_000;

    private static final long LONGEST_NANOS = 4_000_000;

    /** From so many writes at once on, more are worth waiting for even if none comes for a moment. */
    private static final int MANY = 6;

    /** So many times the usual time between two writes without one: those who work wait for this commit. */
    private static final int SILENCE = 4;

    private static final String DISK_FULL = "53100";

    private final Writers group;
    private final int ordinal;
    private final BlockingQueue<Job> inbox;
    private final Thread thread;
    private final Set<ProjectId> owned = new HashSet<>();
    private final IdBlock ids = new IdBlock();
    private @Nullable Tx tx;
    private boolean stopped;
    /** How many jobs came in last, when they were done with, and the usual nanoseconds between two. */
    private int last;

    private long lastNanos = System.nanoTime();
    private long usualNanos = LONGEST_NANOS;
    /** Of what came in, what was taken out and is not done. */
    private volatile int atHand;
    /** Whether the session has this writer's lock on all queues of the client. */
    private boolean seated;

    Writer(Writers group, int ordinal) {
        this.group = group;
        this.ordinal = ordinal;
        this.inbox = new ArrayBlockingQueue<>(group.config().waiting());
        this.thread = Thread.ofPlatform()
                .daemon()
                .name("work-writer-" + group.client() + "-" + ordinal)
                .start(this);
    }

    /** Writes that wait or are being committed. */
    int load() {
        return inbox.size() + atHand;
    }

    boolean offer(Write write) {
        return inbox.offer(new Job.Commit(write));
    }

    /** Takes this writer's lock on all queues of the client; false when another server has it. */
    CompletableFuture<Boolean> seat() {
        var seat = new Job.Seat(new CompletableFuture<>());
        put(seat);
        return seat.done();
    }

    /** Enters that all locks are this server's; returns how often they were taken up to now. */
    CompletableFuture<Long> enter() {
        var enter = new Job.Enter(new CompletableFuture<>());
        put(enter);
        return enter.done();
    }

    /** Ends the session and with it every lock. */
    void letGo() {
        put(new Job.LetGo());
    }

    CompletableFuture<Boolean> own(ProjectId project) {
        var own = new Job.Own(project, new CompletableFuture<>());
        put(own);
        return own.done();
    }

    private void put(Job job) {
        try {
            inbox.put(job);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EtalonException(ErrorCode.DATABASE_DOWN, "The server is stopping.", e);
        }
    }

    @Override
    public void run() {
        var jobs = new ArrayList<Job>();
        var writes = new ArrayList<Write>();
        while (!stopped) {
            try {
                jobs.add(inbox.take());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                stopped = true;
            }
            gather(jobs);
            for (var job : jobs) {
                switch (job) {
                    case Job.Commit commit -> writes.add(commit.write());
                    case Job.Own own -> own(own);
                    case Job.Seat seat -> answer(seat.done(), this::takeSeat);
                    case Job.Enter enter -> answer(enter.done(), this::enterSeat);
                    case Job.LetGo letGo -> {
                        if (seated) {
                            disconnect();
                        }
                    }
                    case Job.Stop stop -> stopped = true;
                }
            }
            if (!writes.isEmpty()) {
                commit(List.copyOf(writes));
            }
            jobs.clear();
            writes.clear();
            atHand = 0;
        }
        disconnect();
        for (var job : inbox) {
            switch (job) {
                case Job.Commit commit -> commit.write().fail(Writers.databaseDown(null));
                case Job.Own own -> own.done().completeExceptionally(Writers.databaseDown(null));
                case Job.Seat seat -> seat.done().completeExceptionally(Writers.databaseDown(null));
                case Job.Enter enter -> enter.done().completeExceptionally(Writers.databaseDown(null));
                case Job.LetGo letGo -> LOG.debug("nothing left to let go of client={}", group.client());
                case Job.Stop stop -> LOG.debug("stopped already client={}", group.client());
            }
        }
    }

    /**
     * Drains what waits. Those who were answered a moment ago come back one after the other, and a transaction costs as
     * much as ten writes in it: where several people work, the writer listens a little longer for as long as more come in.
     */
    private void gather(List<Job> jobs) {
        var most = group.config().batch();
        inbox.drainTo(jobs, most - jobs.size());
        atHand = jobs.size();
        var begun = System.nanoTime();
        var now = begun;
        if (last > 1) {
            var patience = last < MANY ? 1 : Math.min(LONGEST_NANOS, SILENCE * usualNanos);
            var heard = begun;
            while (now - heard < patience && now - begun < LONGEST_NANOS && jobs.size() < most) {
                LockSupport.parkNanos(Math.max(PAUSE_NANOS, Math.min(patience / 2, usualNanos)));
                now = System.nanoTime();
                if (inbox.drainTo(jobs, most - jobs.size()) > 0) {
                    atHand = jobs.size();
                    heard = now;
                }
            }
        }
        last = jobs.size();
        usualNanos = (3 * usualNanos + Math.min(LONGEST_NANOS, (now - lastNanos) / Math.max(1, last))) / 4;
        lastNanos = now;
    }

    /** Something that is asked of the database. */
    private interface Asked<T> {
        T of(Tx tx) throws SQLException;
    }

    private void own(Job.Own own) {
        answer(own.done(), tx -> {
            lock(tx, own.project());
            return Boolean.TRUE;
        });
    }

    private <T> void answer(CompletableFuture<T> done, Asked<T> asked) {
        try {
            done.complete(asked.of(connection()));
        } catch (SQLException | RuntimeException e) {
            done.completeExceptionally(failed(e));
        }
    }

    private boolean takeSeat(Tx on) throws SQLException {
        if (!seated) {
            seated = group.seats().lock(on, ordinal);
        }
        return seated;
    }

    private long enterSeat(Tx on) throws SQLException {
        try {
            var epoch = group.seats().enter(on, group.node());
            on.connection().commit();
            return epoch;
        } catch (SQLException e) {
            if (SeatStore.LOCK_TIMEOUT.equals(e.getSQLState())) {
                // Somebody still holds the row from before.
                throw Writers.elsewhere();
            }
            throw e;
        }
    }

    /** Waits shortly: the session of a connection that was lost a moment ago may still be ending. */
    private void lock(Tx on, ProjectId project) throws SQLException {
        if (owned.contains(project)) {
            return;
        }
        try (var statement = on.connection().createStatement()) {
            statement.execute("set local lock_timeout = '3s'");
            statement.execute("select pg_advisory_lock(" + (LOCK_CLASS + ordinal) + ", "
                    + project.value().hashCode() + ")");
        } catch (SQLException e) {
            on.connection().rollback();
            if (SeatStore.LOCK_TIMEOUT.equals(e.getSQLState())) {
                throw Writers.elsewhere();
            }
            throw e;
        }
        on.connection().commit();
        owned.add(project);
    }

    private void commit(List<Write> batch) {
        var writable = new ArrayList<Write>(batch.size());
        for (var write : batch) {
            // Once the connection is gone, so is the lock: another server may have had the queue meanwhile.
            if (seated && group.owns(write.queue) && owned.contains(write.queue.project)) {
                writable.add(write);
            } else {
                write.fail(Writers.databaseDown(null));
            }
        }
        if (writable.isEmpty()) {
            return;
        }
        try {
            var on = connection();
            var now = group.store().commit(on, writable, ids, group.config());
            group.clock().observe(now);
            var deadline = now + group.config().lease().toMillis();
            for (var write : writable) {
                if (write.grant != null) {
                    write.queue.granted(write.grant, deadline);
                }
                write.succeed();
            }
        } catch (SQLException | RuntimeException e) {
            retry(writable, failed(e));
        }
    }

    private void retry(List<Write> batch, RuntimeException reason) {
        if (batch.size() == 1 || tx == null) {
            batch.forEach(write -> write.fail(reason));
        } else {
            LOG.info("batch refused client={} writes={} reason={}", group.client(), batch.size(), reason.toString());
            batch.forEach(write -> commit(List.of(write)));
        }
    }

    private Tx connection() throws SQLException {
        var open = tx;
        if (open == null) {
            var connection = group.connect();
            open = new Tx(connection, JdbcClient.create(new SingleConnectionDataSource(connection, true)));
            tx = open;
        }
        return open;
    }

    /** Rolls back; when that cannot be done, the connection is lost and with it every queue. */
    private RuntimeException failed(Exception e) {
        var open = tx;
        if (open == null) {
            return Writers.databaseDown(e);
        }
        if (rolledBack(open.connection())) {
            return translated(e);
        }
        disconnect();
        LOG.warn("connection lost client={} writer={} reason={}", group.client(), ordinal, e.toString());
        return Writers.databaseDown(e);
    }

    private static boolean rolledBack(Connection connection) {
        try {
            connection.rollback();
            return connection.isValid(2);
        } catch (SQLException e) {
            return false;
        }
    }

    private static RuntimeException translated(Exception e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && DISK_FULL.equals(sql.getSQLState())) {
                return new EtalonException(
                        ErrorCode.STORAGE_FULL, "The database's disk is full; nothing was written.", e);
            }
        }
        return e instanceof RuntimeException unchecked
                ? unchecked
                : new EtalonException(ErrorCode.INTERNAL, "The database refused a write.", e);
    }

    private void disconnect() {
        var open = tx;
        tx = null;
        seated = false;
        owned.clear();
        ids.forget();
        if (open == null) {
            return;
        }
        group.connectionLost();
        try (var connection = open.connection()) {
            // A pooled connection is handed on: the locks must not go with it.
            if (connection.isValid(1)) {
                try (var statement = connection.createStatement()) {
                    statement.execute("select pg_advisory_unlock_all()");
                }
                connection.commit();
            }
        } catch (SQLException e) {
            LOG.debug("closing a lost connection client={} reason={}", group.client(), e.toString());
        }
    }

    @Override
    public void close() {
        put(new Job.Stop());
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
