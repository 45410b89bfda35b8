package io.etalon.server.admission;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Bounds how much is under way, and shares it between parties. Who finds a free slot costs two atomic counters and no
 * memory. Who finds none waits in his party's line, shortly; a slot that becomes free goes to the party that has the
 * fewest, and when the lines together are full, the newest of the longest gives way. So one party that asks for a thousand
 * times more than others lengthens its own line alone.
 *
 * <p>While others wait, the slots follow what the server can do: as many as it finished in {@link Limits#latency} of the
 * last period (Little's law), between a twenty-fourth of the slots, with which it begins, and all. Where a request takes more than half of that
 * also while there is little to do, for which the server's load is not to blame, twice the time that it took then stands in
 * for it (the gradient of Netflix's concurrency limits, with a base that load cannot raise). A party holds three quarters
 * of the slots at most.
 *
 * <p>A line may hold a burst for all of {@link Limits#patience}. One that was never empty for {@link Limits#burst} is no
 * burst: who then waits longer than {@link Limits#standing} is refused, so that neither he nor who comes after him waits
 * for nothing (CoDel, Nichols and Jacobson 2012, as Facebook has it in its servers).
 *
 * <p>A gate is cold until twice as many were finished as may wait: the first requests of a process wait for its compiler,
 * and the first for a queue until it is read. How long those take says nothing of the load, so that no line stands in a cold
 * gate, and one waits for five times the patience. Thread-safe.
 */
public final class Gate {
    /**
     * How much is let in.
     *
     * @param slots under way at once at most
     * @param waiting in all lines together at most; half of it in lines that stand
     * @param patience how long one waits for a slot
     * @param latency how long what is under way should take while others wait
     * @param burst how long somebody may be waiting at every moment before the line counts as a standing one
     * @param standing how long one waits in a standing line
     */
    public record Limits(
            int slots, int waiting, Duration patience, Duration latency, Duration burst, Duration standing) {
        /** Lines in which everybody waits as long as he likes to. */
        public Limits(int slots, int waiting, Duration patience, Duration latency) {
            this(slots, waiting, patience, latency, patience, patience);
        }

        public Limits {
            if (slots < 8 || waiting < 0) {
                throw new IllegalArgumentException("a gate has at least eight slots");
            }
        }
    }

    /** What came of asking. */
    public enum Answer {
        /** Go on, and tell when it is done. */
        IN,
        /** The server has more to do than it can. */
        FULL,
        /** The party itself holds more than half of the slots: fewer of its requests at the same time would help it. */
        SHARE
    }

    /** Parties are hashed to this many places. */
    public static final int PARTIES = 512;

    private static final long PERIOD_NANOS = 200_000_000;

    /** The share of the slots that is always there, and below which there is little to do. */
    private static final int FLOOR = 24;

    /** How many of the last requests the time of a calm server is averaged over. */
    private static final int CALM_WEIGHT = 64;

    /** How much longer than on a calm server a request may take. */
    private static final int STRETCH = 2;

    /** A gate is cold until so many times as many were finished as may wait. */
    static final int COLD_LINES = 2;

    /** So many times as long one waits at a cold gate. */
    static final int COLD_PATIENCE = 5;

    private static final class Waiter {
        private final Thread thread = Thread.currentThread();
        private final int party;
        private final long since;
        private volatile @Nullable Answer answer;

        private Waiter(int party, long since) {
            this.party = party;
            this.since = since;
        }

        private void tell(Answer told) {
            answer = told;
            LockSupport.unpark(thread);
        }
    }

    private final Limits limits;
    private final LongSupplier clock;
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicIntegerArray byParty = new AtomicIntegerArray(PARTIES);
    private final AtomicLong refused = new AtomicLong();
    private final LongAdder finished = new LongAdder();
    private final ReentrantLock lock = new ReentrantLock();
    /** The lines of those who wait; guarded by the lock. */
    private final Map<Integer, ArrayDeque<Waiter>> lines = new LinkedHashMap<>();

    private volatile int waiting;
    private volatile int slots;
    /** The time a request takes while there is little to do; updates may be lost. */
    private volatile long calmNanos;

    private volatile boolean cold = true;
    /** When the first came into lines that were empty; guarded by the lock, as what follows. */
    private long lineBegan;

    private long periodBegan;
    private long finishedBefore;

    public Gate(Limits limits) {
        this(limits, System::nanoTime);
    }

    /** @param clock nanoseconds since any moment */
    Gate(Limits limits, LongSupplier clock) {
        this.limits = limits;
        this.clock = clock;
        this.slots = floor();
        this.periodBegan = clock.getAsLong();
    }

    /** The place of a party that is known by a part of a text; nothing is allocated. */
    public static int party(CharSequence text, int from, int to, int salt) {
        var hash = salt;
        for (var i = from; i < to; i++) {
            hash = (hash ^ text.charAt(i)) * 0x01000193;
        }
        hash ^= hash >>> 15;
        return hash & PARTIES - 1;
    }

    /**
     * Asks for a slot, and waits a little for one. After {@link Answer#IN} the caller calls {@link #leave} once.
     *
     * @param party from 0 to {@link #PARTIES}
     */
    public Answer enter(int party) {
        if (waiting == 0 && take(party)) {
            return Answer.IN;
        }
        return line(party);
    }

    /**
     * Gives the slot back.
     *
     * @param since when the slot was got, by {@link System#nanoTime}, or the clock that was given
     */
    public void leave(int party, long since) {
        var now = clock.getAsLong();
        finished.increment();
        byParty.decrementAndGet(party);
        var others = running.decrementAndGet();
        if (cold) {
            warmUp(now);
        }
        if (waiting > 0) {
            lock.lock();
            try {
                adapt(now);
                admit();
                endStandingLine(now);
            } finally {
                lock.unlock();
            }
        } else if (others < floor()) {
            var calm = calmNanos;
            calmNanos = calm + (now - since - calm) / CALM_WEIGHT;
        }
    }

    /** A line that came to be at a cold gate counts from the moment on at which the gate is no longer cold. */
    private void warmUp(long now) {
        if (finished.sum() >= (long) COLD_LINES * limits.waiting()) {
            lock.lock();
            try {
                cold = false;
                lineBegan = now;
            } finally {
                lock.unlock();
            }
        }
    }

    private int floor() {
        return Math.max(8, limits.slots() / FLOOR);
    }

    private boolean take(int party) {
        if (running.incrementAndGet() <= slots) {
            if (byParty.incrementAndGet(party) <= share()) {
                return true;
            }
            byParty.decrementAndGet(party);
        }
        running.decrementAndGet();
        return false;
    }

    private int share() {
        return slots - slots / 4;
    }

    /** How many may wait: a whole burst, and less where lines stand. How long they may then is told by the time alone. */
    private int room(long now) {
        return isStanding(now) ? limits.waiting() / 2 : limits.waiting();
    }

    private boolean isStanding(long now) {
        return !cold && waiting > 0 && now - lineBegan >= limits.burst().toNanos();
    }

    private Answer line(int party) {
        var waiter = new Waiter(party, clock.getAsLong());
        lock.lock();
        try {
            if (!queue(waiter)) {
                refused.incrementAndGet();
                return refusal(party);
            }
            // Now that it is seen that somebody waits, a slot that became free in between is not missed.
            admit();
        } finally {
            lock.unlock();
        }
        var until = waiter.since + limits.patience().toNanos() * (cold ? COLD_PATIENCE : 1);
        for (var left = until - clock.getAsLong();
                waiter.answer == null && left > 0;
                left = until - clock.getAsLong()) {
            LockSupport.parkNanos(this, left);
            if (Thread.currentThread().isInterrupted()) {
                break;
            }
        }
        var answer = waiter.answer;
        return answer == null ? giveUp(waiter) : answer;
    }

    private Answer giveUp(Waiter waiter) {
        lock.lock();
        try {
            var answer = waiter.answer;
            if (answer != null) {
                return answer;
            }
            remove(waiter);
            refused.incrementAndGet();
            return refusal(waiter.party);
        } finally {
            lock.unlock();
        }
    }

    private Answer refusal(int party) {
        return byParty.get(party) * 2 > slots ? Answer.SHARE : Answer.FULL;
    }

    /** False when there is no room in the lines, and no party has a longer one than this. */
    private boolean queue(Waiter waiter) {
        var mine = lines.get(waiter.party);
        if (waiting >= room(waiter.since)) {
            var longest = lines.values().stream()
                    .max(Comparator.comparingInt(ArrayDeque::size))
                    .orElse(null);
            if (longest == null || longest.size() <= (mine == null ? 0 : mine.size()) + 1) {
                return false;
            }
            refuse(longest.getLast());
        }
        if (waiting == 0) {
            lineBegan = waiter.since;
            if (lineBegan - periodBegan > PERIOD_NANOS) {
                // Nobody waited for a while, so nobody looked.
                beginPeriod(lineBegan);
            }
        }
        lines.computeIfAbsent(waiter.party, id -> new ArrayDeque<>()).addLast(waiter);
        waiting++;
        return true;
    }

    private void refuse(Waiter waiter) {
        remove(waiter);
        refused.incrementAndGet();
        waiter.tell(refusal(waiter.party));
    }

    /**
     * Refuses those who waited for too long while nobody saw the lines empty. A party that has less than an equal share is not
     * to blame, and waits for its turn, which is the next.
     */
    private void endStandingLine(long now) {
        if (!isStanding(now)) {
            return;
        }
        var latest = now - limits.standing().toNanos();
        var fair = slots / (lines.size() + 1);
        var late = new ArrayList<Waiter>();
        for (var line : lines.values()) {
            for (var waiter : line) {
                if (byParty.get(waiter.party) < fair) {
                    break;
                }
                if (waiter.since - latest >= 0) {
                    break;
                }
                late.add(waiter);
            }
        }
        late.forEach(this::refuse);
    }

    private void remove(Waiter waiter) {
        var line = lines.get(waiter.party);
        if (line != null && line.remove(waiter)) {
            waiting--;
            if (line.isEmpty()) {
                lines.remove(waiter.party);
            }
        }
    }

    /** Fills free slots from the lines, the party with the fewest first and of equal ones the one that waited longest for its turn. */
    private void admit() {
        while (waiting > 0 && running.get() < slots) {
            var next = next();
            if (next == null) {
                return;
            }
            running.incrementAndGet();
            byParty.incrementAndGet(next.party);
            next.tell(Answer.IN);
        }
    }

    private @Nullable Waiter next() {
        var fewest = share();
        var chosen = -1;
        for (Integer party : lines.keySet()) {
            var held = byParty.get(party);
            if (held < fewest) {
                fewest = held;
                chosen = party;
            }
        }
        var line = chosen < 0 ? null : lines.remove(chosen);
        if (line == null) {
            return null;
        }
        var first = line.removeFirst();
        waiting--;
        if (!line.isEmpty()) {
            lines.put(chosen, line);
        }
        return first;
    }

    /** Called for each end while somebody waits; who ended before the line began, or beside it, counts too. */
    private void adapt(long now) {
        var elapsed = now - periodBegan;
        if (elapsed >= PERIOD_NANOS) {
            var ended = finished.sum() - finishedBefore;
            var time = Math.max(limits.latency().toNanos(), STRETCH * calmNanos);
            slots = (int) Math.clamp((double) ended / elapsed * time, floor(), limits.slots());
            beginPeriod(now);
        }
    }

    private void beginPeriod(long now) {
        periodBegan = now;
        finishedBefore = finished.sum();
    }

    /** How much is under way. */
    public int running() {
        return running.get();
    }

    /** How many wait for a slot. */
    public int waiting() {
        return waiting;
    }

    /** How many slots there are now. */
    public int slots() {
        return slots;
    }

    /** How often somebody was refused. */
    public long refused() {
        return refused.get();
    }
}
