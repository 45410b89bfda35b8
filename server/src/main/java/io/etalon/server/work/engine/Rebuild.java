package io.etalon.server.work.engine;

import io.etalon.server.base.PersonId;
import io.etalon.server.base.Tx;
import io.etalon.server.work.state.TaskEvent;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Fills a fresh queue from the tables. The queue must be owned before, and no write of it be under way. Deadlines begin
 * anew: nobody loses a lease because the server was away.
 */
final class Rebuild {
    private static final String TASKS = "select id, priority from task where project = ? order by id";
    private static final String EVENTS = "select task, event from task_event where project = ? order by id";
    private static final String SKIPS = """
            select l.task, l.person, e.at > coalesce(
              (select max(v.at) from task_event v where v.task = l.task and v.event = 'REOPEN'), '-infinity') as counts
            from lease_end e join lease l on l.id = e.lease
            where l.project = ? and e.how = 'skipped' order by l.id""";
    /** With the last of the decisions on each, whether one of them mended it, and the one on its appeal. */
    private static final String SUBMISSIONS = """
            with p as (select ?::uuid as id)
            select s.id, s.task, s.annotator, s.round, s.revision, s.route, d.decision, d.stage, d.seat, d.mended,
              o.submission is not null as appealed, a.decision as verdict,
              (extract(epoch from coalesce(a.decided_at, d.decided_at)) * 1000)::bigint as decided
            from task t join submission s on s.task = t.id
            left join (
              select distinct on (submission) submission, stage, seat, decision, decided_at,
                bool_or(decision = 'fix') over (partition by submission) as mended
              from review_decision where project = (select id from p) and seat <> 'appeal'
              order by submission, stage desc, seat) d on d.submission = s.id
            left join appeal o on o.submission = s.id
            left join review_decision a on a.submission = o.submission and a.seat = 'appeal'
            where t.project = (select id from p) order by s.task, s.annotator, s.round, s.revision""";
    /** Who decided on what may still be decided on; in the order of the decisions. */
    private static final String JUDGES = """
            select d.submission, d.reviewer from review_decision d join submission s on s.id = d.submission
            where d.project = ?
              and (s.route >> d.stage > 0 or d.seat = 'escalation' or d.decision = 'escalate'
                or exists (select 1 from appeal p where p.submission = d.submission))
            order by d.submission, d.stage, d.seat desc""";

    private static final String LAPSES = "select submission from return_lapse where project = ?";
    private static final String REVIEWERS =
            "select reviewer, count(*) from review_decision where project = ? group by reviewer";
    private static final String LEASES = """
            select l.*, t.asset from lease l join task t on t.id = l.task
            where l.project = ?
              and not exists (select 1 from lease_end e where e.lease = l.id)
              and not exists (select 1 from submission s where s.project = l.project and s.lease = l.id)
              and not exists (select 1 from review_decision d where d.project = l.project and d.lease = l.id)
            order by l.id""";

    private final WorkQueue queue;
    private final long deadline;
    /** Who skipped which task: what was returned to them is given up. */
    private final Set<Skip> skipped = new HashSet<>();

    /** What was taken from its author after it had been returned. */
    private final Set<Long> lapsed = new HashSet<>();

    private final Map<Slot, SubmissionRef> returned = new HashMap<>();
    private final Map<Long, SubmissionRef> waiting = new HashMap<>();

    private record Skip(long task, UUID person) {}

    private record Slot(long task, UUID person, int round) {}

    Rebuild(WorkQueue queue, long deadlineMillis) {
        this.queue = queue;
        this.deadline = deadlineMillis;
    }

    @FunctionalInterface
    private interface Row {
        void read(ResultSet row) throws SQLException;
    }

    void load(Tx tx) throws SQLException {
        each(tx, TASKS, row -> queue.add(row.getLong(1), row.getInt(2)));
        each(tx, EVENTS, row -> queue.moved(queue.tasks.find(row.getLong(1)), TaskEvent.valueOf(row.getString(2))));
        each(tx, SKIPS, row -> {
            var task = row.getLong(1);
            var person = row.getObject(2, UUID.class);
            skipped.add(new Skip(task, person));
            queue.restoreSkip(new PersonId(person), queue.tasks.find(task), row.getBoolean(3));
        });
        each(tx, LAPSES, row -> lapsed.add(row.getLong(1)));
        submissions(tx);
        var decisions = new long[1];
        each(tx, REVIEWERS, row -> {
            queue.desk(new PersonId(row.getObject(1, UUID.class))).decided = row.getInt(2);
            decisions[0] += row.getLong(2);
        });
        queue.book.restoreReviewed(decisions[0]);
        leases(tx);
    }

