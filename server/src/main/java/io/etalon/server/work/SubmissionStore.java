package io.etalon.server.work;

import io.etalon.server.base.PersonId;
import io.etalon.server.base.ProjectId;
import io.etalon.server.base.Tx;
import io.etalon.server.work.engine.Decision;
import io.etalon.server.work.engine.Dispatcher;
import io.etalon.server.work.review.Seat;
import io.etalon.server.work.review.Way;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Reads the tables {@code submission} and {@code review_decision}; reads and writes {@code draft}. */
final class SubmissionStore {
    /** An answer as the tables keep it. */
    record Stored(long lease, String json, byte @Nullable [] texts) {}

    /** A decision on a submission; the answer is there for a fix. */
    record DecisionRow(
            long id,
            Decision decision,
            int stage,
            Seat seat,
            PersonId reviewer,
            @Nullable Stored answer,
            byte @Nullable [] comments,
            Instant decidedAt) {}

    /**
     * A submission with what was decided on it.
     *
     * @param route the stages it passes; see {@link Way}
     * @param decisions in the order in which they were made
     */
    record Row(
            long id,
            long task,
            PersonId annotator,
            int round,
            int revision,
            int ontologyVersion,
            int guidelineVersion,
            int activeSeconds,
            int route,
            boolean unsure,
            Stored answer,
            Instant submittedAt,
            boolean appealed,
            List<DecisionRow> decisions) {

        /** Whether both are revisions of one person's answer to one task in one round. */
        boolean sameSlot(Row other) {
            return task == other.task && round == other.round && annotator.equals(other.annotator);
        }

        /** The last decision, of whatever sort. */
        @Nullable
        DecisionRow decision() {
            return decisions.isEmpty() ? null : decisions.getLast();
        }

        /** The last decision but for one on an appeal. */
        @Nullable
        DecisionRow ruling() {
            for (var decision : decisions.reversed()) {
                if (decision.seat() != Seat.APPEAL) {
                    return decision;
                }
            }
            return null;
        }

        private boolean upheld() {
            return decision() != null && Objects.requireNonNull(decision()).decision() == Decision.UPHOLD;
        }

        /** The decision whose answer stands in the place of the author's; null when his own counts. */
        @Nullable
        DecisionRow mended() {
            for (var decision : decisions.reversed()) {
                if (decision.answer() != null && !upheld()) {
                    return decision;
                }
            }
            return null;
        }

        /** Whether it counts for nothing as it is. */
        boolean refused() {
            var ruling = ruling();
            return ruling != null
                    && (ruling.decision() == Decision.RETURN || ruling.decision() == Decision.REJECT)
                    && !upheld();
        }

        /** Where its last decision was made, or where it waits for its first. */
        Way way() {
            var ruling = ruling();
            return ruling == null
                    ? Way.begin(route)
                    : new Way(
                            route,
                            ruling.stage(),
                            ruling.seat(),
                            decisions.stream().anyMatch(one -> one.answer() != null),
                            ruling.decision() == Decision.REJECT,
                            decisions.stream().map(DecisionRow::reviewer).toList());
        }

        /** Whether somebody is to decide on it. */
        boolean waits() {
            return switch (state()) {
                case "in_review", "escalated", "appealed" -> true;
                default -> false;
            };
        }

        /** The state's name in the API. */
        String state() {
            var ruling = ruling();
            if (ruling == null) {
                return route > 0 ? "in_review" : "submitted";
            }
            if (upheld()) {
                return "accepted";
            }
            var open = appealed && ruling == decision();
            return switch (ruling.decision()) {
                case ACCEPT, FIX -> way().isLast() ? mended() == null ? "accepted" : "fixed" : "in_review";
                case ESCALATE -> "escalated";
                case RETURN -> open ? "appealed" : "returned";
                case REJECT -> open ? "appealed" : "rejected";
                case UPHOLD, DISMISS -> throw new IllegalStateException("a ruling is made before an appeal");
            };
        }
    }

