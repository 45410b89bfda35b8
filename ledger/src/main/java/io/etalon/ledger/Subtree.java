package io.etalon.ledger;

import java.util.List;

/**
 * The entries {@code [start, end)} of a log as a tree of their own, and proofs about it (draft-ietf-plants-merkle-tree-certs,
 * section 4). The consistency proof of RFC 9162, section 2.1.4, is the case {@code start = 0}.
 *
 * @param start index of the first entry
 * @param end index after the last entry
 */
public record Subtree(long start, long end) {
    /** Whether the range is a sub-tree: not empty, and aligned to its size rounded up to a power of two. */
    public boolean valid() {
        if (start < 0 || start >= end) {
            return false;
        }
        if (start == 0) {
            return true;
        }
        var width = end - start;
        var roundedUp = Long.highestOneBit(width) == width ? width : Long.highestOneBit(width) << 1;
        return roundedUp > 0 && start % roundedUp == 0;
    }

    /** Whether the leaf at {@code index} of the whole log is in this sub-tree, which has this root. */
    public boolean includes(long index, Hash leaf, List<Hash> path, Hash root) {
        return valid()
                && index >= start
                && index < end
                && new InclusionProof(index - start, end - start, path).verify(leaf, root);
    }

    /** Whether this sub-tree with {@code root} is part of the tree of {@code size} entries with {@code treeRoot}. */
    public boolean consistentWith(Hash root, long size, Hash treeRoot, List<Hash> proof) {
        if (start == end) {
            // The empty sub-tree is part of every tree; only its own root can be wrong.
            return start >= 0 && end <= size && proof.isEmpty() && root.equals(Merkle.emptyRoot());
        }
        if (!valid() || end > size) {
            return false;
        }
        var first = start;
        var node = end - 1;
        var last = size - 1;
        // Climb to the highest node that holds the sub-tree's right edge alone: from there the two trees share hashes.
        while (first != node && (node == last || (node & 1) == 1)) {
            first >>= 1;
            node >>= 1;
            last >>= 1;
        }
        var rest = proof;
        Hash inner = root;
        if (first != node) {
            if (proof.isEmpty()) {
                return false;
            }
            inner = proof.getFirst();
            rest = proof.subList(1, proof.size());
        }
        var outer = inner;
        for (var sibling : rest) {
            if (last == 0) {
                return false;
            }
            if ((node & 1) == 1 || node == last) {
                if (first < node) {
                    inner = Merkle.node(sibling, inner);
                }
                outer = Merkle.node(sibling, outer);
                while ((node & 1) == 0 && node != 0) {
                    first >>= 1;
                    node >>= 1;
                    last >>= 1;
                }
            } else {
                outer = Merkle.node(outer, sibling);
            }
            first >>= 1;
            node >>= 1;
            last >>= 1;
        }
        return last == 0 && inner.equals(root) && outer.equals(treeRoot);
    }
}
