package io.etalon.server.work.engine;

import io.etalon.server.base.CopiedRows;
import io.etalon.server.base.PersonId;
import io.etalon.server.base.Tx;
import io.etalon.server.work.state.TaskEvent;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Fills a fresh queue from the tables. The queue must be owned before, and no write of it be under way. Deadlines begin
 * anew: nobody loses a lease because the server was away.
 *
 * <p>Reads each table once, in the order of an index and without an object a row: what grows with a project's age are its
 * answers and leases, nearly all of them ended. Which leases are open is found by crossing the ended ones off in memory;
 * the database would join four tables for it.
 */
final class Rebuild {
    private static final String TASKS = "select id, priority, batch from task where project = '%s' order by id";
    private static final String BATCHES = "select * from batch where project = ? order by number";
    private static final String ACTS = "select act, value, people, tasks from task_act where project = ? order by id";
    private static final String NEEDS = "select task, answers from task_need where project = '%s' order by id";
    private static final String EVENTS = "select task, event from task_event where project = '%s' order by id";
    private static final String SKIPS = """
            select l.task, l.person, e.at > coalesce(
              (select max(v.at) from task_event v where v.task = l.task and v.event = 'REOPEN'), '-infinity') as counts
            from lease_end e join lease l on l.id = e.lease
            where l.project = '%s' and e.how = 'skipped' and not l.gold order by l.id""";
    /** By the range of the project's tasks, since the answers have no index by project. */
    private static final String SUBMISSIONS = """
            select s.gold, s.id, s.task, s.annotator, s.round, s.revision, s.sampled, s.lease,
              case d.decision when 'return' then 2 when 'accept' then 1 when 'fix' then 1 else 0 end,
              (extract(epoch from d.decided_at) * 1000)::bigint
            from submission s left join review_decision d on d.submission = s.id
            where s.project = '%s' and s.task between %d and %d
            order by s.task, s.annotator, s.round, s.revision""";

    private static final String DRAFTS = "select person, task from draft where project = '%s'";
    private static final String LAPSES = "select submission from return_lapse where project = '%s'";
    private static final String DECISIONS = "select reviewer, lease from review_decision where project = '%s'";
    private static final String ENDS =
            "select e.lease from lease_end e join lease l on l.id = e.lease where l.project = '%s'";
    private static final String LEASES = "select id from lease where project = '%s' order by id";
    private static final String OPEN = """
            select l.*, t.asset from lease l join task t on t.id = l.task where l.id = any(?) order by l.id""";

    /** How the query tells a return; 0 is no decision. */
    private static final int SENT_BACK = 2;

    private final WorkQueue queue;
    private final long deadline;
    /** Who skipped which task: what was returned to them is given up. */
    private final Set<Skip> skipped = new HashSet<>();

    /** What was taken from its author after it had been returned. */
    private final Set<Long> lapsed = new HashSet<>();

    /** The leases that have an end. */
    private final IdSet ended = new IdSet();

    private final Map<Slot, SubmissionRef> returned = new HashMap<>();
    private final Map<Long, SubmissionRef> waiting = new HashMap<>();
    private final GoldRebuild gold;

    private record Skip(long task, UUID person) {}

    private record Slot(long task, UUID person, int round) {}

    Rebuild(WorkQueue queue, long deadlineMillis) {
        this.queue = queue;
        this.deadline = deadlineMillis;
        this.gold = new GoldRebuild(queue);
    }

    @FunctionalInterface
    private interface Row {
        void read(CopiedRows row) throws IOException;
    }

    void load(Tx tx) throws SQLException, IOException {
        looked(tx, BATCHES, 5_000, row -> queue.arranged.batch(ActStore.batch(row)));
        each(tx, TASKS, row -> queue.add(row.number(), (int) row.number(), (int) row.number()));
        // A row names up to half a megabyte of tasks.
        looked(tx, ACTS, 8, row -> {
            var act = ActStore.row(row);
            TaskActs.apply(
                    queue,
                    act.act(),
                    Arrays.stream(act.tasks()).mapToInt(queue.tasks::find).toArray());
        });
        each(tx, NEEDS, row -> queue.arranged.decided(queue.tasks.find(row.number()), (int) row.number()));
        each(tx, EVENTS, row -> queue.moved(queue.tasks.find(row.number()), TaskEvent.valueOf(row.text())));
        each(tx, SKIPS, row -> {
            var task = row.number();
            var person = row.uuid();
            skipped.add(new Skip(task, person));
            queue.restoreSkip(new PersonId(person), queue.tasks.find(task), row.flag());
        });
        each(tx, LAPSES, row -> lapsed.add(row.number()));
        submissions(tx);
        var decisions = new long[1];
        each(tx, DECISIONS, row -> {
            queue.desk(new PersonId(row.uuid())).decided++;
            ended.add(row.number());
            decisions[0]++;
        });
        queue.book.restoreReviewed(decisions[0]);
        each(tx, DRAFTS, row -> queue.drafts.add(new WorkQueue.DraftOf(new PersonId(row.uuid()), row.number())));
        each(tx, ENDS, row -> ended.add(row.number()));
        var open = new ArrayList<Long>();
        each(tx, LEASES, row -> {
            var lease = row.number();
            if (!ended.contains(lease)) {
                open.add(lease);
            }
        });
        gold.load(tx);
        leases(tx, open);
        gold.giveBack();
    }