    /** A lease that has ended, as far as a late answer needs it. */
    record PastLease(long lease, long task, int ontologyVersion, UUID asset) {}

    /** Unfinished work on its way in. */
    record NewDraft(byte[] sealed, int activeSeconds) {}

    /** Unfinished work as it was last saved. */
    record Draft(byte[] sealed, Instant savedAt) {}

    private static final String COLUMNS = """
            select s.id, s.task, s.annotator, s.round, s.revision, s.ontology_version, s.guideline_version,
              s.active_seconds, s.route, s.unsure, s.gold, s.lease, s.answer::text as answer, s.texts, s.submitted_at,
              o.submission is not null as appealed,
              d.id as d_id, d.decision, d.stage, d.seat, d.reviewer, d.lease as d_lease, d.answer::text as d_answer,
              d.texts as d_texts, d.comments, d.decided_at
            from submission s
            left join review_decision d on d.submission = s.id
            left join appeal o on o.submission = s.id
            """;

    private static final String NOT_DELETED = " and not exists (select 1 from deleted_task g where g.task = s.task)"
            + " and not exists (select 1 from deleted_answer y where y.submission = s.id and y.undo is null)";

    /** A row for each decision; their order within a submission is that in which they were made. */
    private static final String IN_TURN = ", d.stage, d.seat desc";

    /** All submissions of a task, each slot's revisions in their order. */
    List<Row> ofTask(Tx tx, ProjectId project, long task) throws SQLException {
        return list(
                tx,
                COLUMNS + "where s.project = ? and s.task = ? and not s.gold" + NOT_DELETED
                        + " order by s.submitted_at, s.id" + IN_TURN,
                project.value(),
                task);
    }

    /** The same for several tasks, one after another. */
    List<Row> ofTasks(Tx tx, ProjectId project, Collection<Long> tasks) throws SQLException {
        return list(
                tx,
                COLUMNS + "where s.project = ? and s.task = any(?) and not s.gold" + NOT_DELETED
                        + " order by s.task, s.annotator, s.round, s.revision" + IN_TURN,
                project.value(),
                tx.connection().createArrayOf("bigint", tasks.toArray()));
    }

    Optional<Row> find(Tx tx, ProjectId project, long id) throws SQLException {
        return list(
                        tx,
                        COLUMNS + "where s.project = ? and s.id = ?" + NOT_DELETED + " order by s.id" + IN_TURN,
                        project.value(),
                        id)
                .stream()
                .findFirst();
    }

    /** Those of some submissions that are there. */
    List<Row> findAll(Tx tx, ProjectId project, Collection<Long> ids) throws SQLException {
        return list(
                tx,
                COLUMNS + "where s.project = ? and s.id = any(?)" + NOT_DELETED + " order by s.id" + IN_TURN,
                project.value(),
                tx.connection().createArrayOf("bigint", ids.toArray()));
    }

