package io.etalon.ledger;

/**
 * Where a log's tiles live: a table, a directory, an object store.
 *
 * <p>Hashes of a tile never change once written; a tile only grows. A store may therefore keep one value per level and
 * index and serve a narrower tile as its beginning. Implementations say themselves whether they are thread-safe; one
 * log has one writer at a time.
 */
public interface TileStore {
    /**
     * The first {@code id.width()} hashes of the tile: exactly {@code id.byteLength()} bytes, owned by the caller.
     *
     * @throws IllegalStateException if the store has fewer hashes; the message names the tile's path
     */
    byte[] read(TileId id);

    /** Keeps a tile, which replaces any narrower one at its level and index. Writing the same bytes again is harmless. */
    void write(TileId id, byte[] hashes);
}
