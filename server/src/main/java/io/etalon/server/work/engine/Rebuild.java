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
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.IntStream;

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
    private static final String BATCHES = """
            select b.*, coalesce((select p.paused from batch_pause p
              where p.project = b.project and p.batch = b.number order by p.id desc limit 1), false) as paused
            from batch b where b.project = ? order by b.number""";
    private static final String DELETED = "select task from deleted_task where project = '%s' order by task";
    private static final String PURGED = """
            select coalesce(sum(answers), 0)::bigint from deletion
            where project = '%s' and scope <> 'answers' and purged_at is not null""";
    private static final String ACTS = "select act, value, people, tasks from task_act where project = ? order by id";
    private static final String NEEDS = "select task, answers from task_need where project = '%s' order by id";
    private static final String EVENTS = "select task, event from task_event where project = '%s' order by id";
    private static final String SKIPS = """
            select l.task, l.person, e.at > coalesce(
              (select max(v.at) from task_event v where v.task = l.task and v.event = 'REOPEN'), '-infinity') as counts
            from lease_end e join lease l on l.id = e.lease
            where l.project = '%s' and e.how = 'skipped' and not l.gold order by l.id""";
    private static final String DRAFTS = "select person, task from draft where project = '%s'";
    private static final String ENDS =
            "select e.lease from lease_end e join lease l on l.id = e.lease where l.project = '%s'";
    private static final String LEASES = "select id from lease where project = '%s' order by id";
    private static final String OPEN = """
            select l.*, t.asset, exists (select 1 from lease_pre_label x where x.lease = l.id) as pre_labelled
            from lease l join task t on t.id = l.task where l.id = any(?) order by l.id""";

    private final WorkQueue queue;
    private final long deadline;
    /** The leases that have an end. */
    private final IdSet ended = new IdSet();

    private final AnswerRebuild answers;
    private final GoldRebuild gold;

    Rebuild(WorkQueue queue, long deadlineMillis) {
        this.queue = queue;
        this.deadline = deadlineMillis;
        this.answers = new AnswerRebuild(queue, ended);
        this.gold = new GoldRebuild(queue);
    }

    /** Reads the fields of a row, all of them. */
    @FunctionalInterface
    interface Row {
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
                    // What was deleted for good is still named there.
                    Arrays.stream(act.tasks())
                            .mapToInt(queue.tasks::find)
                            .filter(position -> position >= 0)
                            .toArray());
        });
        each(tx, NEEDS, row -> queue.arranged.decided(queue.tasks.find(row.number()), (int) row.number()));
        each(tx, EVENTS, row -> queue.moved(queue.tasks.find(row.number()), TaskEvent.valueOf(row.text())));
        each(tx, SKIPS, row -> {
            var task = row.number();
            var person = row.uuid();
            answers.skipped(task, person);
            queue.restoreSkip(new PersonId(person), queue.tasks.find(task), row.flag());
        });
        answers.load(tx);
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
        hide(tx);
    }

    /** What is deleted was read like all else, so that it is as it was when the deletion is undone. */
    private void hide(Tx tx) throws SQLException, IOException {
        var positions = IntStream.builder();
        each(tx, DELETED, row -> positions.add(queue.tasks.find(row.number())));
        var deleted = positions.build().toArray();
        if (deleted.length > 0) {
            queue.visibility.hide(deleted);
        }
        // Budgets are for answers that were given, whatever became of them.
        each(tx, PURGED, row -> queue.terms.restore(row.number()));
        queue.visibility.restorePauses();
    }

    private void leases(Tx tx, List<Long> open) throws SQLException {
        var positions = queue.reviews.positions();
        try (var statement = tx.connection().prepareStatement(OPEN)) {
            statement.setArray(1, tx.connection().createArrayOf("bigint", open.toArray(new Long[0])));
            try (var row = statement.executeQuery()) {
                while (row.next()) {
                    var task = row.getLong("task");
                    var person = row.getObject("person", UUID.class);
                    var round = row.getInt("round");
                    var submission = row.getObject("submission", Long.class);
                    var review = submission != null;
                    if (review ? queue.removed.contains(submission) : answers.isDeleted(task, person, round)) {
                        continue;
                    }
                    var past = review ? answers.waiting(submission) : answers.takeReturned(task, person, round);
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
                    lease.preLabelled = row.getBoolean("pre_labelled");
                    lease.drafted = queue.drafts.contains(new WorkQueue.DraftOf(lease.person, task));
                    if (row.getBoolean("gold")) {
                        lease.gold = gold.held(task, person);
                    }
                    queue.restoreLease(lease, deadline);
                }
            }
        }
        answers.giveBack();
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

    static void read(Tx tx, String sql, Row reader) throws SQLException, IOException {
        try (var rows = new CopiedRows(tx.connection(), sql)) {
            while (rows.next()) {
                reader.read(rows);
            }
        }
    }
}
