package io.etalon.server.work.state;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What is known of each task of one project, by position: its state and the counts that the state follows from. Four
 * bytes a task. All changes go through {@link TaskTransitions}. Thread-safe by its monitor.
 */
public final class TaskBook {
    private byte[] state = new byte[64];
    private byte[] filled = new byte[64];
    private byte[] waiting = new byte[64];
    private byte[] returned = new byte[64];
    private int size;
    private int needed;
    private long submissions;
    private long reviewed;
    private final int[] inState = new int[TaskState.values().length];
    private long version;

    /** @param needed answers a task */
    public TaskBook(int needed) {
        this.needed = needed;
    }

    public synchronized void add() {
        if (size == state.length) {
            var wider = size + (size >> 1);
            state = Arrays.copyOf(state, wider);
            filled = Arrays.copyOf(filled, wider);
            waiting = Arrays.copyOf(waiting, wider);
            returned = Arrays.copyOf(returned, wider);
        }
        state[size] = (byte) TaskState.PLANNED.ordinal();
        inState[TaskState.PLANNED.ordinal()]++;
        move(size++, TaskEvent.OPEN);
    }

    /** An answer that was not there before. */
    public synchronized void submitted(int position, boolean toReview) {
        filled[position]++;
        submissions++;
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

    public synchronized void reviewed(int position) {
        waiting[position]--;
        reviewed++;
        settle(position, TaskEvent.REVIEW);
    }

    public synchronized void returned(int position) {
        waiting[position]--;
        filled[position]--;
        submissions--;
        reviewed++;
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

    public synchronized void need(int answers) {
        needed = answers;
        for (var position = 0; position < size; position++) {
            settle(position, TaskEvent.SUBMIT);
        }
    }

    /** Takes over the number of decisions from the tables, when the book is rebuilt. */
    public synchronized void restoreReviewed(long decisions) {
        reviewed = decisions;
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
        if (filled[position] < needed) {
            return TaskState.OPEN;
        }
        return waiting[position] > 0 ? TaskState.IN_REVIEW : TaskState.DONE;
    }

    private void move(int position, TaskEvent event) {
        var before = state(position);
        var after = TaskTransitions.next(before, event);
        version++;
        inState[before.ordinal()]--;
        inState[after.ordinal()]++;
        state[position] = (byte) after.ordinal();
    }

    /** Whether an event is allowed now; throws the refusal of {@link TaskTransitions#next} when not. */
    public synchronized void check(int position, TaskEvent event) {
        TaskTransitions.next(state(position), event);
    }

    public synchronized TaskState state(int position) {
        return TaskState.of(state[position]);
    }

    public synchronized int submissions(int position) {
        return filled[position];
    }

    public synchronized int needed() {
        return needed;
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

    /** The next position after one whose task is in a state, or in any when it is null; -1 at the end. */
    public synchronized int next(int after, @Nullable TaskState wanted) {
        for (var position = after + 1; position < size; position++) {
            if (wanted == null || state[position] == wanted.ordinal()) {
                return position;
            }
        }
        return -1;
    }

    public synchronized Counts counts() {
        var cancelled = inState[TaskState.CANCELLED.ordinal()];
        return new Counts(
                (long) size - cancelled,
                (long) inState[TaskState.OPEN.ordinal()]
                        + inState[TaskState.PLANNED.ordinal()]
                        + inState[TaskState.ESCALATED.ordinal()],
                inState[TaskState.IN_REVIEW.ordinal()],
                inState[TaskState.RETURNED.ordinal()],
                inState[TaskState.DONE.ordinal()],
                submissions,
                ((long) size - cancelled) * needed,
                reviewed);
    }

    /** The counts of one task, for comparison with a rebuilt book. */
    public synchronized String line(int position) {
        return state(position) + " filled=" + filled[position] + " waiting=" + waiting[position] + " returned="
                + returned[position];
    }
}
