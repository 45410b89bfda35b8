package io.etalon.ledger;

import java.util.List;

/**
 * The proof that a tree is the beginning of a larger one (RFC 9162, section 2.1.4). A value: nothing is checked before
 * {@link #verify}.
 *
 * @param oldSize entries of the older tree; a proof from an empty tree proves nothing and is never accepted
 * @param newSize entries of the newer tree
 * @param path node hashes in the order of the RFC
 */
public record ConsistencyProof(long oldSize, long newSize, List<Hash> path) {
    public ConsistencyProof {
        path = List.copyOf(path);
    }

    /** Whether the newer tree keeps every entry of the older one in its place (RFC 9162, section 2.1.4.2). */
    public boolean verify(Hash oldRoot, Hash newRoot) {
        return oldSize > 0 && new Subtree(0, oldSize).consistentWith(oldRoot, newSize, newRoot, path);
    }
}
