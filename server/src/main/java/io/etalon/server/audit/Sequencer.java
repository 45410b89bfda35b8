package io.etalon.server.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.etalon.ledger.Checkpoint;
import io.etalon.ledger.Merkle;
import io.etalon.ledger.MerkleLog;
import io.etalon.server.base.ClientId;
import io.etalon.server.base.Tx;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Gives each committed event of one client its index, grows the tree and signs its head. A round is one transaction under
 * an advisory lock: it happens wholly or not at all, and a server that dies in it leaves nothing behind.
 *
 * <p>Ids of rows say nothing about the order of commits, so no id is ever a watermark: a round takes what is visible and
 * has no index. What keeps that cheap is the horizon, the oldest transaction that was still running in the last round's
 * snapshot; nothing older can appear any more. Thread-safe.
 */
final class Sequencer {
    /** Batches a round takes at most, so that a long backlog does not become one long transaction. */
    private static final int BATCHES = 128;

    private final ClientId client;
    private final CellTransactions cells;
    private final LogSigners signers;
    private final Clock clock;
    private final AuditStore store = new AuditStore();
    private final Postings postings = new Postings();
    private final ReentrantLock rounds = new ReentrantLock();
    /** The newest transaction that is known to have written an event. */
    private final AtomicLong newest = new AtomicLong(-1);

    private volatile long started;
    private volatile long finished;
    private volatile long size;
    private volatile long horizon;

    private final EntryCounts counts;
    private final Consumer<ClientId> grown;

    private record Round(int batches, long size, long horizon, Map<AuditOp, Long> sorts) {}

    /** @param grown is told when the log has a head that was not there before, and after the first look at it */
    Sequencer(
            ClientId client,
            CellTransactions cells,
            LogSigners signers,
            Clock clock,
            EntryCounts counts,
            Consumer<ClientId> grown) {
        this.client = client;
        this.cells = cells;
        this.signers = signers;
        this.clock = clock;
        this.counts = counts;
        this.grown = grown;
    }

    /** Tells that a transaction wrote an event; it may commit at any time from now on, or never. */
    void notice(long transaction) {
        newest.accumulateAndGet(transaction, Math::max);
    }

    /** Whether an event may be waiting: no round was run yet, or a transaction that wrote one may still be open. */
    boolean hasWork() {
        return finished == 0 || newest.get() >= horizon;
    }

    /**
     * Returns when every event that was committed before the call has an index below a signed head.
     *
     * @return the size of that head
     */
    long flush() {
        var before = started;
        rounds.lock();
        try {
            // A round that began after the call, in another thread, has done the work.
            if (finished > before) {
                return size;
            }
            var number = started + 1;
            started = number;
            var round = committedRound();
            while (round.batches() == BATCHES) {
                round = committedRound();
            }
            // An earlier process may have died between a head and the telling of it.
            if (finished == 0 || round.size() != size) {
                grown.accept(client);
            }
            horizon = round.horizon();
            size = round.size();
            finished = number;
            return size;
        } finally {
            rounds.unlock();
        }
    }

    private Round committedRound() {
        var round = cells.client(client, this::round);
        counts.add(round.sorts());
        return round;
    }

    private Round round(Tx tx) throws SQLException {
        store.lockSequence(tx);
        var first = store.size(tx);
        var waiting = store.waiting(tx, horizon, BATCHES);
        var leaves = waiting.batches().stream()
                .flatMap(batch -> batch.leaves().stream())
                .toList();
        var members = leaves.stream().map(LeafScan::members).toList();
        var head = store.head(tx);
        if (!leaves.isEmpty() || head.isEmpty() || head.get().size() < first) {
            store.number(tx, first, waiting.batches());
            postings.add(tx, first, members);
            var log = MerkleLog.at(TileTable.ofClient(tx), first)
                    .append(leaves.stream().map(Merkle::leaf).toList());
            var signer = signers.signer(tx, client);
            var note = new Checkpoint(signer.verifier().name(), log.size(), log.root()).sign(signer);
            store.insertHead(tx, new AuditStore.Head(log.size(), new String(note.bytes(), UTF_8)), clock.instant());
        }
        var sorts = members.stream().collect(Collectors.groupingBy(LeafJson.Members::op, Collectors.counting()));
        return new Round(waiting.batches().size(), first + leaves.size(), waiting.horizon(), sorts);
    }
}
