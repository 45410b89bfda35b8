package io.etalon.server.audit;

import io.etalon.ledger.TileId;
import io.etalon.ledger.TileStore;
import io.etalon.server.base.Tx;
import java.util.Arrays;

/** The table {@code audit_tile} inside one transaction, as the ledger's port. Belongs to the transaction's thread. */
final class TileStoreInCell implements TileStore {
    private final Tx tx;

    TileStoreInCell(Tx tx) {
        this.tx = tx;
    }

    @Override
    public byte[] read(TileId id) {
        var hashes = tx.db()
                .sql("select hashes from audit_tile where level = ? and idx = ?")
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
                        insert into audit_tile (level, idx, hashes) values (?, ?, ?)
                        on conflict (level, idx) do update set hashes = excluded.hashes
                        where length(excluded.hashes) > length(audit_tile.hashes)""").params(id.level(), id.index(), hashes).update();
    }
}
