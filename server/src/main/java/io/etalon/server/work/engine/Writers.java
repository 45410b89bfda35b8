package io.etalon.server.work.engine;

import io.etalon.server.base.ClientId;
import io.etalon.server.base.ErrorCode;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.ProjectId;
import io.etalon.server.base.Tx;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The group commit of one client's cell: a few writers, each with its own connection and thread, drain what waits into
 * one transaction and acknowledge after the commit. When a batch fails, its writes are tried one by one, so that a bad
 * one fails alone.
 *
 * <p>A queue belongs to this server as long as every writer holds the queue's advisory lock on the connection that it
 * commits on. A connection that is lost ends the epoch: writes of queues that were opened in an earlier epoch are refused
 * until the queue has been opened anew, which takes the locks again and rebuilds its memory from the tables. Since the
 * lost session holds its locks until the database has ended it, a commit that was under way is in the tables, or never
 * will be, when the rebuild reads them.
 *
 * <p>Threads and connections start with the first use. Thread-safe.
 */
final class Writers implements Commits, AutoCloseable {
    /** Where a writer gets its connection from. */
    interface Connections {
        Connection open() throws SQLException;
    }

    /** Which server process writes for which client. */
    record Owner(ClientId client, UUID node) {}

    /** Of a third of a second each. */
    private static final int TRIES = 10;

    /** So many writes a writer has before the next one is called upon. */
    private static final int CROWD = 32;

    private final ClientId client;
    private final Connections connections;
    private final WorkConfig config;
    private final DatabaseClock clock;
    private final WorkStore store;
    private final AtomicLong epoch = new AtomicLong(1);
    private final AtomicInteger turn = new AtomicInteger();
    private final List<Writer> writers = new ArrayList<>();
    private final SeatStore seats = new SeatStore();
    private final UUID node;
    private List<Writer> running = List.of();
    private boolean closed;

    /** The locks that are held: in which epoch they were taken, and how often they had been taken by anybody then. */
    private record Held(long epoch, long taken) {
        private static final Held NOTHING = new Held(-1, -1);
    }

    private volatile Held held = Held.NOTHING;
    private volatile Runnable onSeated = () -> {};

    Writers(Owner owner, Connections connections, WorkStore store, WorkConfig config, DatabaseClock clock) {
        this.client = owner.client();
        this.node = owner.node();
        this.connections = connections;
        this.store = store;
        this.config = config;
        this.clock = clock;
    }

    /** Grows when a writer lost its connection, and with it the ownership of every queue. */
    long epoch() {
        return epoch.get();
    }

    boolean owns(WorkQueue queue) {
        return queue.epoch == epoch.get() && !queue.isSuspect();
    }

    void connectionLost() {
        epoch.incrementAndGet();
    }

    /** Called whenever the client's queues were taken: what is remembered of them may be old. */
    void onSeated(Runnable listener) {
        onSeated = listener;
    }

    /** Whether this server has all queues of the client, as far as it knows. */
    boolean isSeated() {
        return held.epoch() == epoch.get();
    }

    /**
     * Takes all queues of the client unless this server has them; false when another has them. Who cannot have all locks
     * lets go of those that he has, so that two servers never wait for each other.
     */
    boolean take() {
        return isSeated() || takeAll();
    }

    private boolean takeAll() {
        synchronized (seats) {
            if (isSeated()) {
                return true;
            }
            var before = epoch.get();
            for (var writer : started()) {
                if (!join(writer.seat())) {
                    letGo();
                    return false;
                }
            }
            held = new Held(before, join(started().getFirst().enter()));
            onSeated.run();
            return isSeated();
        }
    }

    private void letGo() {
        held = Held.NOTHING;
        started().forEach(Writer::letGo);
    }

    /**
     * Keeps the queues from being taken by another server until this transaction has ended.
     *
     * @throws EtalonException exhausted, when that has happened
     */
    void fence(Tx tx) {
        if (!isSeated() || seats.hold(tx) != held.taken()) {
            connectionLost();
            throw elsewhere();
        }
    }

    static EtalonException elsewhere() {
        return EtalonException.retryLater(
                WorkCodes.QUEUE_ELSEWHERE,
                "Another server works on this project's queue; try again.",
                Duration.ofSeconds(1));
    }

    SeatStore seats() {
        return seats;
    }

    UUID node() {
        return node;
    }

    /**
     * Takes a queue's locks on every writer's connection, lowest writer first, and returns the epoch they belong to.
     *
     * @throws EtalonException exhausted, when the database does not answer or another server has the queue
     */
    long own(ProjectId project) {
        var tries = 1;
        while (!take()) {
            if (++tries > TRIES) {
                throw elsewhere();
            }
        }
        var before = epoch.get();
        for (var writer : started()) {
            join(writer.own(project));
        }
        return before;
    }

    /**
     * Hands a write over; its future completes after the commit.
     *
     * @throws EtalonException exhausted, at once and with the write undone, when too many wait already
     */
    @Override
    public CompletableFuture<Write> hand(Write write) {
        var writer = next(started());
        if (!writer.offer(write)) {
            var busy = EtalonException.retryLater(
                    WorkCodes.BUSY, "Too many writes wait already; try again in a second.", Duration.ofSeconds(1));
            write.fail(busy);
            throw busy;
        }
        return write.done();
    }

    /**
     * The first writer with little at hand, or whose turn it is when all have much: a transaction costs as much for thirty
     * writes as ten more writes do, so that a second one pays only where many wait.
     */
    private Writer next(List<Writer> all) {
        for (var writer : all) {
            if (writer.load() < CROWD) {
                return writer;
            }
        }
        return all.get(Math.floorMod(turn.getAndIncrement(), all.size()));
    }

    /** Hands a write over and waits for its commit. */
    @Override
    public Write write(Write write) {
        return join(hand(write));
    }

    static <T> T join(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    private synchronized List<Writer> started() {
        if (closed) {
            throw databaseDown(null);
        }
        if (writers.size() < config.writers()) {
            while (writers.size() < config.writers()) {
                writers.add(new Writer(this, writers.size()));
            }
            running = List.copyOf(writers);
        }
        return running;
    }

    ClientId client() {
        return client;
    }

    Connection connect() throws SQLException {
        return connections.open();
    }

    WorkConfig config() {
        return config;
    }

    DatabaseClock clock() {
        return clock;
    }

    WorkStore store() {
        return store;
    }

    static EtalonException databaseDown(@org.jspecify.annotations.Nullable Throwable cause) {
        var detail =
                "The database does not answer. Try again with the same Idempotency-Key: what was written before is found.";
        return cause == null
                ? EtalonException.retryLater(ErrorCode.DATABASE_DOWN, detail, Duration.ofSeconds(1))
                : new EtalonException(ErrorCode.DATABASE_DOWN, detail, cause);
    }

    /** Ends the threads after what they have at hand; what still waits fails. */
    @Override
    public void close() {
        List<Writer> all;
        synchronized (this) {
            closed = true;
            all = List.copyOf(writers);
        }
        all.forEach(Writer::close);
    }
}
