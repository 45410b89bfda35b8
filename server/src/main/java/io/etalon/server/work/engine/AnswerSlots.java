package io.etalon.server.work.engine;

import io.etalon.server.base.PersonId;
import io.etalon.server.base.Tx;
import io.etalon.server.work.state.TaskBook;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** Reads single answers from the tables, each with all its revisions; what they come to is what a {@link Rebuild} makes of them. Stateless. */
final class AnswerSlots {
    private static final String WHOLE = """
            select o.id from submission s join submission o
              on o.project = s.project and o.task = s.task and o.annotator = s.annotator and o.round = s.round
            where s.project = ? and s.id = any(?) and not s.gold
              and not exists (select 1 from deleted_task g where g.task = s.task)
              and not exists (select 1 from deleted_answer g where g.submission = s.id and g.undo is null)""";

    private static final String ROWS = """
            select s.id, s.task, s.annotator, s.round, s.revision, s.route, o.submission is not null as appealed,
              exists (select 1 from return_lapse x where x.submission = s.id) as lapsed,
              exists (select 1 from lease l join lease_end e on e.lease = l.id where l.project = s.project
                and l.task = s.task and l.person = s.annotator and e.how = 'skipped' and not l.gold) as skipped,
              d.decision, d.stage, d.seat, d.reviewer, (extract(epoch from d.decided_at) * 1000)::bigint as at
            from submission s
            left join review_decision d on d.submission = s.id
            left join appeal o on o.submission = s.id
            where s.project = ? and s.id = any(?)
            order by s.task, s.annotator, s.round, s.revision""";

    private static final String DELETED =
            "select submission from deleted_answer where project = ? and deletion = ? and undo is null";

    /** Those that some submissions belong to; what is deleted, and answers to gold, are not among them. */
    List<AnswerSlot> of(Tx tx, WorkQueue queue, Collection<Long> submissions) throws SQLException {
        var whole = tx.db()
                .sql(WHOLE)
                .params(queue.project.value(), tx.connection().createArrayOf("bigint", submissions.toArray()))
                .query(Long.class)
                .set();
        return read(tx, queue, whole);
    }

    /** Those that a deletion took away and that were not brought back. */
    List<AnswerSlot> deleted(Tx tx, WorkQueue queue, long deletion) throws SQLException {
        var whole = tx.db()
                .sql(DELETED)
                .params(queue.project.value(), deletion)
                .query(Long.class)
                .list();
        return read(tx, queue, whole);
    }

    private static List<AnswerSlot> read(Tx tx, WorkQueue queue, Collection<Long> submissions) throws SQLException {
        var reading = new Reading(queue);
        try (var statement = tx.connection().prepareStatement(ROWS)) {
            statement.setObject(1, queue.project.value());
            statement.setArray(2, tx.connection().createArrayOf("bigint", submissions.toArray()));
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    reading.row(rows);
                }
            }
        }
        return reading.end();
    }

    /** Gathers rows to answers. Not thread-safe. */
    private static final class Reading {
        private final WorkQueue queue;
        private final RestoredAnswer last = new RestoredAnswer();
        private final List<AnswerSlot> slots = new ArrayList<>();
        private List<Long> revisions = new ArrayList<>();
        private boolean lapsed;
        private boolean skipped;
        private int decisions;
        private int judged;
        private int sound;

        Reading(WorkQueue queue) {
            this.queue = queue;
        }

        void row(ResultSet row) throws SQLException {
            var id = row.getLong("id");
            if (id != last.id) {
                next(row, id);
            }
            var decision = row.getString("decision");
            if (decision != null) {
                decisions++;
                last.decided(new RestoredAnswer.Made(
                        decision,
                        row.getInt("stage"),
                        row.getString("seat"),
                        new PersonId(row.getObject("reviewer", UUID.class)),
                        row.getLong("at")));
            }
        }

        private void next(ResultSet row, long id) throws SQLException {
            var task = row.getLong("task");
            var author = row.getObject("annotator", UUID.class);
            var round = row.getInt("round");
            if (last.author != null) {
                settle();
                if (task != last.task || round != last.round || !author.equals(last.author)) {
                    slot();
                }
            }
            last.position = queue.tasks.find(task);
            last.begin(id, task, author, round);
            last.set(row.getInt("revision"), row.getInt("route"), row.getBoolean("appealed"));
            revisions.add(id);
            lapsed = row.getBoolean("lapsed");
            skipped = row.getBoolean("skipped");
        }

        private void settle() {
            last.settle();
            judged += last.isReviewed() ? 1 : 0;
            sound += last.isReviewed() && last.isSound() ? 1 : 0;
        }

        private void slot() {
            var waits = last.waits();
            var refused = last.isRefused();
            var givenUp = refused && (last.isRejected() || !waits && (skipped || lapsed));
            var part = new TaskBook.Part(
                    refused ? 0 : 1, !refused && waits ? 1 : 0, refused && !givenUp ? 1 : 0, decisions);
            var barred = skipped || last.isRejected() || givenUp;
            slots.add(new AnswerSlot(last.ref(), List.copyOf(revisions), part, waits, barred, judged, sound));
            revisions = new ArrayList<>();
            decisions = 0;
            judged = 0;
            sound = 0;
        }

        List<AnswerSlot> end() {
            if (last.author != null) {
                settle();
                slot();
            }
            return slots;
        }
    }
}
