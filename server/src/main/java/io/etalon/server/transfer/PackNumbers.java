package io.etalon.server.transfer;

import io.etalon.server.dataset.pack.TextBatch;
import java.util.function.LongSupplier;

/** Numbers of packs, taken from the database by the block. Thread-safe. */
final class PackNumbers implements LongSupplier {
    private final LongSupplier blocks;
    private long next;
    private int left;

    PackNumbers(LongSupplier blocks) {
        this.blocks = blocks;
    }

    @Override
    public synchronized long getAsLong() {
        if (left == 0) {
            next = blocks.getAsLong();
            left = TextBatch.NUMBERS_A_BLOCK;
        }
        left--;
        return next++;
    }
}