    private static List<Row> list(Tx tx, String sql, Object... parameters) throws SQLException {
        var found = new ArrayList<Row>();
        try (var statement = tx.connection().prepareStatement(sql)) {
            for (var i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            try (var rows = statement.executeQuery()) {
                gather(rows, row -> Boolean.TRUE, (none, row) -> found.add(row));
            }
        }
        return found;
    }

    /** Reads every submission of tasks that are not withdrawn, revision after revision of each slot, as a stream. */
    void each(Tx tx, ProjectId project, BiConsumer<UUID, Row> reader) throws SQLException {
        var sql = "select t.asset, x.* from task t join (" + COLUMNS + """
                ) x on x.task = t.id
                where t.project = ? and not x.gold
                  and not exists (select 1 from task_event e where e.task = x.task and e.event = 'CANCEL')
                  and not exists (select 1 from deleted_task g where g.task = x.task)
                  and not exists (select 1 from deleted_answer y where y.submission = x.id and y.undo is null)
                order by x.task, x.annotator, x.round, x.revision, x.stage, x.seat desc""";
        try (var statement = tx.connection().prepareStatement(sql)) {
            statement.setFetchSize(1_000);
            statement.setObject(1, project.value());
            try (var rows = statement.executeQuery()) {
                gather(rows, row -> row.getObject("asset", UUID.class), reader);
            }
        }
    }

    private interface Column<T> {
        T of(ResultSet row) throws SQLException;
    }

    /** Joins the rows of each submission's decisions. */
    private static <T> void gather(ResultSet rows, Column<T> column, BiConsumer<T, Row> reader) throws SQLException {
        var more = rows.next();
        while (more) {
            var with = column.of(rows);
            var decisions = new ArrayList<DecisionRow>();
            var row = read(rows, decisions);
            do {
                var decision = rows.getString("decision");
                if (decision != null) {
                    decisions.add(decision(rows, Decision.ofKey(decision)));
                }
                more = rows.next();
            } while (more && rows.getLong("id") == row.id());
            reader.accept(with, row);
        }
    }

    private static Row read(ResultSet row, List<DecisionRow> decisions) throws SQLException {
        return new Row(
                row.getLong("id"),
                row.getLong("task"),
                new PersonId(row.getObject("annotator", UUID.class)),
                row.getInt("round"),
                row.getInt("revision"),
                row.getInt("ontology_version"),
                row.getInt("guideline_version"),
                row.getInt("active_seconds"),
                row.getInt("route"),
                row.getBoolean("unsure"),
                new Stored(row.getLong("lease"), row.getString("answer"), row.getBytes("texts")),
                instant(row, "submitted_at"),
                row.getBoolean("appealed"),
                decisions);
    }

    private static DecisionRow decision(ResultSet row, Decision decision) throws SQLException {
        var answer = row.getString("d_answer");
        return new DecisionRow(
                row.getLong("d_id"),
                decision,
                row.getInt("stage"),
                Seat.ofKey(row.getString("seat")),
                new PersonId(row.getObject("reviewer", UUID.class)),
                answer == null ? null : new Stored(row.getLong("d_lease"), answer, row.getBytes("d_texts")),
                row.getBytes("comments"),
                instant(row, "decided_at"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    /** The submission that a decision is about. */
    long judged(Tx tx, long decision) {
        return tx.db()
                .sql("select submission from review_decision where id = ?")
                .param(decision)
                .query(Long.class)
                .single();
    }

    /** The task of a lease that was this person's, whether it has ended or not. */
    Optional<PastLease> pastLease(Tx tx, ProjectId project, PersonId person, Dispatcher.Ticket ticket) {
        return tx.db()
                .sql("""
                        select l.id, l.task, l.ontology_version, t.asset from lease l join task t on t.id = l.task
                        where l.id = ? and l.token = ? and l.person = ? and l.project = ? and l.submission is null""")
                .params(ticket.lease(), ticket.token(), person.value(), project.value())
                .query((row, n) -> new PastLease(
                        row.getLong("id"),
                        row.getLong("task"),
                        row.getInt("ontology_version"),
                        row.getObject("asset", UUID.class)))
                .optional();
    }

    void saveDraft(Tx tx, ProjectId project, long task, PersonId person, NewDraft draft) {
        tx.db()
                .sql("""
                        insert into draft (project, task, person, sealed, active_seconds) values (?, ?, ?, ?, ?)
                        on conflict (project, task, person) do update
                        set sealed = excluded.sealed, active_seconds = excluded.active_seconds, saved_at = now()""")
                .params(project.value(), task, person.value(), draft.sealed(), draft.activeSeconds())
                .update();
    }

    Optional<Draft> draft(Tx tx, ProjectId project, long task, PersonId person) {
        return tx.db()
                .sql("select sealed, saved_at from draft where project = ? and task = ? and person = ?")
                .params(project.value(), task, person.value())
                .query((row, n) -> new Draft(row.getBytes("sealed"), instant(row, "saved_at")))
                .optional();
    }

    /** What an author says against the refusal of a submission, sealed. */
    record AppealRow(long submission, PersonId author, byte[] text, Instant at) {}

    Optional<AppealRow> appeal(Tx tx, ProjectId project, long submission) {
        return tx.db()
                .sql("select submission, author, text, at from appeal where project = ? and submission = ?")
                .params(project.value(), submission)
                .query((row, n) -> appeal(row))
                .optional();
    }

    /**
     * The appeals about the newest answers.
     *
     * @param author null for everybody's
     * @param before the number of the answer after the first one
     */
    List<AppealRow> appeals(Tx tx, ProjectId project, @Nullable PersonId author, int most, long before) {
        var person = author == null ? null : author.value();
        return tx.db()
                .sql("""
                        select submission, author, text, at from appeal
                        where project = :project and submission < :before
                          and (:author::uuid is null or author = :author::uuid)
                          and not exists (select 1 from submission s join deleted_task g on g.task = s.task
                                where s.id = appeal.submission)
                          and not exists (select 1 from deleted_answer y where y.submission = appeal.submission and y.undo is null)
                        order by submission desc limit :most""")
                .param("project", project.value())
                .param("before", before)
                .param("author", person)
                .param("most", most)
                .query((row, n) -> appeal(row))
                .list();
    }

    /** A person's refused answers that were neither appealed nor done again, the newest first. */
    List<Long> refusedOf(Tx tx, ProjectId project, PersonId author, int most, long before) {
        return tx.db()
                .sql("""
                        select s.id from submission s
                        where s.project = :project and s.annotator = :author and s.id < :before
                          and not exists (select 1 from deleted_task g where g.task = s.task)
                          and not exists (select 1 from deleted_answer y where y.submission = s.id and y.undo is null)
                          and exists (select 1 from review_decision d
                                where d.submission = s.id and d.decision in ('return', 'reject'))
                          and not exists (select 1 from appeal o where o.submission = s.id)
                          and not exists (select 1 from submission n
                                where n.task = s.task and n.annotator = s.annotator and n.round = s.round
                                  and n.revision > s.revision)
                        order by s.id desc limit :most""")
                .param("project", project.value())
                .param("author", author.value())
                .param("before", before)
                .param("most", most)
                .query(Long.class)
                .list();
    }

    /** What a person appealed against, in order, each with its project. */
    Map<AppealRow, ProjectId> appealsOf(Tx tx, PersonId author) {
        var found = new LinkedHashMap<AppealRow, ProjectId>();
        tx.db()
                .sql("select submission, author, text, at, project from appeal where author = ? and text is not null"
                        + " order by submission")
                .param(author.value())
                .query(row -> {
                    found.put(appeal(row), new ProjectId(row.getObject("project", UUID.class)));
                });
        return found;
    }

    private static AppealRow appeal(ResultSet row) throws SQLException {
        return new AppealRow(
                row.getLong("submission"),
                new PersonId(row.getObject("author", UUID.class)),
                row.getBytes("text"),
                instant(row, "at"));
    }

    /** The submissions that reviewers would not decide on, the newest first, or those before one; by the decision's number. */
    Map<Long, Long> escalated(Tx tx, ProjectId project, int most, long before) {
        var found = new LinkedHashMap<Long, Long>();
        tx.db().sql("""
                        select id, submission from review_decision
                        where project = ? and decision = 'escalate' and id < ?
                          and not exists (select 1 from submission s join deleted_task g on g.task = s.task
                                where s.id = review_decision.submission)
                          and not exists (select 1 from deleted_answer y where y.submission = review_decision.submission and y.undo is null)
                        order by id desc limit ?""").params(project.value(), before, most).query(row -> {
            found.put(row.getLong("id"), row.getLong("submission"));
        });
        return found;
    }
}
