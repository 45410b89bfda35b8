package io.etalon.server.work.frontier;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * Who holds which task: for each position an id, a capacity and that many slots, each empty or taken by one claimant in
 * one round. A slot is taken by compare-and-set, so a task never has more takers than its capacity. Adding is serialised
 * by the caller; {@link #take} and {@link #free} may run at the same time for different claimants; changes of capacity
 * need the exclusion that {@link Frontier} arranges.
 *
 * <p>Memory: 11 + 4 x capacity bytes a task, in segments of {@value #SEGMENT} tasks.
 */
final class Slots {
    static final int TAKEN = 0;
    static final int FULL = 1;
    static final int MINE = 2;
    /** This claimant has not yet done the round before. */
    static final int TOO_EARLY = 3;

    /** The highest round that a slot can tell. */
    static final int MAX_ROUNDS = 31;

    static final int MAX_CAPACITY = 100;
    private static final int ROUND_BITS = 5;
    private static final int SEGMENT_BITS = 12;
    private static final int SEGMENT = 1 << SEGMENT_BITS;
    private static final int MASK = SEGMENT - 1;

    private static final class Segment {
        final long[] ids = new long[SEGMENT];
        final byte[] capacity = new byte[SEGMENT];
        /** Ordinals of lanes. */
        final char[] lane = new char[SEGMENT];

        int stride;
        AtomicIntegerArray slots;

        Segment(int stride) {
            this.stride = stride;
            this.slots = new AtomicIntegerArray(SEGMENT * stride);
        }
    }

    private volatile Segment[] segments = new Segment[0];
    private volatile int size;

    int size() {
        return size;
    }

    int add(long id, int capacity, int lane) {
        var position = size;
        var number = position >> SEGMENT_BITS;
        if (number == segments.length) {
            var more = Arrays.copyOf(segments, number + 1);
            more[number] = new Segment(Math.max(1, capacity));
            segments = more;
        }
        var segment = segments[number];
        if (capacity > segment.stride) {
            throw new IllegalArgumentException("widen the segment before adding a task with more slots");
        }
        segment.ids[position & MASK] = id;
        segment.capacity[position & MASK] = (byte) capacity;
        segment.lane[position & MASK] = (char) lane;
        grow(position + 1);
        return position;
    }

    /** The volatile write that publishes the task; callers are serialised. */
    private void grow(int newSize) {
        size = newSize;
    }

    /** Whether a task with this capacity can be added without an exclusive change of layout. */
    boolean fits(int capacity) {
        var number = size >> SEGMENT_BITS;
        return number == segments.length || capacity <= segments[number].stride;
    }

    long id(int position) {
        return segments[position >> SEGMENT_BITS].ids[position & MASK];
    }

    /** The ordinal of the lane that the task stands in. */
    int lane(int position) {
        return segments[position >> SEGMENT_BITS].lane[position & MASK];
    }

    /** Changes the lane that the task stands in; callers have exclusion. */
    void setLane(int position, int lane) {
        segments[position >> SEGMENT_BITS].lane[position & MASK] = (char) lane;
    }

    int capacity(int position) {
        return segments[position >> SEGMENT_BITS].capacity[position & MASK];
    }

    /** The position of an id, or -1; needs ids that were added in ascending order. */
    int positionOf(long id) {
        var low = 0;
        var high = size - 1;
        while (low <= high) {
            var middle = (low + high) >>> 1;
            var found = id(middle);
            if (found < id) {
                low = middle + 1;
            } else if (found > id) {
                high = middle - 1;
            } else {
                return middle;
            }
        }
        return -1;
    }

    /**
     * Tries to take a slot. Every taker chooses the lowest empty slot it saw; two takers who count the same number of
     * takers therefore meet at one slot, and the loser counts again.
     */
    int take(int position, int claimant, int round) {
        while (true) {
            var free = look(position, claimant, round);
            if (free < 0) {
                return -free;
            }
            var segment = segments[position >> SEGMENT_BITS];
            var slot = (position & MASK) * segment.stride + free;
            if (segment.slots.compareAndSet(slot, 0, claimant << ROUND_BITS | round)) {
                return TAKEN;
            }
        }
    }

    /** The lowest empty slot for this claimant, or the reason why there is none, negated. */
    private int look(int position, int claimant, int round) {
        var segment = segments[position >> SEGMENT_BITS];
        var base = (position & MASK) * segment.stride;
        var capacity = segment.capacity[position & MASK];
        var free = -1;
        var taken = 0;
        var ready = round == 1;
        for (var i = 0; i < segment.stride; i++) {
            var value = segment.slots.get(base + i);
            if (value == 0) {
                free = free < 0 && i < capacity ? i : free;
                continue;
            }
            taken++;
            if (value >>> ROUND_BITS == claimant) {
                var held = value & MAX_ROUNDS;
                if (round == 1 || held == round) {
                    return -MINE;
                }
                ready |= held == round - 1;
            }
        }
        if (free < 0 || taken >= capacity) {
            return -FULL;
        }
        return ready ? free : -TOO_EARLY;
    }

    boolean canTake(int position, int claimant, int round) {
        return look(position, claimant, round) >= 0;
    }

    /** Takes a slot beyond any capacity, for work that the tables hold already; callers have exclusion. */
    void restore(int position, int claimant, int round) {
        var segment = segments[position >> SEGMENT_BITS];
        var value = claimant << ROUND_BITS | round;
        while (true) {
            var base = (position & MASK) * segment.stride;
            for (var i = 0; i < segment.stride; i++) {
                var held = segment.slots.get(base + i);
                if (held == value || (held == 0 && segment.slots.compareAndSet(base + i, 0, value))) {
                    return;
                }
            }
            widen(segment, segment.stride + 1);
        }
    }

    boolean free(int position, int claimant, int round) {
        var segment = segments[position >> SEGMENT_BITS];
        var base = (position & MASK) * segment.stride;
        for (var i = 0; i < segment.stride; i++) {
            if (segment.slots.compareAndSet(base + i, claimant << ROUND_BITS | round, 0)) {
                return true;
            }
        }
        return false;
    }

    /** Changes one task's capacity; callers have exclusion. */
    void setCapacity(int position, int capacity) {
        var segment = segments[position >> SEGMENT_BITS];
        if (capacity > segment.stride) {
            widen(segment, capacity);
        }
        segment.capacity[position & MASK] = (byte) capacity;
        compact(segment, (position & MASK) * segment.stride);
    }

    /** Makes room in the segment that the next task falls into; callers have exclusion. */
    void widenLast(int capacity) {
        var number = size >> SEGMENT_BITS;
        if (number < segments.length && capacity > segments[number].stride) {
            widen(segments[number], capacity);
        }
    }

    private static void widen(Segment segment, int stride) {
        var wider = new AtomicIntegerArray(SEGMENT * stride);
        for (var task = 0; task < SEGMENT; task++) {
            for (var i = 0; i < segment.stride; i++) {
                wider.set(task * stride + i, segment.slots.get(task * segment.stride + i));
            }
        }
        segment.slots = wider;
        segment.stride = stride;
    }

    /** Takers move to the lowest slots, so that those above a smaller capacity are the ones in excess. */
    private static void compact(Segment segment, int base) {
        var to = base;
        for (var from = base; from < base + segment.stride; from++) {
            var value = segment.slots.get(from);
            if (value != 0) {
                segment.slots.set(from, 0);
                segment.slots.set(to++, value);
            }
        }
    }

    /** The takers of a task as claimant and round, for comparison in tests and rebuilds: sorted. */
    int[] takers(int position) {
        var segment = segments[position >> SEGMENT_BITS];
        var base = (position & MASK) * segment.stride;
        var result = new int[segment.stride];
        var count = 0;
        for (var i = 0; i < segment.stride; i++) {
            var value = segment.slots.get(base + i);
            if (value != 0) {
                result[count++] = value;
            }
        }
        result = Arrays.copyOf(result, count);
        Arrays.sort(result);
        return result;
    }

    static int claimantOf(int taker) {
        return taker >>> ROUND_BITS;
    }

    static int roundOf(int taker) {
        return taker & MAX_ROUNDS;
    }
}