    /** Of each slot's revisions the last one counts; it is kept in fields, since most are never looked at again. */
    private final class LastAnswer {
        long id;
        long task = -1;
        int position;

        @Nullable
        UUID author;

        int round;
        int revision;
        boolean sampled;
        int decision;
        long decidedAt;

        void read(CopiedRows row) throws IOException {
            var isGold = row.flag();
            var number = row.number();
            var of = row.number();
            var by = row.uuid();
            var in = (int) row.number();
            if (isGold) {
                passGold(row);
                return;
            }
            if (author != null && (of != task || in != round || !by.equals(author))) {
                submission(this);
            }
            position = of == task ? position : queue.tasks.find(of);
            id = number;
            task = of;
            author = by;
            round = in;
            revision = (int) row.number();
            sampled = row.flag();
            ended.add(row.number());
            decision = (int) row.number();
            decidedAt = row.number();
        }

        /** An answer to gold ends its lease and counts for nothing here. */
        private void passGold(CopiedRows row) throws IOException {
            row.number();
            row.flag();
            ended.add(row.number());
            row.number();
            row.number();
        }

        SubmissionRef ref(PersonId person) {
            return new SubmissionRef(id, position, task, person, round, revision, decidedAt);
        }
    }

    private void submissions(Tx tx) throws SQLException, IOException {
        if (queue.tasks.size() == 0) {
            return;
        }
        var last = new LastAnswer();
        var first = queue.tasks.id(0);
        var end = queue.tasks.id(queue.tasks.size() - 1);
        read(tx, String.format(Locale.ROOT, SUBMISSIONS, queue.project, first, end), last::read);
        if (last.author != null) {
            submission(last);
        }
        // Frontiers offer in the order of arrival.
        waiting.values().stream()
                .sorted(java.util.Comparator.comparingLong(SubmissionRef::id))
                .forEach(queue::toReview);
    }

    private void submission(LastAnswer last) {
        var person = new PersonId(Objects.requireNonNull(last.author));
        var author = queue.desk(person);
        author.submitted++;
        queue.terms.restore();
        var sentBack = last.decision == SENT_BACK;
        var waits = last.sampled && last.decision == 0;
        queue.book.submitted(last.position, waits || sentBack);
        if (waits) {
            waiting.put(last.id, last.ref(person));
        }
        if (sentBack) {
            queue.book.returned(last.position);
            if (skipped.contains(new Skip(last.task, person.value()))) {
                queue.book.givenUp(last.position);
                return;
            }
            if (lapsed.contains(last.id)) {
                queue.book.givenUp(last.position);
                queue.restoreSkip(person, last.position, false);
                return;
            }
            returned.put(new Slot(last.task, person.value(), last.round), last.ref(person));
        }
        queue.tasks.restore(author.annotator, last.position, last.round);
    }

    private void leases(Tx tx, List<Long> open) throws SQLException {
        var positions = new HashMap<Long, Integer>();
        for (var position = 0; position < queue.reviews.size(); position++) {
            positions.put(queue.reviews.id(position), position);
        }
        try (var statement = tx.connection().prepareStatement(OPEN)) {
            statement.setArray(1, tx.connection().createArrayOf("bigint", open.toArray(new Long[0])));
            try (var row = statement.executeQuery()) {
                while (row.next()) {
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
                    lease.drafted = queue.drafts.contains(new WorkQueue.DraftOf(lease.person, task));
                    if (row.getBoolean("gold")) {
                        lease.gold = gold.held(task, person);
                    }
                    queue.restoreLease(lease, deadline);
                }
            }
        }
        returned.values().stream()
                .sorted(java.util.Comparator.comparingLong(SubmissionRef::id))
                .forEach(queue::restoreReturned);
    }

    private void each(Tx tx, String sql, Row reader) throws SQLException, IOException {
        read(tx, String.format(Locale.ROOT, sql, queue.project), reader);
    }

    /** Rows that are few, or have fields of many kinds. */
    @FunctionalInterface
    private interface Looked {
        void read(ResultSet row) throws SQLException;
    }

    private void looked(Tx tx, String sql, int fetched, Looked reader) throws SQLException {
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

    private static void read(Tx tx, String sql, Row reader) throws SQLException, IOException {
        try (var rows = new CopiedRows(tx.connection(), sql)) {
            while (rows.next()) {
                reader.read(rows);
            }
        }
    }
}
