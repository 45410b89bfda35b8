package io.etalon.server.audit;

import io.etalon.ledger.FormatException;
import io.etalon.ledger.TileId;
import io.etalon.server.base.ErrorCode;
import io.etalon.server.base.EtalonException;

/**
 * A tile that a verifier asked for.
 *
 * @param id its place; of entries, that of their hashes
 * @param ofEntries whether its entries are asked for, and not its hashes
 */
record ServedTile(TileId id, boolean ofEntries) {
    private static final String ENTRIES = "tile/entries/";
    /** Level 7 reaches past any size. */
    private static final int HIGHEST = 7;
    /** A tile holds 2^8 hashes. */
    private static final int BITS = 8;

    /**
     * Reads a path.
     *
     * @throws EtalonException not found, when it is not a tile's path
     */
    static ServedTile of(String path) {
        var ofEntries = path.startsWith(ENTRIES);
        try {
            var id = TileId.parse(ofEntries ? "tile/0/" + path.substring(ENTRIES.length()) : path);
            if (id.index() <= Long.MAX_VALUE / TileId.FULL - 1) {
                return new ServedTile(id, ofEntries);
            }
        } catch (FormatException e) {
            throw new EtalonException(ErrorCode.NOT_FOUND, "This is not a tile's path.", e);
        }
        throw EtalonException.notFound();
    }

    /** The index of its first entry, when it is one of entries. */
    long first() {
        return id.index() * TileId.FULL;
    }

    /** @throws EtalonException not found, when a checkpoint of this size does not cover it */
    void requireWithin(long size) {
        // A hash of level L stands for 256^L entries.
        var covered = id.level() > HIGHEST ? 0 : size >>> (BITS * id.level());
        if (first() + id.width() > covered) {
            throw EtalonException.notFound();
        }
    }
}
