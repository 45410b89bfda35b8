package io.etalon.server.work.engine;

import java.util.Arrays;

/**
 * What an act on many tasks is done to, counted in memory.
 *
 * @param answers that count for the tasks
 * @param decisions on answers to them
 * @param inWork leases on them that are open
 */
public record Tally(int tasks, long answers, long decisions, long inWork) {
    /** Looks at each of the tasks, and at every lease that is open. */
    static Tally of(WorkQueue queue, int[] positions) {
        var answers = 0L;
        var decisions = 0L;
        for (var position : positions) {
            answers += queue.book.submissions(position);
            decisions += queue.book.decisions(position);
        }
        var inWork = queue.leases.values().stream()
                .filter(lease -> Arrays.binarySearch(positions, queue.tasks.find(lease.task)) >= 0)
                .count();
        return new Tally(positions.length, answers, decisions, inWork);
    }
}
