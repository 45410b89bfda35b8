package io.etalon.server.work.state;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What is known of each task of one project, by position: its state and the counts that the state follows from. Five
 * bytes a task, two more where tasks stand in groups, and two more where answers are decided on. All changes of state go
 * through {@link TaskTransitions}. A task that is {@linkplain #hide hidden} keeps its own counts, and is in none of the
 * book's. Thread-safe by its monitor.
 */
public final class TaskBook {
    private byte[] state = new byte[64];
    private byte[] filled = new byte[64];
    private byte[] waiting = new byte[64];
    private byte[] returned = new byte[64];
    private byte[] needed = new byte[64];
    /** Positions whose number of answers was decided for them alone. */
    private final BitSet decided = new BitSet();

    private char @Nullable [] group;
    /** Decisions on answers to each task. */
    private char @Nullable [] judged;
    /** Positions whose tasks are deleted. */
    private final BitSet hidden = new BitSet();

    private int hiddenInAll;
    private final List<int[]> groupStates = new ArrayList<>();
    private int size;
    /** Over all tasks but the cancelled. */
    private long neededInAll;

    private long submissions;
    private long reviewed;
    private final int[] inState = new int[TaskState.values().length];
    private long version;

    /**
     * Adds a task.
     *
     * @param answers that it needs
     * @param inGroup 0 for no group
     */
    public synchronized void add(int answers, int inGroup) {
        if (size == state.length) {
            var wider = size + (size >> 1);
            state = Arrays.copyOf(state, wider);
            filled = Arrays.copyOf(filled, wider);
            waiting = Arrays.copyOf(waiting, wider);
            returned = Arrays.copyOf(returned, wider);
            needed = Arrays.copyOf(needed, wider);
            group = group == null ? null : Arrays.copyOf(group, wider);
            judged = judged == null ? null : Arrays.copyOf(judged, wider);
        }
        state[size] = (byte) TaskState.PLANNED.ordinal();
        needed[size] = (byte) answers;
        neededInAll += answers;
        inState[TaskState.PLANNED.ordinal()]++;
        size++;
        if (inGroup != 0) {
            regroup(size - 1, inGroup);
        }
        move(size - 1, TaskEvent.OPEN);
    }

    /** Puts a task into another group; 0 for none. */
    public synchronized void regroup(int position, int to) {
        var from = group(position);
        if (from == to) {
            return;
        }
        var groups = group;
        if (groups == null) {
            groups = new char[state.length];
            group = groups;
        }
        while (groupStates.size() < to) {
            groupStates.add(new int[TaskState.values().length]);
        }
        countInGroup(position, -1);
        groups[position] = (char) to;
        countInGroup(position, 1);
        version++;
    }

    private void countInGroup(int position, int by) {
        var in = group(position);
        if (in != 0 && !hidden.get(position)) {
            groupStates.get(in - 1)[state[position]] += by;
        }
    }

    /** The group of a task; 0 for none. */
    public synchronized int group(int position) {
        return group == null ? 0 : group[position];
    }

    /** How many tasks of a group are in each state, from counters. */
    public synchronized Map<TaskState, Integer> groupCounts(int ofGroup) {
        var counts = new EnumMap<TaskState, Integer>(TaskState.class);
        for (var one : TaskState.values()) {
            counts.put(one, ofGroup > groupStates.size() ? 0 : groupStates.get(ofGroup - 1)[one.ordinal()]);
        }
        return counts;
    }

    /** Takes a deleted task out of every count and list; what it has of its own goes on to be kept. */
    public synchronized void hide(int position) {
        if (!hidden.get(position)) {
            countAll(position, -1);
            hidden.set(position);
            hiddenInAll++;
            version++;
        }
    }

    /** Brings a task back that was {@linkplain #hide hidden}. */
    public synchronized void show(int position) {
        if (hidden.get(position)) {
            hidden.clear(position);
            hiddenInAll--;
            countAll(position, 1);
            version++;
        }
    }

    /** Whether a task is deleted. */
    public synchronized boolean isHidden(int position) {
        return hidden.get(position);
    }

    private void countAll(int position, int by) {
        inState[state[position]] += by;
        countInGroup(position, by);
        submissions += by * filled[position];
        reviewed += judged == null ? 0 : by * judged[position];
        neededInAll += state(position) == TaskState.CANCELLED ? 0 : by * needed[position];
    }

    private void fill(int position, int by) {
        filled[position] += (byte) by;
        submissions += hidden.get(position) ? 0 : by;
    }

    /** An answer that was not there before. */
    public synchronized void submitted(int position, boolean toReview) {
        fill(position, 1);
        waiting[position] += (byte) (toReview ? 1 : 0);
        settle(position, TaskEvent.SUBMIT);
    }

    /** An answer in the place of one that was returned. */
    public synchronized void redone(int position, boolean toReview) {
        returned[position]--;
        submitted(position, toReview);
    }

    /** An answer that was returned is given up by its author. */
    public synchronized void givenUp(int position) {
        returned[position]--;
        settle(position, TaskEvent.SUBMIT);
    }

    /** A decision was made; what follows from it for its task is told apart. */
    public synchronized void decided(int position) {
        judge(position, 1);
        version++;
    }

    private void judge(int position, int by) {
        if (by == 0) {
            return;
        }
        var counts = judged;
        if (counts == null) {
            counts = new char[state.length];
            judged = counts;
        }
        counts[position] += (char) by;
        reviewed += hidden.get(position) ? 0 : by;
    }

    /** Somebody looked at an answer, and somebody else will. */
    public synchronized void passedOn(int position) {
        settle(position, TaskEvent.REVIEW);
    }

    /** The last one who had to look at an answer took it as good. */
    public synchronized void reviewed(int position) {
        waiting[position]--;
        settle(position, TaskEvent.REVIEW);
    }

    /** An answer was refused for good: another one is needed. */
    public synchronized void rejected(int position) {
        returned(position);
        givenUp(position);
    }

    /** An answer that was refused counts after all. */
    public synchronized void upheld(int position, boolean wasReturned) {
        returned[position] -= (byte) (wasReturned ? 1 : 0);
        submitted(position, false);
    }

    /**
     * What one person's answer adds to the counts of its task.
     *
     * @param filled 1 when it counts
     * @param waiting 1 when it counts and somebody is to decide on it
     * @param returned 1 when its author, or who decides on an appeal, has it
     * @param decisions on it
     */
    public record Part(int filled, int waiting, int returned, int decisions) {
        /** Whether nobody else may have its place. */
        public boolean takesPlace() {
            return filled + returned > 0;
        }
    }

    /** An answer was deleted. */
    public synchronized void removed(int position, Part part) {
        count(position, part, -1);
    }

    /** An answer that was deleted is back. */
    public synchronized void restored(int position, Part part) {
        count(position, part, 1);
    }

    private void count(int position, Part part, int by) {
        fill(position, by * part.filled());
        waiting[position] += (byte) (by * part.waiting());
        returned[position] += (byte) (by * part.returned());
        judge(position, by * part.decisions());
        settle(position, TaskEvent.SUBMIT);
    }

    public synchronized void returned(int position) {
        waiting[position]--;
        fill(position, -1);
        returned[position]++;
        settle(position, TaskEvent.RETURN);
    }

    /** An event from outside that the counts do not show. */
    public synchronized void event(int position, TaskEvent event) {
        move(position, event);
        if (event == TaskEvent.REOPEN) {
            settle(position, TaskEvent.SUBMIT);
        }
    }

    /** Changes how many answers each task needs for which that was not {@linkplain #decide decided} alone. */
    public synchronized void need(IntUnaryOperator answers) {
        for (var position = 0; position < size; position++) {
            if (!decided.get(position)) {
                need(position, answers.applyAsInt(position));
            }
        }
    }

    /** Decides how many answers one task needs, whatever the others do. */
    public synchronized void decide(int position, int answers) {
        decided.set(position);
        need(position, answers);
    }

    private void need(int position, int answers) {
        if (state(position) != TaskState.CANCELLED && !hidden.get(position)) {
            neededInAll += answers - needed[position];
        }
        needed[position] = (byte) answers;
        settle(position, TaskEvent.SUBMIT);
    }

    private void settle(int position, TaskEvent cause) {
        version++;
        var before = state(position);
        if (before == TaskState.CANCELLED) {
            return;
        }
        var target = derived(position, before);
        if (cause == TaskEvent.RETURN || before == target) {
            move(position, cause);
            return;
        }
        move(
                position,
                switch (target) {
                    case OPEN -> before == TaskState.RETURNED ? TaskEvent.RESUME : TaskEvent.WIDEN;
                    case IN_REVIEW -> TaskEvent.FILL;
                    case DONE -> TaskEvent.FINISH;
                    case RETURNED -> TaskEvent.RETURN;
                    case PLANNED, ESCALATED, CANCELLED ->
                        throw new IllegalStateException("counts do not lead to " + target);
                });
    }

    private TaskState derived(int position, TaskState before) {
        if (before == TaskState.ESCALATED || before == TaskState.CANCELLED) {
            return before;
        }
        if (returned[position] > 0) {
            return TaskState.RETURNED;
        }
        if (filled[position] < needed[position]) {
            return TaskState.OPEN;
        }
        return waiting[position] > 0 ? TaskState.IN_REVIEW : TaskState.DONE;
    }

    private void move(int position, TaskEvent event) {
        var before = state(position);
        var after = TaskTransitions.next(before, event);
        version++;
        if (before == after) {
            return;
        }
        if (hidden.get(position)) {
            state[position] = (byte) after.ordinal();
            return;
        }
        inState[before.ordinal()]--;
        inState[after.ordinal()]++;
        countInGroup(position, -1);
        state[position] = (byte) after.ordinal();
        countInGroup(position, 1);
        neededInAll -= after == TaskState.CANCELLED ? needed[position] : 0;
        neededInAll += before == TaskState.CANCELLED ? needed[position] : 0;
    }

    /** Whether an event is allowed now; throws the refusal of {@link TaskTransitions#next} when not. */
    public synchronized void check(int position, TaskEvent event) {
        TaskTransitions.next(state(position), event);
    }

    /** Whether an event is allowed now. */
    public synchronized boolean allows(int position, TaskEvent event) {
        return TaskTransitions.allows(state(position), event);
    }

    public synchronized TaskState state(int position) {
        return TaskState.of(state[position]);
    }

    public synchronized int submissions(int position) {
        return filled[position];
    }

    /** How many decisions were made on a task's answers. */
    public synchronized int decisions(int position) {
        return judged == null ? 0 : judged[position];
    }

    public synchronized int needed(int position) {
        return needed[position];
    }

    public synchronized int size() {
        return size;
    }

    /** Counts a change that moved no task. */
    public synchronized void touch() {
        version++;
    }

    /** Grows with every change. */
    public synchronized long version() {
        return version;
    }

    /** The next position after one whose task is not hidden and in a state, or in any when it is null; -1 at the end. */
    public synchronized int next(int after, @Nullable TaskState wanted) {
        if (wanted != null && inState[wanted.ordinal()] == 0) {
            return -1;
        }
        for (var position = after + 1; position < size; position++) {
            if ((wanted == null || state[position] == wanted.ordinal()) && !hidden.get(position)) {
                return position;
            }
        }
        return -1;
    }

    public synchronized Counts counts() {
        var cancelled = inState[TaskState.CANCELLED.ordinal()];
        return new Counts(
                (long) size - hiddenInAll - cancelled,
                (long) inState[TaskState.OPEN.ordinal()]
                        + inState[TaskState.PLANNED.ordinal()]
                        + inState[TaskState.ESCALATED.ordinal()],
                inState[TaskState.IN_REVIEW.ordinal()],
                inState[TaskState.RETURNED.ordinal()],
                inState[TaskState.DONE.ordinal()],
                submissions,
                neededInAll,
                reviewed);
    }

    /** The counts of one task, for comparison with a rebuilt book. */
    public synchronized String line(int position) {
        return state(position) + " filled=" + filled[position] + " waiting=" + waiting[position] + " returned="
                + returned[position] + " needed=" + needed[position] + " group=" + group(position)
                + (hidden.get(position) ? " hidden" : "");
    }
}
