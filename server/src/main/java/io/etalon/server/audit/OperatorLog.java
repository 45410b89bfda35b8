package io.etalon.server.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.etalon.ledger.Checkpoint;
import io.etalon.ledger.ConsistencyProof;
import io.etalon.ledger.Cosigner;
import io.etalon.ledger.EntryBundle;
import io.etalon.ledger.Hash;
import io.etalon.ledger.LoggedHead;
import io.etalon.ledger.Merkle;
import io.etalon.ledger.MerkleLog;
import io.etalon.ledger.SignedNote;
import io.etalon.ledger.SignerKey;
import io.etalon.ledger.TlogProof;
import io.etalon.ledger.VerifierKey;
import io.etalon.server.base.ClientId;
import io.etalon.server.base.ErrorCode;
import io.etalon.server.base.ErrorKind;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.InstallationSecret;
import io.etalon.server.base.Tx;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/**
 * The operator's transparency log: its entries are the heads of the clients' logs, see {@link LoggedHead}. Who would show a
 * client another history than before must rewrite this log too, which all clients read.
 *
 * <p>A head is appended within seconds after it was signed. Head and entry lie in two databases; a process that dies between
 * them is made good by the next one's first look. Its key is derived from the installation's secret. Thread-safe.
 */
@Service
public final class OperatorLog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OperatorLog.class);
    private static final long TICK_MILLIS = 1_000;
    /** Heads of one client that a round takes at most. */
    private static final int ROUND = 256;
    /** Rounds that another server may spoil in a row before the next tick has to do. */
    private static final int TRIES = 8;

    private static final int NAME_DIGITS = 16;
    private static final ErrorCode WITNESSES = ErrorCode.of(
            "too-many-witnesses", ErrorKind.CONFLICT, "The checkpoint has the cosignatures of as many as are kept");

    private final AuditLog log;
    private final CellTransactions cells;
    private final ControlTransactions control;
    private final LogSigners signers;
    private final Clock clock;
    private final SignerKey signer;
    private final AuditStore heads = new AuditStore();
    private final OperatorStore store = new OperatorStore();
    /** Clients whose newest heads may not stand here. */
    private final Set<ClientId> behind = ConcurrentHashMap.newKeySet();

    private final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("operator-log").factory());
    private volatile boolean closed;

    /** What a round found in a cell after it had seen {@code last} here. */
    private record Found(Optional<LoggedHead> last, List<LoggedHead> heads, boolean contradicts) {}

    private enum Outcome {
        DONE,
        MORE,
        OVERTAKEN
    }

    OperatorLog(
            AuditLog log,
            CellTransactions cells,
            ControlTransactions control,
            LogSigners signers,
            InstallationSecret secret,
            Clock clock) {
        this.log = log;
        this.cells = cells;
        this.control = control;
        this.signers = signers;
        this.clock = clock;
        this.signer = signer(secret);
        var unused = ticker.scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Two installations have unlike names, as a witness of both needs it. */
    private static SignerKey signer(InstallationSecret secret) {
        var seed = secret.derive("operator log signing key");
        var name = Hash.sha256(secret.derive("operator log name")).hex().substring(0, NAME_DIGITS);
        return SignerKey.ofSeed("etalon/operator/" + name, seed);
    }

    private void tick() {
        behind.addAll(log.grown());
        for (var client : behind) {
            try {
                if (append(client)) {
                    behind.remove(client);
                }
            } catch (RuntimeException e) {
                if (gone(e)) {
                    behind.remove(client);
                } else if (!closed) {
                    LOG.warn("head not logged client={} reason={}", client, e.toString());
                }
            }
        }
    }

    private static boolean gone(RuntimeException e) {
        return e instanceof EtalonException known && known.code().equals(ErrorCode.NOT_FOUND);
    }

    /**
     * Returns when every event of the client that was committed before the call stands below a head that is an entry here.
     *
     * @return the number of entries of this log
     */
    public long flush(ClientId client) {
        log.flush(client);
        append(client);
        return head().size();
    }

    /** Appends the heads of a client's log that are not here; false when some may be left. */
    private boolean append(ClientId client) {
        var key = key(client);
        var spoiled = 0;
        while (spoiled < TRIES) {
            switch (round(client, key)) {
                case DONE -> {
                    return true;
                }
                case OVERTAKEN -> spoiled++;
                case MORE -> {}
            }
        }
        return false;
    }

    private VerifierKey key(ClientId client) {
        return cells.client(client, tx -> signers.signer(tx, client)).verifier();
    }

    private Outcome round(ClientId client, VerifierKey key) {
        var last = control.control(tx -> store.last(tx, LoggedHead.logOf(key))).map(OperatorStore.Entry::head);
        var found = cells.client(client, tx -> found(tx, key, last));
        if (found.heads().isEmpty()) {
            return Outcome.DONE;
        }
        if (!control.control(tx -> appended(tx, found, LoggedHead.logOf(key)))) {
            return Outcome.OVERTAKEN;
        }
        if (found.contradicts()) {
            LOG.error(
                    "a client's log contradicts the operator's client={} logged={} shown={}",
                    client,
                    found.last().map(LoggedHead::size).orElse(0L),
                    found.heads().getLast().size());
        }
        return found.heads().size() < ROUND ? Outcome.DONE : Outcome.MORE;
    }

    /** The heads to append: all above the last one, or the newest where it does not lie above, which nobody honest brings about. */
    private Found found(Tx tx, VerifierKey key, Optional<LoggedHead> last) {
        var newest = heads.head(tx).map(head -> logged(key, head));
        if (newest.isEmpty() || newest.equals(last)) {
            return new Found(last, List.of(), false);
        }
        if (last.isEmpty() || newest.get().size() <= last.get().size()) {
            return new Found(last, List.of(newest.get()), last.isPresent());
        }
        var above = heads.headsAfter(tx, last.get().size(), ROUND).stream()
                .map(head -> logged(key, head))
                .toList();
        return new Found(last, above, !begins(tx, last.get(), newest.get().size()));
    }

    private static LoggedHead logged(VerifierKey key, AuditStore.Head head) {
        return LoggedHead.of(key, Checkpoint.open(SignedNote.parse(head.note().getBytes(UTF_8)), key));
    }

    /** Whether the client's log of this size still begins with what was logged. */
    private static boolean begins(Tx tx, LoggedHead last, long size) {
        try {
            return MerkleLog.at(TileTable.ofClient(tx), size).root(last.size()).equals(last.root());
        } catch (IllegalStateException e) {
            // A tile is missing.
            return false;
        }
    }

    /** Whether what was found still counts: another server may have appended meanwhile. */
    private boolean appended(Tx tx, Found found, Hash about) {
        store.lock(tx);
        if (!store.last(tx, about).map(OperatorStore.Entry::head).equals(found.last())) {
            return false;
        }
        var first = store.size(tx);
        var leaves = new ArrayList<Hash>();
        for (var head : found.heads()) {
            store.append(tx, first + leaves.size(), head);
            leaves.add(Merkle.leaf(head.entry()));
        }
        sign(tx, MerkleLog.at(TileTable.ofOperator(tx), first).append(leaves));
        return true;
    }

    private AuditStore.Head sign(Tx tx, MerkleLog tree) {
        var note = new Checkpoint(signer.verifier().name(), tree.size(), tree.root()).sign(signer);
        var head = new AuditStore.Head(tree.size(), new String(note.bytes(), UTF_8));
        store.insertHead(tx, head, clock.instant());
        return head;
    }

    private AuditStore.Head head() {
        return control.control(store::head).orElseGet(() -> control.control(this::firstHead));
    }

    private AuditStore.Head firstHead(Tx tx) {
        store.lock(tx);
        return store.head(tx).orElseGet(() -> sign(tx, MerkleLog.at(TileTable.ofOperator(tx), 0)));
    }

    /** The newest signed checkpoint (C2SP tlog-checkpoint), with the lines of witnesses who signed it. */
    public String checkpoint() {
        var head = head();
        return control.control(tx -> store.cosigned(tx, head)).note();
    }

    /**
     * The newest checkpoint that a witness signed.
     *
     * @throws EtalonException not found, while no witness has signed any
     */
    public String witnessed() {
        return control.control(tx -> store.cosigned(tx, store.witnessed(tx).orElseThrow(EtalonException::notFound)))
                .note();
    }

    /**
     * Keeps what a witness signed of one of this log's checkpoints; sending it again changes nothing.
     *
     * @param line the signature line
     * @throws EtalonException not found, when there is no checkpoint of that size; invalid, when the line is not the witness's
     *     signature on it; conflict, when the checkpoint has as many witnesses as are kept
     */
    public void cosign(long size, Cosigner.Key witness, String line) {
        var kept = control.control(tx -> {
            var head = store.head(tx, size).orElseThrow(EtalonException::notFound);
            Cosignatures.check(head, witness, line);
            return store.cosign(tx, size, witness, line, clock.instant());
        });
        if (!kept) {
            throw new EtalonException(WITNESSES, "This checkpoint has the cosignatures of as many as are kept.");
        }
    }

    /** The verifier key of this log: {@code name+id+key} as in C2SP signed-note. */
    public String verifierKey() {
        return signer.verifier().toString();
    }

    /**
     * A tile of hashes or of entries.
     *
     * @param path as in C2SP tlog-tiles
     * @throws EtalonException not found, when it is not a tile's path, or no checkpoint covers that tile
     */
    public byte[] tile(String path) {
        var tile = ServedTile.of(path);
        tile.requireWithin(head().size());
        return control.control(tx -> tile.ofEntries()
                ? EntryBundle.encode(store.entries(tx, tile.first(), tile.id().width()))
                : TileTable.ofOperator(tx).read(tile.id()));
    }

    /**
     * Proves that an entry stands here, under the newest checkpoint (C2SP tlog-proof).
     *
     * @throws EtalonException not found, when no checkpoint covers that index
     */
    public String inclusionProof(long index) {
        var head = head();
        if (index < 0 || index >= head.size()) {
            throw EtalonException.notFound();
        }
        var note = SignedNote.parse(head.note().getBytes(UTF_8));
        return control.control(tx -> {
            var proof = tree(tx, head).inclusionProof(index, head.size());
            return new String(TlogProof.of(proof, note).bytes(), UTF_8);
        });
    }

    private static MerkleLog tree(Tx tx, AuditStore.Head head) {
        return MerkleLog.at(TileTable.ofOperator(tx), head.size());
    }

    /**
     * Proves that this log of an earlier size is the beginning of a later one.
     *
     * @throws EtalonException not found, unless 0 &lt; {@code from} &lt;= {@code to} and a checkpoint covers them
     */
    public ConsistencyProof consistencyProof(long from, long to) {
        var head = head();
        if (from < 1 || from > to || to > head.size()) {
            throw EtalonException.notFound();
        }
        return control.control(tx -> tree(tx, head).consistencyProof(from, to));
    }

    /**
     * Proves that a head of a client's log stands here; {@link LoggedHead#proven} reads it.
     *
     * @param size the head's number of entries; null for the newest head that stands here
     * @param witnessed under the newest checkpoint that a witness signed, with the lines, instead of the newest
     * @throws EtalonException not found, when no head of that size stands here, or below no checkpoint that a witness signed
     */
    public String proofOf(ClientId client, @Nullable Long size, boolean witnessed) {
        var about = LoggedHead.logOf(key(client));
        append(client);
        return control.control(tx -> {
            var entry = (size == null ? store.last(tx, about) : store.find(tx, about, size))
                    .orElseThrow(EtalonException::notFound);
            var head = (witnessed ? store.witnessed(tx) : store.head(tx))
                    .filter(one -> one.size() > entry.index())
                    .map(one -> store.cosigned(tx, one))
                    .orElseThrow(EtalonException::notFound);
            var inclusion = tree(tx, head).inclusionProof(entry.index(), head.size());
            var proof =
                    entry.head().proof(inclusion, SignedNote.parse(head.note().getBytes(UTF_8)));
            return new String(proof.bytes(), UTF_8);
        });
    }

    /** Stops appending; heads that are not here are taken up at the next start. */
    @Override
    public void close() {
        closed = true;
        ticker.shutdownNow();
    }
}
