package io.etalon.server.work.frontier;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * The front of a queue of work: gives a person the right next task, never one twice in a round, never more takers than
 * the task has slots.
 *
 * <p>Order of offers to one person: work that was returned to this person; tasks that are assigned to this person, which
 * nobody else is offered; slots that were given back; then by priority, highest first, by deadline, nearest first, and by
 * arrival. Round k of a task is offered only to who holds round k - 1 of it, and only when nothing
 * is left in round k - 1.
 *
 * <p>Each person has a cursor a lane, so tasks once passed are not looked at again: a claim costs O(1) amortised,
 * whatever the size of the queue. Cursors and lanes only say where to look; slots and skips decide. A slot that is
 * given back is entered in a lane of its own <em>after</em> it was emptied, so whoever passed it before finds it there.
 *
 * <p>Thread-safe. A claim takes the person's own monitor and no other lock; changes of capacity take all monitors in
 * order of their numbers, and then own the slots. Knows neither clock nor database.
 */
public final class Frontier {
    /** The highest round that a slot can tell. */
    public static final int MAX_ROUNDS = Slots.MAX_ROUNDS;

    /** No task is left for this person. */
    public static final long NONE = -1;

    /** Sorts after every deadline. */
    public static final long NO_DEADLINE = Long.MAX_VALUE;

    /** So many lanes are looked through at a claim at most; beyond them, deadlines make no new ones. */
    private static final int MOST_LANES = 4_096;

    private final Slots slots = new Slots();
    private final Lane released = new Lane(0, Integer.MAX_VALUE, NO_DEADLINE);
    /** Positions that are offered only to those whom they are assigned to. Written under all monitors, read under one. */
    private final BitSet exclusive = new BitSet();

    private volatile Lane[] lanes = {released};
    private final ConcurrentMap<UUID, Claimant> claimants = new ConcurrentHashMap<>();
    private volatile Claimant[] byNumber = new Claimant[0];
    private final Object structure = new Object();

    /** Position and round of a claim in one number. */
    public static long claimOf(int position, int round) {
        return (long) round << 32 | position;
    }

    public static int positionOf(long claim) {
        return (int) claim;
    }

    public static int roundOf(long claim) {
        return (int) (claim >>> 32);
    }

    /**
     * Adds a task at the end of its priority's lane and returns its position.
     *
     * @param capacity how many takers it needs, 0 to {@value Slots#MAX_CAPACITY}
     */
    public int add(long id, int priority, int capacity) {
        return add(id, priority, NO_DEADLINE, capacity);
    }

    /**
     * The same for a task with a deadline.
     *
     * @param deadline in milliseconds, or {@link #NO_DEADLINE}
     */
    public int add(long id, int priority, long deadline, int capacity) {
        synchronized (structure) {
            return add(id, lane(priority, deadline), capacity, List.of());
        }
    }

    /** The same with slots taken from the start by people who must not take another: a review's author and his judges. */
    public int add(long id, int priority, int capacity, List<Claimant> barred) {
        synchronized (structure) {
            return add(id, lane(priority, NO_DEADLINE), capacity, barred);
        }
    }

    private int add(long id, Lane lane, int capacity, List<Claimant> barred) {
        if (!slots.fits(capacity)) {
            exclusively(() -> slots.widenLast(capacity));
        }
        var position = slots.add(id, capacity, lane.ordinal);
        barred.forEach(one -> slots.restore(position, one.number, 1));
        lane.append(position);
        return position;
    }

    private Lane lane(int priority, long deadline) {
        for (var lane : lanes) {
            if (lane != released && lane.priority == priority && lane.deadline == deadline) {
                return lane;
            }
        }
        if (deadline != NO_DEADLINE && lanes.length >= MOST_LANES) {
            return lane(priority, NO_DEADLINE);
        }
        var more = Arrays.copyOf(lanes, lanes.length + 1);
        var lane = new Lane(lanes.length, priority, deadline);
        more[lanes.length] = lane;
        Arrays.sort(
                more,
                1,
                more.length,
                Comparator.comparingInt((Lane l) -> -l.priority).thenComparingLong(l -> l.deadline));
        lanes = more;
        return lane;
    }

    public Claimant claimant(UUID person) {
        var known = claimants.get(person);
        if (known != null) {
            return known;
        }
        synchronized (structure) {
            return claimants.computeIfAbsent(person, id -> {
                var claimant = new Claimant(id, byNumber.length + 1);
                var more = Arrays.copyOf(byNumber, byNumber.length + 1);
                more[byNumber.length] = claimant;
                byNumber = more;
                return claimant;
            });
        }
    }

