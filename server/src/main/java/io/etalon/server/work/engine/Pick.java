package io.etalon.server.work.engine;

import io.etalon.server.work.state.TaskEvent;
import io.etalon.server.work.state.TaskState;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Which tasks of a queue. What is null does not restrict.
 *
 * @param batch 0 for those in no batch
 * @param among numbers of tasks, ascending: what the tables say of them
 */
public record Pick(
        @Nullable TaskState state,
        @Nullable Integer batch,
        @Nullable Integer priority,
        long @Nullable [] among) {
    /** Every task. */
    public static final Pick ALL = new Pick(null, null, null, null);

    /** Their positions, ascending: those to which the act would do something that is allowed. Looks at every task. */
    int[] of(WorkQueue queue, TaskAct act) {
        var found = new int[1024];
        var size = 0;
        var next = 0;
        for (var position = queue.book.next(-1, state); position >= 0; position = queue.book.next(position, state)) {
            if (among != null) {
                var id = queue.tasks.id(position);
                while (next < among.length && among[next] < id) {
                    next++;
                }
                if (next == among.length) {
                    break;
                }
                if (among[next] != id) {
                    continue;
                }
            }
            if (matches(queue, position) && does(queue, act, position)) {
                if (size == found.length) {
                    found = Arrays.copyOf(found, size * 2);
                }
                found[size++] = position;
            }
        }
        return Arrays.copyOf(found, size);
    }

    /** Whether a task is of the batch and priority. */
    boolean matches(WorkQueue queue, int position) {
        return (batch == null || queue.book.group(position) == batch)
                && (priority == null || queue.tasks.priority(position) == priority);
    }

    private static boolean does(WorkQueue queue, TaskAct act, int position) {
        var live = queue.book.state(position) != TaskState.CANCELLED;
        return switch (act) {
            case TaskAct.Delete(var deletion) -> true;
            case TaskAct.Undelete(var deletion) -> false;
            case TaskAct.Cancel() -> queue.book.allows(position, TaskEvent.CANCEL);
            case TaskAct.Reopen() -> queue.book.allows(position, TaskEvent.REOPEN);
            case TaskAct.SetPriority(var wanted) -> live && queue.tasks.priority(position) != wanted;
            case TaskAct.Move(var to) -> live && queue.book.group(position) != to;
            case TaskAct.Assign(var people) -> live && (!people.isEmpty() || queue.tasks.isAssigned(position));
        };
    }
}
