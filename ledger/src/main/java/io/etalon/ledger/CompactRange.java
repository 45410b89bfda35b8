package io.etalon.ledger;

import java.util.ArrayList;

/**
 * The right edge of a growing tree: enough to append leaves and know the root, in O(log n) memory. Used to replay a
 * whole log. Not thread-safe.
 */
public final class CompactRange {
    private final ArrayList<Hash> edge = new ArrayList<>();
    private long size;

    /** Number of leaves appended so far. */
    public long size() {
        return size;
    }

    /** Appends one leaf hash; amortised two hash computations. */
    public void append(Hash leaf) {
        var hash = leaf;
        for (var rest = size; (rest & 1) == 1; rest >>= 1) {
            hash = Merkle.node(edge.removeLast(), hash);
        }
        edge.add(hash);
        size++;
    }

    /** The root of the tree of {@link #size()} leaves (RFC 6962, section 2.1). */
    public Hash root() {
        if (edge.isEmpty()) {
            return Merkle.emptyRoot();
        }
        var hash = edge.getLast();
        for (var i = edge.size() - 2; i >= 0; i--) {
            hash = Merkle.node(edge.get(i), hash);
        }
        return hash;
    }
}