    /**
     * Takes the next slot for a person.
     *
     * @param rounds up to which round this person may go, 1 to {@value Slots#MAX_ROUNDS}
     * @return position and round ({@link #positionOf}, {@link #roundOf}), or {@link #NONE}
     */
    public long claim(Claimant who, int rounds) {
        synchronized (who) {
            var back = who.takeBack();
            if (back != NONE) {
                return back;
            }
            var assigned = claimAssigned(who);
            if (assigned >= 0) {
                who.rewindAfter(1);
                return claimOf(assigned, 1);
            }
            for (var round = 1; round <= rounds; round++) {
                for (var lane : lanes) {
                    var position = claimIn(lane, who, round);
                    if (position >= 0) {
                        // What was too early in a later round may now be ready there.
                        who.rewindAfter(round);
                        return claimOf(position, round);
                    }
                }
            }
            return NONE;
        }
    }

    /** Takes only what came back to this person. */
    public long claimReturned(Claimant who) {
        synchronized (who) {
            return who.takeBack();
        }
    }

    private int claimAssigned(Claimant who) {
        for (var position = who.nextAssigned(); position >= 0; position = who.nextAssigned()) {
            if (!who.hasSkipped(position) && slots.take(position, who.number, 1) == Slots.TAKEN) {
                return position;
            }
        }
        return -1;
    }

    /** Whether a task may be offered to this person: it is assigned to nobody, or to this person too. */
    private boolean isOffered(Claimant who, int position) {
        return !exclusive.get(position) || who.isAssigned(position);
    }

    private int claimIn(Lane lane, Claimant who, int round) {
        var size = lane.size();
        var index = Math.max(who.cursor(round, lane.ordinal), round == 1 ? lane.head() : 0);
        while (index < size) {
            var position = lane.get(index);
            var outcome = look(lane, who, position, round);
            if (outcome == Slots.FULL) {
                lane.passFull(index);
            }
            index++;
            if (outcome == Slots.TAKEN) {
                who.moveCursor(round, lane.ordinal, index);
                return position;
            }
        }
        who.moveCursor(round, lane.ordinal, index);
        return -1;
    }

    private int look(Lane lane, Claimant who, int position, int round) {
        if (lane != released && slots.lane(position) != lane.ordinal) {
            // It was moved; if it comes back, it stands here a second time, further on.
            return Slots.FULL;
        }
        return who.hasSkipped(position) || !isOffered(who, position)
                ? Slots.MINE
                : slots.take(position, who.number, round);
    }

    /** Gives a slot back to everybody, this person included. */
    public void release(Claimant who, int position, int round) {
        synchronized (who) {
            if (slots.free(position, who.number, round)) {
                released.append(position);
            }
        }
    }

    /** Gives a slot back to everybody else: this person never sees the task again. */
    public void skip(Claimant who, int position, int round) {
        synchronized (who) {
            who.skip(position);
            release(who, position, round);
        }
    }

    /** Keeps a person from a task for good, one that he holds no slot of. */
    public void bar(Claimant who, int position) {
        synchronized (who) {
            who.skip(position);
        }
    }

    /** Offers a task again to who was {@linkplain #bar barred} from it. */
    public void unbar(Claimant who, int position) {
        synchronized (who) {
            who.unskip(position);
        }
    }

    /** How many slots of a task are taken, whatever its capacity. */
    public int taken(int position) {
        return slots.takers(position).length;
    }

    /** Hands work back to its author, who gets it before anything else; the slot stays taken. */
    public void giveBack(Claimant who, int position, int round) {
        synchronized (who) {
            who.giveBack(claimOf(position, round));
        }
    }

    /** Takes work from its author again that was handed back to him; false when he has taken it up meanwhile. */
    public boolean reclaim(Claimant who, int position, int round) {
        synchronized (who) {
            return who.takeBack(claimOf(position, round));
        }
    }

    /** Whether this person never took part in a task and did not skip it: were a slot free, it could be his. */
    public boolean isNewTo(Claimant who, int position) {
        synchronized (who) {
            return !who.hasSkipped(position)
                    && isOffered(who, position)
                    && Arrays.stream(slots.takers(position)).noneMatch(taker -> Slots.claimantOf(taker) == who.number);
        }
    }

    /**
     * Whether this person could take a slot of a task now.
     *
     * @param rounds up to which round he may go
     */
    public boolean couldTake(Claimant who, int position, int rounds) {
        synchronized (who) {
            return !who.hasSkipped(position)
                    && isOffered(who, position)
                    && IntStream.rangeClosed(1, rounds).anyMatch(round -> slots.canTake(position, who.number, round));
        }
    }

    /** Whether a slot of the first round is free for this person now. */
    public boolean isOpenTo(Claimant who, int position) {
        synchronized (who) {
            return !who.hasSkipped(position) && slots.canTake(position, who.number, 1);
        }
    }

    /** Marks a slot as taken that the tables show as taken, whatever the capacity. Before the frontier is shared. */
    public void restore(Claimant who, int position, int round) {
        slots.restore(position, who.number, round);
    }

    /** Takes a slot for work that counts again, whatever the capacity, while others take theirs. */
    public void reinstate(Claimant who, int position, int round) {
        exclusively(() -> slots.restore(position, who.number, round));
    }

    /** Bars a person from a task for good, as a skip does. Before the frontier is shared. */
    public void restoreSkip(Claimant who, int position) {
        who.skip(position);
    }

