package io.etalon.server.work.engine;

import io.etalon.server.base.PersonId;
import io.etalon.server.work.frontier.Frontier;
import io.etalon.server.work.state.TaskEvent;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How the tasks of one queue are arranged: in which batch and lane they stand, whom they are assigned to, how many answers
 * single ones need. Changes come after their commit. Thread-safe.
 */
final class Arrangement {
    private final WorkQueue queue;
    private final Map<Integer, Batch> batches = new ConcurrentHashMap<>();
    private final Object[] decisions = new Object[64];

    Arrangement(WorkQueue queue) {
        this.queue = queue;
        Arrays.setAll(decisions, i -> new Object());
    }

    /** Makes a batch known as it is now. */
    void batch(Batch batch) {
        var before = batches.put(batch.number(), batch);
        if (before != null && before.paused() != batch.paused()) {
            queue.visibility.refresh(batch.number());
        }
        if (before != null && before.deadlineMillis() != batch.deadlineMillis()) {
            requeue(batch);
        }
    }

    /** Puts a batch's tasks where its deadline says. Looks at every task. */
    private void requeue(Batch batch) {
        IntStream.range(0, queue.book.size())
                .filter(position -> queue.book.group(position) == batch.number())
                .boxed()
                .collect(Collectors.groupingBy(queue.tasks::priority))
                .forEach((priority, positions) -> queue.tasks.move(
                        positions.stream().mapToInt(position -> position).toArray(), priority, batch.deadlineMillis()));
    }

    List<Batch> batches() {
        return batches.values().stream()
                .sorted(Comparator.comparingInt(Batch::number))
                .toList();
    }

    /** Whether the tasks of a batch are given to nobody now. */
    boolean isPaused(int batch) {
        var known = batch == 0 ? null : batches.get(batch);
        return known != null && known.paused();
    }

    long deadline(int batch) {
        var known = batches.get(batch);
        return known == null ? Frontier.NO_DEADLINE : known.deadlineMillis();
    }

    /**
     * Does what an act says.
     *
     * @param positions ascending; claims wait meanwhile
     */
    void apply(TaskAct act, int[] positions) {
        switch (act) {
            case TaskAct.Cancel() -> moved(positions, TaskEvent.CANCEL);
            case TaskAct.Delete(var deletion) -> queue.visibility.hide(positions);
            case TaskAct.Undelete(var deletion) -> queue.visibility.show(positions);
            case TaskAct.Reopen() -> moved(positions, TaskEvent.REOPEN);
            case TaskAct.SetPriority(var priority) ->
                byDeadline(positions).forEach((deadline, same) -> queue.tasks.move(same, priority, deadline));
            case TaskAct.Move(var batch) -> move(positions, batch);
            case TaskAct.Assign(var people) ->
                queue.tasks.assign(
                        positions,
                        people.stream()
                                .map(PersonId::value)
                                .map(queue.tasks::claimant)
                                .toList());
        }
    }

    private void moved(int[] positions, TaskEvent event) {
        for (var position : positions) {
            queue.moved(position, event);
        }
    }

    private Map<Long, int[]> byDeadline(int[] positions) {
        return Arrays.stream(positions)
                .boxed()
                .collect(Collectors.groupingBy(
                        position -> deadline(queue.book.group(position)),
                        Collectors.collectingAndThen(
                                Collectors.toList(),
                                list -> list.stream()
                                        .mapToInt(position -> position)
                                        .toArray())));
    }

    private void move(int[] positions, int batch) {
        for (var position : positions) {
            queue.book.regroup(position, batch);
        }
        var known = batches.get(batch);
        queue.tasks.move(positions, known == null ? 0 : known.priority(), deadline(batch));
        queue.tasks.setCapacities(positions, queue.visibility::capacity);
    }

    /** What is held while it is decided how many answers a task needs: rows and memory are to have one order. */
    Object decisions(int position) {
        return decisions[position % decisions.length];
    }

    /** How many answers one task needs was decided for it alone. */
    void decided(int position, int answers) {
        queue.book.decide(position, answers);
        if (queue.tasks.capacity(position) > 0) {
            queue.tasks.setCapacity(position, answers);
        }
    }
}
