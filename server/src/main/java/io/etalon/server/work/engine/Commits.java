package io.etalon.server.work.engine;

import java.util.concurrent.CompletableFuture;

/**
 * Where writes become durable: {@link Writers} commit them to the cell's tables. What decides on writes knows no more than
 * this, so that it runs the same over a store in memory.
 */
interface Commits {
    /** Hands a write over; its future completes after the commit. */
    CompletableFuture<Write> hand(Write write);

    /** Hands a write over and waits for its commit. */
    Write write(Write write);
}
