package io.etalon.server.work.engine;

import io.etalon.server.base.EtalonException;
import io.etalon.server.base.PersonId;
import io.etalon.server.work.frontier.Frontier;
import io.etalon.server.work.state.TaskState;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The answers of one queue that were sent back, while they lie with their authors: how they are taken from them. Thread-safe. */
final class Returns {
    private final WorkQueue queue;

    Returns(WorkQueue queue) {
        this.queue = queue;
    }

    /** Returned answers that lie with their authors since before a time, and whose tasks wait for nothing else. */
    List<SubmissionRef> overdue(long beforeMillis) {
        var overdue = new ArrayList<SubmissionRef>();
        for (var desk : queue.desks.values()) {
            synchronized (desk) {
                desk.returned.values().stream()
                        .filter(ref -> ref.returnedAt() < beforeMillis)
                        .filter(ref -> queue.book.state(ref.position()) == TaskState.RETURNED)
                        .forEach(overdue::add);
            }
        }
        return overdue;
    }

    /** Returned answers that lie with these people, and whose tasks wait for nothing else. */
    List<SubmissionRef> with(Set<PersonId> authors) {
        return overdue(Long.MAX_VALUE).stream()
                .filter(ref -> authors.contains(ref.author()))
                .toList();
    }

    /** Whether one of these people could do a returned task in the place of its author. */
    boolean isForAnother(SubmissionRef ref, List<PersonId> people) {
        return people.stream()
                .anyMatch(person -> !person.equals(ref.author())
                        && queue.tasks.isNewTo(queue.tasks.claimant(person.value()), ref.position()));
    }

    /** Takes returned work from its author, before that is written; false when he has taken it up meanwhile. */
    boolean reclaim(SubmissionRef ref) {
        var author = queue.desk(ref.author());
        synchronized (author) {
            return queue.tasks.reclaim(author.annotator, ref.position(), ref.round())
                    && author.returned.remove(Frontier.claimOf(ref.position(), ref.round())) != null;
        }
    }

    /** That it was taken from its author is not written. */
    void unreclaimed(SubmissionRef ref) {
        queue.giveBack(queue.desk(ref.author()), ref);
    }

    /**
     * Takes a returned answer from its author for an appeal: from what waits for him, or from the lease under which he
     * holds it, which ends with the write.
     *
     * @throws EtalonException conflict, when he has done it again or given it up, or it was taken from him
     */
    void withdraw(SubmissionRef ref, Write write) {
        var author = queue.desk(ref.author());
        synchronized (author) {
            var waits = author.returned.get(Frontier.claimOf(ref.position(), ref.round()));
            if (waits != null && waits.id() == ref.id() && reclaim(waits)) {
                write.onFailure(() -> queue.giveBack(author, waits));
                return;
            }
            var held = author.open.stream()
                    .filter(lease -> lease.past != null && lease.past.id() == ref.id() && lease.close())
                    .findFirst()
                    .orElseThrow(() -> new EtalonException(
                            WorkCodes.NOT_APPEALABLE,
                            "The answer does not wait for its author any more. Allowed: an appeal before it is done"
                                    + " again, given up, or left lying too long."));
            write.end = new Write.End(held, Write.EndReason.RELEASED, null, null);
            write.onCommit(() -> queue.drop(held));
            write.onFailure(held::reopen);
        }
    }

    /** That it was taken from its author is committed: somebody else gets the slot. */
    void lapsed(SubmissionRef ref) {
        queue.book.givenUp(ref.position());
        queue.tasks.skip(queue.desk(ref.author()).annotator, ref.position(), ref.round());
    }
}
