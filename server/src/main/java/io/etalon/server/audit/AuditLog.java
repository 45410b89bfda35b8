package io.etalon.server.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.etalon.ledger.Checkpoint;
import io.etalon.ledger.ConsistencyProof;
import io.etalon.ledger.Cosigner;
import io.etalon.ledger.EntryBundle;
import io.etalon.ledger.MerkleLog;
import io.etalon.ledger.SignedNote;
import io.etalon.ledger.TlogProof;
import io.etalon.server.base.ClientId;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.Ids;
import io.etalon.server.base.PersonId;
import io.etalon.server.base.Rows;
import io.etalon.server.base.Tx;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.LongStream;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.stereotype.Service;

/**
 * The clients' transparency logs. An event is written in the transaction of the act it tells of; within seconds the
 * sequencer gives it an index, grows the Merkle tree and signs a checkpoint. Thread-safe.
 */
@Service
public final class AuditLog implements AutoCloseable {
    private static final int SALT_BYTES = 16;

    private final CellTransactions cells;
    private final LogSigners signers;
    private final Ids ids;
    private final Clock clock;
    private final Pseudonyms pseudonyms;
    private final AuditStore store = new AuditStore();
    private final Postings postings = new Postings();
    private final ConcurrentMap<ClientId, Sequencer> sequencers = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, Sequencer> byCell = new ConcurrentHashMap<>();
    private final ConcurrentMap<ClientId, GroupCommit> groups = new ConcurrentHashMap<>();
    private final SequencerClock ticks;
    private final EntryCounts counts = new EntryCounts();
    private final Set<ClientId> grown = ConcurrentHashMap.newKeySet();

    public AuditLog(CellTransactions cells, LogSigners signers, Ids ids, Clock clock) {
        this.cells = cells;
        this.signers = signers;
        this.ids = ids;
        this.clock = clock;
        this.pseudonyms = new Pseudonyms(ids, clock);
        this.ticks = new SequencerClock();
    }

    /** Begins to number a client's events; what an earlier process left behind is taken up. Can be repeated. */
    public void open(ClientId client) {
        String cell = cells.client(client, tx -> CellName.of(tx));
        byCell.computeIfAbsent(cell, name -> {
            var sequencer = new Sequencer(client, cells, signers, clock, counts, grown::add);
            sequencers.put(client, sequencer);
            ticks.add(client, sequencer);
            return sequencer;
        });
    }

    /**
     * Writes an event; it counts if and only if the transaction commits.
     *
     * @param clientTx a transaction on the client's own database
     * @return the event's id, which {@link #indexOf} turns into its index once it has one
     */
    public long append(Tx clientTx, AuditEvent event) {
        var actor = event.actor();
        var pseudonym = actor == null ? null : pseudonyms.of(clientTx, actor);
        var leaf = new LeafJson.Spelling(clock.instant()).of(event, pseudonym, ids.bytes(SALT_BYTES));
        return write(clientTx, List.of(leaf));
    }

    /** Returns the id of the row. */
    private long write(Tx clientTx, List<byte[]> leaves) {
        try {
            var written = store.insert(clientTx, leaves);
            committed(clientTx, written.transaction());
            return written.batch();
        } catch (SQLException e) {
            throw new UncategorizedSQLException("audit entry", null, e);
        }
    }

    /**
     * Whether the log tells of its client's making. Holds the others who ask back until the transaction ends, so that one
     * alone enters it.
     */
    public boolean begun(Tx clientTx) {
        store.lockSequence(clientTx);
        var key = "op " + AuditOp.CLIENT_CREATE;
        return postings.has(clientTx, key) || waits(clientTx, key);
    }

    private boolean waits(Tx clientTx, String key) {
        try {
            return store.waiting(clientTx, 0, Integer.MAX_VALUE).batches().stream()
                    .flatMap(batch -> batch.leaves().stream())
                    .anyMatch(leaf -> LeafScan.members(leaf).keys().contains(key));
        } catch (SQLException e) {
            throw new UncategorizedSQLException("audit entries that wait", null, e);
        }
    }

    /** Writes several events in their order. */
    public void appendAll(Tx clientTx, List<AuditEvent> events) {
        var leaves = leaves(clientTx, events);
        for (var from = 0; from < leaves.size(); from += AuditStore.MAX_WIDTH) {
            write(clientTx, leaves.subList(from, Math.min(leaves.size(), from + AuditStore.MAX_WIDTH)));
        }
    }

