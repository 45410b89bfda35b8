package io.etalon.ledger;

import java.security.MessageDigest;

/**
 * Hashing of the Merkle tree of RFC 6962, section 2.1 (the same as RFC 9162, section 2.1.1), with SHA-256.
 *
 * <p>Leaves and nodes are hashed under different prefixes, so that no node can be passed off as a leaf.
 */
public final class Merkle {
    private static final byte LEAF_PREFIX = 0;
    private static final byte NODE_PREFIX = 1;

    private static final Hash EMPTY = Hash.sha256();

    private Merkle() {}

    /** The root of a tree without entries: SHA-256 of nothing. */
    public static Hash emptyRoot() {
        return EMPTY;
    }

    /** {@code SHA-256(0x00 || entry)}. */
    public static Hash leaf(byte[] entry) {
        MessageDigest digest = Hash.newDigest();
        digest.update(LEAF_PREFIX);
        digest.update(entry);
        return Hash.finish(digest);
    }

    /** {@code SHA-256(0x01 || left || right)}. */
    public static Hash node(Hash left, Hash right) {
        MessageDigest digest = Hash.newDigest();
        digest.update(NODE_PREFIX);
        left.update(digest);
        right.update(digest);
        return Hash.finish(digest);
    }
}
