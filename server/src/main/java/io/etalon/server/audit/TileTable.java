package io.etalon.server.audit;

import io.etalon.ledger.TileId;
import io.etalon.ledger.TileStore;
import io.etalon.server.base.Tx;
import java.util.Arrays;

/** A table of tiles inside one transaction, as the ledger's port. Belongs to the transaction's thread. */
final class TileTable implements TileStore {
    private final Tx tx;
    private final String table;

    private TileTable(Tx tx, String table) {
        this.tx = tx;
        this.table = table;
    }

    /** Of a client's log, in his cell. */
    static TileTable ofClient(Tx clientTx) {
        return new TileTable(clientTx, "audit_tile");
    }

    /** Of the operator's log, in the control database. */
    static TileTable ofOperator(Tx controlTx) {
        return new TileTable(controlTx, "operator_tile");
    }

    @Override
    public byte[] read(TileId id) {
        var hashes = tx.db()
                .sql("select hashes from " + table + " where level = ? and idx = ?")
                .params(id.level(), id.index())
                .query(byte[].class)
                .optional()
                .orElseThrow(() -> missing(id));
        if (hashes.length < id.byteLength()) {
            throw missing(id);
        }
        return Arrays.copyOf(hashes, id.byteLength());
    }

    private static IllegalStateException missing(TileId id) {
        return new IllegalStateException("the log's table of tiles lacks " + id.path());
    }

    @Override
    public void write(TileId id, byte[] hashes) {
        tx.db().sql("""
                        insert into %1$s (level, idx, hashes) values (?, ?, ?)
                        on conflict (level, idx) do update set hashes = excluded.hashes
                        where length(excluded.hashes) > length(%1$s.hashes)""".formatted(table)).params(id.level(), id.index(), hashes).update();
    }
}