    /**
     * The rows that {@link #appendAll} would write, for who writes them in one statement with what they tell of. When they are
     * committed, {@link #committed} is to be told, or the sequencer comes by later.
     */
    public Rows rows(Tx clientTx, List<AuditEvent> events) {
        return AuditStore.rows(leaves(clientTx, events));
    }

    /** Tells that a transaction, by its number, has committed {@link #rows}. */
    public void committed(Tx clientTx, long transaction) {
        var sequencer = byCell.get(CellName.of(clientTx));
        if (sequencer != null) {
            sequencer.notice(transaction);
        }
    }

    private List<byte[]> leaves(Tx clientTx, List<AuditEvent> events) {
        var actors = new HashSet<PersonId>();
        for (var event : events) {
            var actor = event.actor();
            if (actor != null) {
                actors.add(actor);
            }
        }
        var names = pseudonyms.of(clientTx, actors);
        var spelling = new LeafJson.Spelling(clock.instant());
        // One draw for all: the source of randomness is shared by all threads.
        var salts = ids.bytes(SALT_BYTES * events.size());
        var leaves = new ArrayList<byte[]>(events.size());
        for (var event : events) {
            var from = SALT_BYTES * leaves.size();
            leaves.add(
                    spelling.of(event, names.get(event.actor()), Arrays.copyOfRange(salts, from, from + SALT_BYTES)));
        }
        return leaves;
    }

    /**
     * Writes an event that stands for itself, in a transaction that it shares with others who come at the same time.
     * Returns when it is committed.
     */
    public void commit(ClientId client, AuditEvent event) {
        groups.computeIfAbsent(
                        client,
                        id -> new GroupCommit(
                                id,
                                (of, events) -> cells.client(of, tx -> {
                                    appendAll(tx, events);
                                    return events.size();
                                })))
                .write(event);
    }

    /** How many entries of a sort, of all clients, were committed and numbered since this process started. */
    public long numbered(AuditOp op) {
        return counts.of(op);
    }

    /** The person's name in this client's log, such as {@code p-0123456789abcdef}; made on first use. */
    public String pseudonym(Tx clientTx, PersonId person) {
        return pseudonyms.of(clientTx, person);
    }

    /** Whose names in this client's log can still be told: those with a key. */
    public Set<PersonId> linked(Tx clientTx) {
        return pseudonyms.all(clientTx);
    }

    /** Destroys the key behind a person's pseudonym: nobody can link the two any more, and the tree stays whole. */
    public void forget(Tx clientTx, PersonId person) {
        pseudonyms.forget(clientTx, person);
    }

    /**
     * Returns when every event that was committed before the call has an index below a signed checkpoint.
     *
     * @return the number of entries under that checkpoint
     */
    public long flush(ClientId client) {
        return sequencer(client).flush();
    }

    private Sequencer sequencer(ClientId client) {
        var sequencer = sequencers.get(client);
        if (sequencer == null) {
            throw EtalonException.notFound();
        }
        return sequencer;
    }

    /** Clients whose logs may have a head that no earlier call told of; each is told once. */
    Set<ClientId> grown() {
        var clients = Set.copyOf(grown);
        grown.removeAll(clients);
        return clients;
    }

    /** The newest signed checkpoint (C2SP tlog-checkpoint in a signed note), with the lines of witnesses who signed it. */
    public String checkpoint(ClientId client) {
        var head = head(client);
        return cells.client(client, tx -> store.cosigned(tx, head)).note();
    }

    /**
     * The newest checkpoint that a witness signed.
     *
     * @throws EtalonException not found, while no witness has signed any
     */
    public String witnessed(ClientId client) {
        return cells.client(client, tx -> {
            var size = store.newestCosigned(tx).orElseThrow(EtalonException::notFound);
            return store.cosigned(tx, store.head(tx, size).orElseThrow()).note();
        });
    }

    /**
     * Keeps what a witness signed of one of this log's checkpoints.
     *
     * @param line the signature line
     * @throws EtalonException not found, when there is no checkpoint of that size; invalid, when the line is not the
     *     witness's signature on it
     */
    public void cosign(ClientId client, long size, Cosigner.Key witness, String line) {
        cells.client(client, tx -> {
            var head = store.head(tx, size).orElseThrow(EtalonException::notFound);
            Cosignatures.check(head, witness, line);
            store.insertCosignature(tx, size, witness, line, clock.instant());
            return Boolean.TRUE;
        });
    }