    /** Changes how many takers one task needs; 0 closes it. Takers stay. */
    public void setCapacity(int position, int capacity) {
        exclusively(() -> {
            slots.setCapacity(position, capacity);
            released.append(position);
        });
    }

    /** Changes how many takers each open task needs. Takers stay; closed tasks stay closed. */
    public void setCapacities(int capacity) {
        setCapacities(position -> capacity);
    }

    /** The same with a number for each position. */
    public void setCapacities(IntUnaryOperator capacity) {
        exclusively(() -> {
            for (var position = 0; position < slots.size(); position++) {
                if (slots.capacity(position) > 0) {
                    slots.setCapacity(position, capacity.applyAsInt(position));
                }
            }
        });
        rewind();
    }

    /**
     * Changes how many takers some tasks need; 0 closes them. Takers stay. Who passed a task that is opened so finds it
     * again after {@link #rewind}. Costs a look at each, with all claims waiting: in parts, when many.
     */
    public void setCapacities(int[] positions, IntUnaryOperator capacity) {
        exclusively(() -> {
            for (var position : positions) {
                slots.setCapacity(position, capacity.applyAsInt(position));
            }
        });
    }

    /** Lets everybody look again at what he passed, in the order of the lanes. */
    public void rewind() {
        exclusively(() -> {
            for (var lane : lanes) {
                lane.rewind();
            }
            for (var claimant : byNumber) {
                claimant.rewind();
            }
        });
    }

    /** Puts tasks at the end of another lane. Costs a look at each, with all claims waiting: in parts, when many. */
    public void move(int[] positions, int priority, long deadline) {
        synchronized (structure) {
            var lane = lane(priority, deadline);
            exclusively(() -> {
                for (var position : positions) {
                    if (slots.lane(position) != lane.ordinal) {
                        slots.setLane(position, lane.ordinal);
                        lane.append(position);
                    }
                }
            });
        }
    }

    /**
     * Sets whom tasks are assigned to: these people get them first and nobody else does; with nobody, everybody gets them
     * again. Slots that are taken stay so. In parts, when many.
     *
     * @param positions ascending
     */
    public void assign(int[] positions, Collection<Claimant> people) {
        exclusively(() -> {
            for (var claimant : byNumber) {
                claimant.assign(positions, people.contains(claimant));
            }
            for (var position : positions) {
                if (exclusive.get(position) && people.isEmpty()) {
                    // Who passed it finds it here again.
                    released.append(position);
                }
                exclusive.set(position, !people.isEmpty());
            }
        });
    }

    /** Whether a task is assigned to anybody. */
    public boolean isAssigned(int position) {
        return exclusive.get(position);
    }

    /** Whom a task is assigned to. */
    public List<UUID> assignees(int position) {
        return exclusive.get(position)
                ? Arrays.stream(byNumber)
                        .filter(claimant -> claimant.isAssigned(position))
                        .map(claimant -> claimant.person)
                        .sorted()
                        .toList()
                : List.of();
    }

    public int priority(int position) {
        return laneOf(position).priority;
    }

    /** In milliseconds, or {@link #NO_DEADLINE}. */
    public long deadline(int position) {
        return laneOf(position).deadline;
    }

    private Lane laneOf(int position) {
        var ordinal = slots.lane(position);
        for (var lane : lanes) {
            if (lane.ordinal == ordinal) {
                return lane;
            }
        }
        throw new IllegalStateException("a task stands in lane " + ordinal + ", which is not there");
    }

    private void exclusively(Runnable change) {
        synchronized (structure) {
            withAll(0, change);
        }
    }

    /** Monitors nest by recursion; there are as many as people in front of one queue. */
    private void withAll(int from, Runnable change) {
        if (from == byNumber.length) {
            change.run();
            return;
        }
        synchronized (byNumber[from]) {
            withAll(from + 1, change);
        }
    }

    public int size() {
        return slots.size();
    }

    public long id(int position) {
        return slots.id(position);
    }

    public int capacity(int position) {
        return slots.capacity(position);
    }

    /** The position of a task, or -1; only for a frontier whose tasks were added in ascending order of their ids. */
    public int find(long id) {
        return slots.positionOf(id);
    }

    /** How many tasks this person could take in this round now. Looks at every task: for screens, not for claims. */
    public int available(Claimant who, int round) {
        synchronized (who) {
            var count = round == 1 ? who.returned().length : 0;
            for (var position = 0; position < slots.size(); position++) {
                if (!who.hasSkipped(position)
                        && isOffered(who, position)
                        && slots.canTake(position, who.number, round)) {
                    count++;
                }
            }
            return count;
        }
    }

    /** Who takes part in a task, as sorted texts {@code person/round}: to compare with a rebuilt frontier. */
    public List<String> takers(int position) {
        return Arrays.stream(slots.takers(position))
                .mapToObj(taker -> byNumber[Slots.claimantOf(taker) - 1].person + "/" + Slots.roundOf(taker))
                .sorted()
                .toList();
    }
}
