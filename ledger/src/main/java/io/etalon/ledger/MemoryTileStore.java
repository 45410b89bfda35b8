package io.etalon.ledger;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Tiles in memory: for tests and for replaying a log. Thread-safe. */
public final class MemoryTileStore implements TileStore {
    private record Place(int level, long index) {}

    private final Map<Place, byte[]> tiles = new ConcurrentHashMap<>();

    @Override
    public byte[] read(TileId id) {
        var bytes = tiles.get(new Place(id.level(), id.index()));
        if (bytes == null || bytes.length < id.byteLength()) {
            throw new IllegalStateException("no tile " + id.path());
        }
        return Arrays.copyOf(bytes, id.byteLength());
    }

    @Override
    public void write(TileId id, byte[] hashes) {
        if (hashes.length != id.byteLength()) {
            throw new IllegalArgumentException(
                    "tile " + id.path() + " has " + id.byteLength() + " bytes, not " + hashes.length);
        }
        tiles.merge(
                new Place(id.level(), id.index()),
                hashes.clone(),
                (old, written) -> old.length > written.length ? old : written);
    }
}
