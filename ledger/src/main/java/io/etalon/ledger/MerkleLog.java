package io.etalon.ledger;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A Merkle tree of a given size over stored tiles: appends leaf hashes, answers roots and proofs.
 *
 * <p>A value of store and size: {@link #append} writes tiles and returns the larger log, while this one keeps answering
 * for its own size. Nothing else is kept, so a server stores one number beside its tiles. Appending k leaves reads and
 * writes O(k/256 + log n) tiles; a root or proof reads O(log n) tiles, each at most 8 KiB. As thread-safe as its store;
 * two writers at once would overwrite each other's last tiles, so the caller serialises appends.
 *
 * <p>Sources: RFC 9162, section 2.1; C2SP tlog-tiles; the idea of a tree over a hash reader is that of Go's
 * {@code sumdb/tlog}.
 */
public final class MerkleLog {
    private final TileStore store;
    private final long size;

    private MerkleLog(TileStore store, long size) {
        this.store = store;
        this.size = size;
    }

    /** The log of {@code size} entries whose tiles are in the store; size 0 needs no tile. */
    public static MerkleLog at(TileStore store, long size) {
        if (size < 0) {
            throw new IllegalArgumentException("a log's size is not negative: " + size);
        }
        return new MerkleLog(Objects.requireNonNull(store), size);
    }

    /** Number of entries. */
    public long size() {
        return size;
    }

    /** Writes the tiles that the leaves fill or widen, lowest level first, and returns the larger log. */
    public MerkleLog append(List<Hash> leaves) {
        var newSize = Math.addExact(size, leaves.size());
        List<Hash> hashes = leaves;
        for (var level = 0; !hashes.isEmpty(); level++) {
            hashes = appendLevel(level, size >>> (TileId.HEIGHT * level), hashes);
        }
        return new MerkleLog(store, newSize);
    }

    /** Appends hashes to a level that has {@code present} of them; returns the roots of the tiles that became full. */
    private List<Hash> appendLevel(int level, long present, List<Hash> hashes) {
        var full = new ArrayList<Hash>();
        var done = 0;
        var index = present / TileId.FULL;
        var start = (int) (present % TileId.FULL);
        while (done < hashes.size()) {
            var count = Math.min(TileId.FULL - start, hashes.size() - done);
            var id = new TileId(level, index, start + count);
            var bytes = new byte[id.byteLength()];
            if (start > 0) {
                var old = store.read(new TileId(level, index, start));
                System.arraycopy(old, 0, bytes, 0, old.length);
            }
            for (var i = 0; i < count; i++) {
                hashes.get(done + i).copyTo(bytes, (start + i) * Hash.LENGTH);
            }
            store.write(id, bytes);
            if (id.width() == TileId.FULL) {
                full.add(rootOf(bytes, 0, TileId.FULL));
            }
            done += count;
            start = 0;
            index++;
        }
        return full;
    }

    /** The root of the tree of this size. */
    public Hash root() {
        return root(size);
    }

    /** The root of the tree of the first {@code size} entries. */
    public Hash root(long size) {
        requireWithin(size);
        return size == 0 ? Merkle.emptyRoot() : new Reader().range(0, size);
    }

    /** The hash of the entry at {@code index}. */
    public Hash leaf(long index) {
        Objects.checkIndex(index, size);
        return new Reader().range(index, index + 1);
    }

    /** Proves that the entry at {@code index} is in the tree of {@code size} entries (RFC 9162, section 2.1.3.1). */
    public InclusionProof inclusionProof(long index, long size) {
        requireWithin(size);
        Objects.checkIndex(index, size);
        var path = new ArrayList<Hash>();
        var reader = new Reader();
        var start = 0L;
        var end = size;
        while (end - start > 1) {
            var split = start + splitPoint(end - start);
            if (index < split) {
                path.add(reader.range(split, end));
                end = split;
            } else {
                path.add(reader.range(start, split));
                start = split;
            }
        }
        return new InclusionProof(index, size, path.reversed());
    }

    /** Proves that the first {@code oldSize} entries begin the tree of {@code newSize} (RFC 9162, section 2.1.4.1). */
    public ConsistencyProof consistencyProof(long oldSize, long newSize) {
        requireWithin(newSize);
        if (oldSize < 1 || oldSize > newSize) {
            throw new IllegalArgumentException(
                    "a consistency proof goes from 1 to " + newSize + ", not from " + oldSize);
        }
        var path = new ArrayList<Hash>();
        var reader = new Reader();
        var start = 0L;
        var end = newSize;
        while (oldSize < end) {
            var split = start + splitPoint(end - start);
            if (oldSize <= split) {
                path.add(reader.range(split, end));
                end = split;
            } else {
                path.add(reader.range(start, split));
                start = split;
            }
        }
        // The verifier knows the old root, which is this node only if the old tree is complete.
        if (start > 0) {
            path.add(reader.range(start, end));
        }
        return new ConsistencyProof(oldSize, newSize, path.reversed());
    }

    private void requireWithin(long size) {
        if (size < 0 || size > this.size) {
            throw new IllegalArgumentException("this log has " + this.size + " entries, not " + size);
        }
    }

    /** The largest power of two below n, for n above 1. */
    private static long splitPoint(long n) {
        return Long.highestOneBit(n - 1);
    }

    /** The root of {@code count} (a power of two) hashes of a tile. */
    private static Hash rootOf(byte[] tile, int from, int count) {
        if (count == 1) {
            return Hash.at(tile, from * Hash.LENGTH);
        }
        return Merkle.node(rootOf(tile, from, count / 2), rootOf(tile, from + count / 2, count / 2));
    }

    /** Reads each tile once for one question. */
    private final class Reader {
        private final Map<TileId, byte[]> tiles = new HashMap<>();

        /** The Merkle tree hash of the entries {@code [start, end)}, of which start is aligned to the width. */
        Hash range(long start, long end) {
            var width = end - start;
            if (Long.highestOneBit(width) == width) {
                return complete(start, Long.numberOfTrailingZeros(width));
            }
            var split = start + splitPoint(width);
            return Merkle.node(complete(start, Long.numberOfTrailingZeros(split - start)), range(split, end));
        }

        private Hash complete(long start, int height) {
            var level = height / TileId.HEIGHT;
            var first = start >>> (TileId.HEIGHT * level);
            var index = first / TileId.FULL;
            var present = (size >>> (TileId.HEIGHT * level)) - index * TileId.FULL;
            var id = new TileId(level, index, (int) Math.min(TileId.FULL, present));
            var tile = tiles.computeIfAbsent(id, store::read);
            return rootOf(tile, (int) (first % TileId.FULL), 1 << (height % TileId.HEIGHT));
        }
    }
}
