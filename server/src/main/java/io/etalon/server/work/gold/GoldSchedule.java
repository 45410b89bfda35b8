package io.etalon.server.work.gold;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * At which of a person's claims gold is due. Claims are cut into blocks of {@code block}; in each, exactly {@code gold}
 * positions are gold, drawn by HMAC-SHA-256 under the project's secret from person and number of the block. So nobody can
 * foresee them, no two people share them, and they come again after a restart.
 *
 * <p>The exact bound: of the first {@code n = q * block + r} claims ({@code 0 <= r < block}), between
 * {@code q * gold + max(0, gold - (block - r))} and {@code q * gold + min(gold, r)} are gold; at the end of a block exactly
 * {@code q * gold}. Immutable, thread-safe.
 */
public final class GoldSchedule {
    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec secret;
    private final int block;
    private final int gold;

    /**
     * @param secret the project's own, 32 bytes
     * @param block claims a block, 2 to 1,000
     * @param gold how many of them are gold, at least one and fewer than all
     */
    public GoldSchedule(byte[] secret, int block, int gold) {
        if (block < 2 || block > 1_000 || gold < 1 || gold >= block) {
            throw new IllegalArgumentException(
                    "a block of 2 to 1,000 claims has 1 to all but one gold, got " + gold + " of " + block);
        }
        this.secret = new SecretKeySpec(secret, ALGORITHM);
        this.block = block;
        this.gold = gold;
    }

    /** Claims a block. */
    public int block() {
        return block;
    }

    /** The gold positions of one block of one person, 0 to {@code block - 1}; O(block log block). */
    public BitSet positions(UUID person, int number) {
        var mac = mac();
        var order = new long[block];
        for (var i = 0; i < block; i += 8) {
            var ranks = ByteBuffer.wrap(mac.doFinal(message((byte) 'p', person, number, i)));
            for (var j = i; j < Math.min(block, i + 8); j++) {
                // The rank above, the position below: equal ranks fall in the order of their positions.
                order[j] = (ranks.getInt() & 0xFFFF_FFFFL) << 16 | j;
            }
        }
        Arrays.sort(order);
        var drawn = new BitSet(block);
        for (var i = 0; i < gold; i++) {
            drawn.set((int) (order[i] & 0xFFFF));
        }
        return drawn;
    }

    /** A number of each person's own, from which the order of items follows that are alike in all else. */
    public long seed(UUID person) {
        return ByteBuffer.wrap(mac().doFinal(message((byte) 'i', person, 0, 0))).getLong();
    }

    private Mac mac() {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(secret);
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HMAC-SHA-256", e);
        }
    }

    private static byte[] message(byte purpose, UUID person, long number, int counter) {
        return ByteBuffer.allocate(29)
                .put(purpose)
                .putLong(person.getMostSignificantBits())
                .putLong(person.getLeastSignificantBits())
                .putLong(number)
                .putInt(counter)
                .array();
    }
}
