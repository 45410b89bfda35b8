package io.etalon.server.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.etalon.ledger.Checkpoint;
import io.etalon.ledger.EntryBundle;
import io.etalon.ledger.Merkle;
import io.etalon.ledger.MerkleLog;
import io.etalon.ledger.SignedNote;
import io.etalon.ledger.TileId;
import io.etalon.server.base.ErrorCode;
import io.etalon.server.base.ErrorKind;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.Tx;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.LongStream;
import org.springframework.stereotype.Service;

/**
 * A client's whole log on its way out of a cell and into another. The tree goes on where it ended: its root does not
 * change, and the next checkpoint extends the last one, though another key signs it. Stateless.
 */
@Service
public final class CarriedLogs {
    static final ErrorCode BROKEN =
            ErrorCode.of("carried-log-broken", ErrorKind.INVALID, "The log that came along does not hold");
    private static final int ROUND = 4_096;

    /** Entries that one transaction wrote together: the row they lie in, and their first index. */
    public record Run(long batch, long first, int width) {}

    private final AuditStore store = new AuditStore();
    private final Postings postings = new Postings();

    /** The newest signed head; all entries below it are there. */
    public SignedNote head(Tx tx) {
        return SignedNote.parse(
                store.head(tx).orElseThrow(EtalonException::notFound).note().getBytes(UTF_8));
    }

    /** The entries of one level 0 tile as a C2SP entry bundle. */
    public byte[] entries(Tx tx, TileId tile) throws SQLException {
        var from = tile.index() * TileId.FULL;
        var indexes = LongStream.range(from, from + tile.width()).boxed().toList();
        return EntryBundle.encode(
                store.leaves(tx, indexes).stream().map(AuditStore.Leaf::bytes).toList());
    }

    /** A tile of hashes. */
    public byte[] tile(Tx tx, TileId tile) {
        return TileTable.ofClient(tx).read(tile);
    }

    /** All tiles of a level of a tree of this size, in order; the last may be partial. */
    public static List<TileId> tiles(int level, long size) {
        var hashes = level > 7 ? 0 : size >>> (8 * level);
        var tiles = new ArrayList<TileId>();
        for (var index = 0L; index * TileId.FULL < hashes; index++) {
            tiles.add(new TileId(level, index, (int) Math.min(TileId.FULL, hashes - index * TileId.FULL)));
        }
        return tiles;
    }

    /**
     * Writes a log into an empty cell, with the administrator's login.
     *
     * @param runs in the order of their first indexes, without a gap
     * @param entries from index 0
     * @param head signed over exactly these entries; its signature is the caller's to check
     * @throws EtalonException invalid, when they do not lead to the head
     */
    public void restore(Tx tx, Iterator<Run> runs, Iterator<byte[]> entries, SignedNote head) throws SQLException {
        var log = MerkleLog.at(TileTable.ofClient(tx), 0);
        while (runs.hasNext()) {
            var round = new ArrayList<byte[]>();
            while (runs.hasNext() && round.size() < ROUND) {
                var run = runs.next();
                if (run.first() != log.size() + round.size() || run.width() < 1 || run.width() > TileId.FULL) {
                    throw new EtalonException(BROKEN, "The log's runs have a gap before entry " + run.first() + ".");
                }
                var leaves = taken(entries, run);
                insert(tx, run, leaves);
                round.addAll(leaves);
            }
            postings.add(tx, log.size(), round.stream().map(LeafScan::parsed).toList());
            log = log.append(round.stream().map(Merkle::leaf).toList());
        }
        var signed = Checkpoint.parse(head.text());
        if (entries.hasNext() || log.size() != signed.size() || !log.root().equals(signed.root())) {
            throw new EtalonException(BROKEN, "The log's entries do not lead to its head.");
        }
    }

    private static List<byte[]> taken(Iterator<byte[]> entries, Run run) {
        var leaves = new ArrayList<byte[]>(run.width());
        for (var i = 0; i < run.width(); i++) {
            if (!entries.hasNext()) {
                throw new EtalonException(BROKEN, "The log ends before entry " + (run.first() + i) + ".");
            }
            leaves.add(entries.next());
        }
        return leaves;
    }

    private static void insert(Tx tx, Run run, List<byte[]> leaves) {
        tx.db()
                .sql("insert into audit_batch (id, width, leaves) overriding system value values (?, ?, ?)")
                .params(run.batch(), run.width(), EntryBundle.encode(leaves))
                .update();
        tx.db()
                .sql("insert into audit_run (first, width, batch) values (?, ?, ?)")
                .params(run.first(), run.width(), run.batch())
                .update();
    }
}
