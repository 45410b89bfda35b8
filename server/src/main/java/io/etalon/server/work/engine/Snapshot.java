package io.etalon.server.work.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Everything of a queue that a rebuild must bring back, as text: for comparison in tests. */
final class Snapshot {
    private Snapshot() {}

    /** One line a thing, sorted. */
    static List<String> of(WorkQueue queue) {
        var lines = new ArrayList<String>();
        for (var position = 0; position < queue.tasks.size(); position++) {
            lines.add("task " + queue.tasks.id(position) + " " + queue.book.line(position) + " takers="
                    + queue.tasks.takers(position)
                    + " capacity=" + queue.tasks.capacity(position) + " priority=" + queue.tasks.priority(position)
                    + " deadline="
                    + queue.tasks.deadline(position) + " for=" + queue.tasks.assignees(position));
        }
        queue.desks.values().forEach(desk -> {
            synchronized (desk) {
                var skipped = Arrays.stream(desk.annotator.skipped())
                        .mapToLong(queue.tasks::id)
                        .boxed()
                        .toList();
                var returned = desk.returned.values().stream()
                        .map(SubmissionRef::id)
                        .sorted()
                        .toList();
                if (desk.submitted + desk.decided + skipped.size() + returned.size() + desk.open.size() > 0) {
                    lines.add("desk " + desk.person + " submitted=" + desk.submitted + " decided=" + desk.decided
                            + " judged=" + desk.judged + " sound=" + desk.sound
                            + " skipped=" + skipped + " returned=" + returned);
                }
            }
        });
        queue.leases
                .values()
                .forEach(lease -> lines.add("lease " + lease.id + " " + lease.kind + " " + lease.person + " task="
                        + lease.task + " round=" + lease.round + " past=" + (lease.past == null ? "-" : lease.past.id())
                        + " token=" + lease.tokenText()));
        queue.reviews.waiting().forEach(ref -> lines.add("waiting " + ref));
        queue.skips.all().forEach(skip -> lines.add("skips " + queue.tasks.id(skip.position()) + "=" + skip.times()));
        lines.addAll(queue.gold.snapshot());
        lines.add("counts " + queue.book.counts() + " used=" + queue.terms.used());
        Collections.sort(lines);
        return lines;
    }
}