    /** The number of entries under the newest signed checkpoint; 0 when there is none. Can be asked before {@link #open}. */
    public long signedSize(ClientId client) {
        return cells.client(client, store::head).map(AuditStore.Head::size).orElse(0L);
    }

    private AuditStore.Head head(ClientId client) {
        var head = cells.client(client, store::head);
        if (head.isEmpty()) {
            flush(client);
            head = cells.client(client, store::head);
        }
        return head.orElseThrow();
    }

    /** The verifier key of the client's log: {@code name+id+key} as in C2SP signed-note. */
    public String verifierKey(ClientId client) {
        return cells.client(client, tx -> signers.signer(tx, client).verifier().toString());
    }

    /** The index of an event; empty until the sequencer has come by, see {@link #flush}. */
    public OptionalLong indexOf(ClientId client, long event) {
        return cells.client(client, tx -> store.indexOf(tx, event));
    }

    /**
     * Proves that an entry stands in the log (C2SP tlog-proof), under the newest checkpoint.
     *
     * @throws EtalonException not found, when no checkpoint covers that index
     */
    public String inclusionProof(ClientId client, long index) {
        var head = head(client);
        if (index < 0 || index >= head.size()) {
            throw EtalonException.notFound();
        }
        var note = SignedNote.parse(head.note().getBytes(UTF_8));
        var size = Checkpoint.parse(note.text()).size();
        return cells.client(client, tx -> {
            var proof = MerkleLog.at(TileTable.ofClient(tx), size).inclusionProof(index, size);
            return new String(TlogProof.of(proof, note).bytes(), UTF_8);
        });
    }

    /**
     * Proves that the log of an earlier size is the beginning of a later one.
     *
     * @throws EtalonException not found, unless 0 &lt; {@code from} &lt;= {@code to} and a checkpoint covers them
     */
    public ConsistencyProof consistencyProof(ClientId client, long from, long to) {
        var size = head(client).size();
        if (from < 1 || from > to || to > size) {
            throw EtalonException.notFound();
        }
        return cells.client(
                client, tx -> MerkleLog.at(TileTable.ofClient(tx), size).consistencyProof(from, to));
    }

    /**
     * Entries under the newest checkpoint, in the order of their indexes.
     *
     * @param from the first index to look at
     * @param limit how many at most
     */
    public List<LogEntry> entries(ClientId client, EntryFilter filter, long from, int limit) {
        var size = head(client).size();
        return cells.client(
                client,
                tx -> store.leaves(tx, postings.find(tx, Postings.keys(filter), from, size, limit)).stream()
                        .map(leaf -> new LogEntry(leaf.index(), new String(leaf.bytes(), UTF_8)))
                        .toList());
    }

    /**
     * A tile of hashes or of entries.
     *
     * @param path as in C2SP tlog-tiles, {@code tile/0/x001/234.p/5} or {@code tile/entries/000}
     * @throws EtalonException not found, when it is not a tile's path, or no checkpoint covers that tile
     */
    public byte[] tile(ClientId client, String path) {
        var tile = ServedTile.of(path);
        tile.requireWithin(head(client).size());
        return cells.client(
                client,
                tx -> tile.ofEntries()
                        ? EntryBundle.encode(
                                numbered(tx, tile.first(), tile.id().width()))
                        : TileTable.ofClient(tx).read(tile.id()));
    }

    private List<byte[]> numbered(Tx tx, long from, int count) throws SQLException {
        var indexes = LongStream.range(from, from + count).boxed().toList();
        return store.leaves(tx, indexes).stream().map(AuditStore.Leaf::bytes).toList();
    }

    /** Stops numbering the events of a client that leaves. Can be repeated. */
    public void close(ClientId client) {
        var sequencer = sequencers.remove(client);
        if (sequencer != null) {
            byCell.values().remove(sequencer);
            ticks.remove(client);
        }
        groups.remove(client);
        grown.remove(client);
    }

    /** Stops numbering; events that wait are taken up at the next start. */
    @Override
    public void close() {
        ticks.close();
    }
}
