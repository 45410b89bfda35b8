package io.etalon.server.transfer;

import org.jspecify.annotations.Nullable;

/** Lets pieces that were prepared side by side commit in their order; one that fails lets none after it. Thread-safe. */
final class Turns {
    private int next;
    private @Nullable Exception failure;

    Turns(int first) {
        next = first;
    }

    /** Returns when all pieces before this one are committed. */
    synchronized void await(int piece) throws InterruptedException {
        while (next < piece && failure == null) {
            wait();
        }
        check();
    }

    synchronized void done(int piece) {
        next = piece + 1;
        notifyAll();
    }

    synchronized void fail(Exception reason) {
        if (failure == null) {
            failure = reason;
        }
        notifyAll();
    }

    synchronized @Nullable Exception failure() {
        return failure;
    }

    private void check() {
        if (failure != null) {
            throw new IllegalStateException("an earlier piece failed", failure);
        }
    }
}