    /** Of each slot's revisions the last one counts; for its author's record all of them. */
    private void submissions(Tx tx) throws SQLException {
        var judges = new HashMap<Long, List<PersonId>>();
        each(
                tx,
                JUDGES,
                row -> judges.computeIfAbsent(row.getLong(1), id -> new ArrayList<>())
                        .add(new PersonId(row.getObject(2, UUID.class))));
        var last = new Object() {
            @Nullable
            Restored read;
        };
        each(tx, SUBMISSIONS, row -> {
            var before = last.read;
            var id = row.getLong("id");
            var task = row.getLong("task");
            var position =
                    before != null && before.ref().task() == task ? before.ref().position() : queue.tasks.find(task);
            var next = Restored.read(row, id, new Restored.Place(position, judges.getOrDefault(id, List.of())));
            if (before != null && !sameSlot(before.ref(), next.ref())) {
                submission(before);
            }
            next.record(queue);
            last.read = next;
        });
        if (last.read != null) {
            submission(last.read);
        }
        // Frontiers offer in the order of arrival.
        waiting.values().stream()
                .sorted(Comparator.comparingLong(SubmissionRef::id))
                .forEach(queue.reviews::add);
    }

    private static boolean sameSlot(SubmissionRef a, SubmissionRef b) {
        return a.task() == b.task() && a.round() == b.round() && a.author().equals(b.author());
    }

    private void submission(Restored read) {
        var ref = read.ref();
        var author = queue.desk(ref.author());
        author.submitted++;
        queue.book.submitted(ref.position(), read.waits() || read.isRefused());
        if (read.waits()) {
            waiting.put(ref.id(), ref);
        }
        if (ref.way().rejected()) {
            queue.restoreSkip(ref.author(), ref.position(), false);
        }
        if (read.isRefused() && !keepsItsSlot(read)) {
            return;
        }
        queue.tasks.restore(author.annotator, ref.position(), ref.round());
    }

    /** Books a refusal; whether the answer's slot stays its author's. */
    private boolean keepsItsSlot(Restored read) {
        var ref = read.ref();
        if (ref.way().rejected()) {
            queue.book.rejected(ref.position());
            return false;
        }
        queue.book.returned(ref.position());
        if (read.waits()) {
            return true;
        }
        if (skipped.contains(new Skip(ref.task(), ref.author().value()))) {
            queue.book.givenUp(ref.position());
            return false;
        }
        if (lapsed.contains(ref.id())) {
            queue.book.givenUp(ref.position());
            queue.restoreSkip(ref.author(), ref.position(), false);
            return false;
        }
        returned.put(new Slot(ref.task(), ref.author().value(), ref.round()), ref);
        return true;
    }

    private void leases(Tx tx) throws SQLException {
        var positions = queue.reviews.positions();
        each(tx, LEASES, row -> {
            var task = row.getLong("task");
            var person = row.getObject("person", UUID.class);
            var round = row.getInt("round");
            var submission = row.getObject("submission", Long.class);
            var review = submission != null;
            var past = review ? waiting.get(submission) : returned.remove(new Slot(task, person, round));
            var position = review ? positions.getOrDefault(submission, -1) : queue.tasks.find(task);
            var lease = new OpenLease(
                    review ? OpenLease.Kind.REVIEW : OpenLease.Kind.ANNOTATE,
                    new PersonId(person),
                    new OpenLease.Place(task, position, round),
                    past,
                    row.getLong("token"),
                    new OpenLease.Versions(row.getInt("ontology_version"), row.getInt("guideline_version")));
            lease.id = row.getLong("id");
            lease.asset = row.getObject("asset", UUID.class);
            // Whether a draft exists is not asked: a delete that finds none costs little.
            lease.drafted = true;
            queue.restoreLease(lease, deadline);
        });
        returned.values().stream()
                .sorted(Comparator.comparingLong(SubmissionRef::id))
                .forEach(queue::restoreReturned);
    }

    private void each(Tx tx, String sql, Row reader) throws SQLException {
        try (var statement = tx.connection().prepareStatement(sql)) {
            statement.setFetchSize(5_000);
            statement.setObject(1, queue.project.value());
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    reader.read(rows);
                }
            }
        }
    }
}
