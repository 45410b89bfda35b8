package io.etalon.server.work.engine;

import io.etalon.server.base.CopiedRows;
import io.etalon.server.base.PersonId;
import io.etalon.server.base.Tx;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The part of a {@link Rebuild} that is about answers and what was decided on them: one pass over them in the order of
 * their slots, a row for each decision. Of each slot's revisions the last one counts; for its author's record all do.
 */
final class AnswerRebuild {
    /** By the range of the project's tasks, since the answers have no index by project. */
    private static final String ANSWERS = """
            select s.gold, s.id, s.task, s.annotator, s.round, s.revision, s.route, s.lease, o.submission is not null,
              d.decision, d.stage, d.seat, d.reviewer, d.lease, (extract(epoch from d.decided_at) * 1000)::bigint
            from submission s
            left join review_decision d on d.submission = s.id
            left join appeal o on o.submission = s.id
            where s.project = '%s' and s.task between %d and %d
            order by s.task, s.annotator, s.round, s.revision""";

    private static final String LAPSES = "select submission from return_lapse where project = '%s'";

    private static final String DELETED = "select submission from deleted_answer where project = '%s' and undo is null";

    private final WorkQueue queue;
    /** The leases that have an end: here those that ended by an answer or a decision. */
    private final IdSet ended;
    /** Who skipped which task: what was returned to them is given up. */
    private final Set<Skip> skipped = new HashSet<>();

    /** What was taken from its author after it had been returned. */
    private final Set<Long> lapsed = new HashSet<>();

    private final Set<Slot> deleted = new HashSet<>();
    private final Map<Slot, SubmissionRef> returned = new HashMap<>();
    private final Map<Long, SubmissionRef> waiting = new HashMap<>();
    private final RestoredAnswer last = new RestoredAnswer();

    private record Skip(long task, UUID person) {}

    private record Slot(long task, UUID person, int round) {}

    AnswerRebuild(WorkQueue queue, IdSet ended) {
        this.queue = queue;
        this.ended = ended;
    }

    /** Before {@link #load}. */
    void skipped(long task, UUID person) {
        skipped.add(new Skip(task, person));
    }

    void load(Tx tx) throws SQLException, IOException {
        if (queue.tasks.size() == 0) {
            return;
        }
        Rebuild.read(tx, String.format(Locale.ROOT, LAPSES, queue.project), row -> lapsed.add(row.number()));
        Rebuild.read(tx, String.format(Locale.ROOT, DELETED, queue.project), row -> queue.removed.add(row.number()));
        var first = queue.tasks.id(0);
        var end = queue.tasks.id(queue.tasks.size() - 1);
        Rebuild.read(tx, String.format(Locale.ROOT, ANSWERS, queue.project, first, end), this::read);
        if (last.author != null) {
            count();
            submission();
        }
        // Frontiers offer in the order of arrival.
        waiting.values().stream()
                .sorted(Comparator.comparingLong(SubmissionRef::id))
                .forEach(queue.reviews::add);
    }

    private void read(CopiedRows row) throws IOException {
        var isGold = row.flag();
        var id = row.number();
        var task = row.number();
        var author = row.uuid();
        var round = (int) row.number();
        var revision = (int) row.number();
        var route = (int) row.number();
        ended.add(row.number());
        var appealed = row.flag();
        // An answer to gold ends its lease and counts for nothing here.
        if (!isGold && id != last.id) {
            if (last.author != null) {
                count();
                if (task != last.task || round != last.round || !author.equals(last.author)) {
                    submission();
                }
            }
            last.position = task == last.task ? last.position : queue.tasks.find(task);
            last.begin(id, task, author, round);
            last.set(revision, route, appealed);
        }
        decision(row);
    }

    private void decision(CopiedRows row) throws IOException {
        var decision = row.text();
        var stage = (int) row.number();
        var seat = row.text();
        var reviewer = row.uuid();
        var lease = row.number();
        var at = row.number();
        if (decision.isEmpty()) {
            return;
        }
        var judge = new PersonId(reviewer);
        last.decided(new RestoredAnswer.Made(decision, stage, seat, judge, at));
        queue.desk(judge).decided++;
        if (!queue.removed.contains(last.id)) {
            queue.book.decided(last.position);
        }
        ended.add(lease);
    }

    /** Counts an answer for its author's record, once the last word on it was spoken. */
    private void count() {
        last.settle();
        if (last.isReviewed() && !queue.removed.contains(last.id)) {
            queue.judged(new PersonId(last.person()), 1, last.isSound());
        }
    }

    private void submission() {
        var person = new PersonId(last.person());
        var author = queue.desk(person);
        author.submitted++;
        queue.terms.restore();
        if (queue.removed.contains(last.id)) {
            // What was given counts for budgets and caps, and its author does not get the task again.
            deleted.add(new Slot(last.task, last.person(), last.round));
            queue.restoreSkip(person, last.position, false);
            return;
        }
        queue.book.submitted(last.position, last.waits() || last.isRefused());
        if (last.waits()) {
            waiting.put(last.id, last.ref());
        }
        if (last.isRejected()) {
            queue.restoreSkip(person, last.position, false);
        }
        if (last.isRefused() && !keepsItsSlot(person)) {
            return;
        }
        queue.tasks.restore(author.annotator, last.position, last.round);
    }

    /** Books a refusal; whether the answer's slot stays its author's. */
    private boolean keepsItsSlot(PersonId author) {
        if (last.isRejected()) {
            queue.book.rejected(last.position);
            return false;
        }
        queue.book.returned(last.position);
        if (last.waits()) {
            return true;
        }
        if (skipped.contains(new Skip(last.task, author.value()))) {
            queue.book.givenUp(last.position);
            return false;
        }
        if (lapsed.contains(last.id)) {
            queue.book.givenUp(last.position);
            queue.restoreSkip(author, last.position, false);
            return false;
        }
        returned.put(new Slot(last.task, author.value(), last.round), last.ref());
        return true;
    }

    /** What a lease to decide is about. */
    @Nullable
    SubmissionRef waiting(long submission) {
        return waiting.get(submission);
    }

    /** What a lease to do again is about; it waits for its author no more. */
    @Nullable
    SubmissionRef takeReturned(long task, UUID person, int round) {
        return returned.remove(new Slot(task, person, round));
    }

    /** Whether a lease is about an answer that is deleted: its end was about to be written. */
    boolean isDeleted(long task, UUID person, int round) {
        return deleted.contains(new Slot(task, person, round));
    }

    /** What was returned and is in nobody's hands waits for its author. */
    void giveBack() {
        returned.values().stream()
                .sorted(Comparator.comparingLong(SubmissionRef::id))
                .forEach(queue::restoreReturned);
    }
}
