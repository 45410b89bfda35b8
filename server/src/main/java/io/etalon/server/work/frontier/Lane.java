package io.etalon.server.work.frontier;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A list of positions of tasks in the order in which they are offered. It only grows, and its entries are hints: whether
 * a task can be taken is said by {@link Slots} alone, so an entry may be out of date or stand twice. Appending is
 * serialised; reading needs no lock.
 */
final class Lane {
    final int ordinal;
    final int priority;
    /** In milliseconds since 1970; {@link Frontier#NO_DEADLINE} sorts last. */
    final long deadline;

    private volatile int[] entries = new int[16];
    private volatile int size;
    private final AtomicInteger head = new AtomicInteger();

    /** @param ordinal a number of its own among the lanes of a frontier: the place of its cursors */
    Lane(int ordinal, int priority, long deadline) {
        this.ordinal = ordinal;
        this.priority = priority;
        this.deadline = deadline;
    }

    synchronized void append(int position) {
        if (size == entries.length) {
            entries = Arrays.copyOf(entries, size + (size >> 1) + 16);
        }
        entries[size] = position;
        publish(size + 1);
    }

    /** The volatile write that lets readers see the entry before it; callers hold the lane's monitor. */
    private void publish(int newSize) {
        size = newSize;
    }

    int size() {
        return size;
    }

    /** Valid for an index below a {@link #size()} that was read before. */
    int get(int index) {
        return entries[index];
    }

    /** All entries before it were full when they were last looked at; a newcomer starts here. */
    int head() {
        return head.get();
    }

    void passFull(int index) {
        if (head.get() == index) {
            head.compareAndSet(index, index + 1);
        }
    }

    void rewind() {
        head.set(0);
    }
}
