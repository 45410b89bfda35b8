package io.etalon.server.work.engine;

import io.etalon.server.base.PersonId;
import io.etalon.server.base.Tx;
import io.etalon.server.work.state.TaskEvent;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Fills a fresh queue from the tables. The queue must be owned before, and no write of it be under way. Deadlines begin
 * anew: nobody loses a lease because the server was away.
 */
final class Rebuild {
    private static final String TASKS = "select id, priority, batch from task where project = ? order by id";
    private static final String BATCHES = "select * from batch where project = ? order by number";
    private static final String ACTS = "select act, value, people, tasks from task_act where project = ? order by id";
    private static final String NEEDS = "select task, answers from task_need where project = ? order by id";
    private static final String EVENTS = "select task, event from task_event where project = ? order by id";
    private static final String SKIPS = """
            select l.task, l.person, e.at > coalesce(
              (select max(v.at) from task_event v where v.task = l.task and v.event = 'REOPEN'), '-infinity') as counts
            from lease_end e join lease l on l.id = e.lease
            where l.project = ? and e.how = 'skipped' order by l.id""";
    private static final String SUBMISSIONS = """
            select s.id, s.task, s.annotator, s.round, s.revision, s.sampled, d.decision,
              (extract(epoch from d.decided_at) * 1000)::bigint
            from task t join submission s on s.task = t.id left join review_decision d on d.submission = s.id
            where t.project = ? order by s.task, s.annotator, s.round, s.revision""";
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
        each(tx, BATCHES, row -> queue.arranged.batch(ActStore.batch(row)));
        each(tx, TASKS, row -> queue.add(row.getLong(1), row.getInt(2), row.getInt(3)));
        // A row names up to half a megabyte of tasks.
        each(tx, ACTS, 8, row -> {
            var act = ActStore.row(row);
            TaskActs.apply(
                    queue,
                    act.act(),
                    Arrays.stream(act.tasks()).mapToInt(queue.tasks::find).toArray());
        });
        each(tx, NEEDS, row -> queue.arranged.decided(queue.tasks.find(row.getLong(1)), row.getInt(2)));
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

    /** Of each slot's revisions the last one counts. */
    private void submissions(Tx tx) throws SQLException {
        var last = new Object() {
            @Nullable
            SubmissionRef ref;

            boolean sampled;

            @Nullable
            String decision;
        };
        each(tx, SUBMISSIONS, row -> {
            var task = row.getLong(2);
            var before = last.ref;
            var position = before != null && before.task() == task ? before.position() : queue.tasks.find(task);
            var author = row.getObject(3, UUID.class);
            var ref = new SubmissionRef(
                    row.getLong(1), position, task, new PersonId(author), row.getInt(4), row.getInt(5), row.getLong(8));
            if (before != null && !sameSlot(before, ref)) {
                submission(before, last.sampled, last.decision);
            }
            last.ref = ref;
            last.sampled = row.getBoolean(6);
            last.decision = row.getString(7);
        });
        if (last.ref != null) {
            submission(last.ref, last.sampled, last.decision);
        }
        // Frontiers offer in the order of arrival.
        waiting.values().stream()
                .sorted(java.util.Comparator.comparingLong(SubmissionRef::id))
                .forEach(queue::toReview);
    }

    private static boolean sameSlot(SubmissionRef a, SubmissionRef b) {
        return a.task() == b.task() && a.round() == b.round() && a.author().equals(b.author());
    }

    private void submission(SubmissionRef ref, boolean sampled, @Nullable String decision) {
        var author = queue.desk(ref.author());
        author.submitted++;
        queue.terms.restore();
        var sentBack = "return".equals(decision);
        var waits = sampled && decision == null;
        queue.book.submitted(ref.position(), waits || sentBack);
        if (waits) {
            waiting.put(ref.id(), ref);
        }
        if (sentBack) {
            queue.book.returned(ref.position());
            if (skipped.contains(new Skip(ref.task(), ref.author().value()))) {
                queue.book.givenUp(ref.position());
                return;
            }
            if (lapsed.contains(ref.id())) {
                queue.book.givenUp(ref.position());
                queue.restoreSkip(ref.author(), ref.position(), false);
                return;
            }
            returned.put(new Slot(ref.task(), ref.author().value(), ref.round()), ref);
        }
        queue.tasks.restore(author.annotator, ref.position(), ref.round());
    }

    private void leases(Tx tx) throws SQLException {
        var positions = new HashMap<Long, Integer>();
        for (var position = 0; position < queue.reviews.size(); position++) {
            positions.put(queue.reviews.id(position), position);
        }
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
                .sorted(java.util.Comparator.comparingLong(SubmissionRef::id))
                .forEach(queue::restoreReturned);
    }

    private void each(Tx tx, String sql, Row reader) throws SQLException {
        each(tx, sql, 5_000, reader);
    }

    private void each(Tx tx, String sql, int fetched, Row reader) throws SQLException {
        try (var statement = tx.connection().prepareStatement(sql)) {
            statement.setFetchSize(fetched);
            statement.setObject(1, queue.project.value());
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    reader.read(rows);
                }
            }
        }
    }
}
