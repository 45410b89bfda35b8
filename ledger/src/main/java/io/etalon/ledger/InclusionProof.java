package io.etalon.ledger;

import java.util.List;

/**
 * The audit path of one entry in a tree (RFC 9162, section 2.1.3). A value: nothing is checked before
 * {@link #verify}.
 *
 * @param index zero-based index of the entry
 * @param size number of entries of the tree
 * @param path sibling hashes from the leaf up to the root's child
 */
public record InclusionProof(long index, long size, List<Hash> path) {
    public InclusionProof {
        path = List.copyOf(path);
    }

    /** Whether the leaf stands at this index in the tree of this size and root (RFC 9162, section 2.1.3.2). */
    public boolean verify(Hash leaf, Hash root) {
        if (index < 0 || index >= size) {
            return false;
        }
        var node = index;
        var last = size - 1;
        var hash = leaf;
        for (var sibling : path) {
            if (last == 0) {
                return false;
            }
            if ((node & 1) == 1 || node == last) {
                hash = Merkle.node(sibling, hash);
                // On the right edge the levels without a sibling have no element in the path.
                while ((node & 1) == 0 && node != 0) {
                    node >>= 1;
                    last >>= 1;
                }
            } else {
                hash = Merkle.node(hash, sibling);
            }
            node >>= 1;
            last >>= 1;
        }
        return last == 0 && hash.equals(root);
    }
}
