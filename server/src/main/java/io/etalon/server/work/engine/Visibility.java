package io.etalon.server.work.engine;

import io.etalon.server.work.state.TaskState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Which tasks of one queue people can be given: not those that are deleted, nor those of a paused batch. What was returned
 * to an author on a deleted task is kept here until the deletion is undone. Changes come after their commit, with the queue
 * locked. Thread-safe.
 */
final class Visibility {
    private final WorkQueue queue;
    /** By position; guarded by its own monitor. */
    private final Map<Integer, List<SubmissionRef>> kept = new HashMap<>();

    Visibility(WorkQueue queue) {
        this.queue = queue;
    }

    /** How many people a task may be given to. */
    int capacity(int position) {
        var state = queue.book.state(position);
        return queue.book.isHidden(position)
                        || queue.arranged.isPaused(queue.book.group(position))
                        || state == TaskState.ESCALATED
                        || state == TaskState.CANCELLED
                ? 0
                : queue.book.needed(position);
    }

    /** Takes tasks out of every list, count and lane. */
    void hide(int[] positions) {
        for (var position : positions) {
            queue.book.hide(position);
        }
        queue.tasks.setCapacities(positions, position -> 0);
        queue.reviews.offer(among(positions), false);
        returned().forEach(this::settle);
    }

    /** Brings them back as they were. */
    void show(int[] positions) {
        var these = among(positions);
        for (var position : positions) {
            queue.book.show(position);
        }
        queue.tasks.setCapacities(positions, this::capacity);
        queue.reviews.offer(these, true);
        for (var position : positions) {
            for (var ref : take(position)) {
                queue.giveBack(queue.desk(ref.author()), ref);
            }
        }
    }

    private List<SubmissionRef> take(int position) {
        synchronized (kept) {
            var refs = kept.remove(position);
            return refs == null ? List.of() : refs;
        }
    }

    private static Predicate<SubmissionRef> among(int[] positions) {
        return ref -> Arrays.binarySearch(positions, ref.position()) >= 0;
    }

    private List<SubmissionRef> returned() {
        var refs = new ArrayList<SubmissionRef>();
        for (var desk : queue.desks.values()) {
            synchronized (desk) {
                refs.addAll(desk.returned.values());
            }
        }
        return refs;
    }

    /** Takes back what was just returned to its author, where its task was deleted meanwhile. */
    void settle(SubmissionRef ref) {
        if (queue.book.isHidden(ref.position()) && queue.returns.reclaim(ref)) {
            keep(ref);
        }
    }

    private void keep(SubmissionRef ref) {
        synchronized (kept) {
            if (queue.book.isHidden(ref.position())) {
                kept.computeIfAbsent(ref.position(), position -> new ArrayList<>())
                        .add(ref);
                return;
            }
        }
        queue.giveBack(queue.desk(ref.author()), ref);
    }

    /** Opens or closes the tasks of a batch as its pause says. Looks at every task. */
    void refresh(int batch) {
        var positions = IntStream.range(0, queue.book.size())
                .filter(position -> queue.book.group(position) == batch)
                .toArray();
        queue.tasks.setCapacities(positions, this::capacity);
        queue.tasks.rewind();
    }

    /** For the rebuild: closes the tasks of the batches that are paused. */
    void restorePauses() {
        queue.arranged.batches().stream().filter(Batch::paused).forEach(batch -> refresh(batch.number()));
    }
}
