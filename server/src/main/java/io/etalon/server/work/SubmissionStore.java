package io.etalon.server.work;

import io.etalon.server.base.PersonId;
import io.etalon.server.base.ProjectId;
import io.etalon.server.base.Tx;
import io.etalon.server.work.engine.Decision;
import io.etalon.server.work.engine.Dispatcher;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Reads the tables {@code submission} and {@code review_decision}; reads and writes {@code draft}. */
final class SubmissionStore {
    /** An answer as the tables keep it. */
    record Stored(long lease, String json, byte @Nullable [] texts) {}

    /** A reviewer's decision; the answer is there for a fix. */
    record DecisionRow(
            Decision decision,
            PersonId reviewer,
            @Nullable Stored answer,
            byte @Nullable [] comments,
            Instant decidedAt) {}

    /** A submission with the decision on it, if there is one. */
    record Row(
            long id,
            long task,
            PersonId annotator,
            int round,
            int revision,
            int ontologyVersion,
            int guidelineVersion,
            int activeSeconds,
            boolean sampled,
            Stored answer,
            Instant submittedAt,
            @Nullable DecisionRow decision) {

        /** Whether both are revisions of one person's answer to one task in one round. */
        boolean sameSlot(Row other) {
            return task == other.task && round == other.round && annotator.equals(other.annotator);
        }

        /** The state's name in the API. */
        String state() {
            if (decision == null) {
                return sampled ? "in_review" : "submitted";
            }
            return switch (decision.decision()) {
                case ACCEPT -> "accepted";
                case FIX -> "fixed";
                case RETURN -> "returned";
            };
        }
    }

    /** A lease that has ended, as far as a late answer needs it. */
    record PastLease(long task, int ontologyVersion) {}

    /** Unfinished work on its way in. */
    record NewDraft(byte[] sealed, int activeSeconds) {}

    /** Unfinished work as it was last saved. */
    record Draft(byte[] sealed, Instant savedAt) {}

    private static final String COLUMNS = """
            select s.id, s.task, s.annotator, s.round, s.revision, s.ontology_version, s.guideline_version,
              s.active_seconds, s.sampled, s.gold, s.lease, s.answer::text as answer, s.texts, s.submitted_at,
              d.decision, d.reviewer, d.lease as d_lease, d.answer::text as d_answer, d.texts as d_texts, d.comments,
              d.decided_at
            from submission s left join review_decision d on d.submission = s.id
            """;

    /** All submissions of a task, each slot's revisions in their order. */
    List<Row> ofTask(Tx tx, ProjectId project, long task) {
        return tx.db()
                .sql(COLUMNS + "where s.project = ? and s.task = ? and not s.gold order by s.submitted_at, s.id")
                .params(project.value(), task)
                .query((row, n) -> read(row))
                .list();
    }

    Optional<Row> find(Tx tx, ProjectId project, long id) {
        return tx.db()
                .sql(COLUMNS + "where s.project = ? and s.id = ?")
                .params(project.value(), id)
                .query((row, n) -> read(row))
                .optional();
    }

    /** Reads every submission of tasks that are not withdrawn, revision after revision of each slot, as a stream. */
    void each(Tx tx, ProjectId project, BiConsumer<UUID, Row> reader) throws SQLException {
        var sql = "select t.asset, x.* from task t join (" + COLUMNS + """
                ) x on x.task = t.id
                where t.project = ? and not x.gold
                  and not exists (select 1 from task_event e where e.task = x.task and e.event = 'CANCEL')
                order by x.task, x.annotator, x.round, x.revision""";
        try (var statement = tx.connection().prepareStatement(sql)) {
            statement.setFetchSize(1_000);
            statement.setObject(1, project.value());
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    reader.accept(rows.getObject("asset", UUID.class), read(rows));
                }
            }
        }
    }

    static Row read(ResultSet row) throws SQLException {
        var decision = row.getString("decision");
        return new Row(
                row.getLong("id"),
                row.getLong("task"),
                new PersonId(row.getObject("annotator", UUID.class)),
                row.getInt("round"),
                row.getInt("revision"),
                row.getInt("ontology_version"),
                row.getInt("guideline_version"),
                row.getInt("active_seconds"),
                row.getBoolean("sampled"),
                new Stored(row.getLong("lease"), row.getString("answer"), row.getBytes("texts")),
                instant(row, "submitted_at"),
                decision == null ? null : decision(row, Decision.ofKey(decision)));
    }

    private static DecisionRow decision(ResultSet row, Decision decision) throws SQLException {
        var answer = row.getString("d_answer");
        return new DecisionRow(
                decision,
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
                        select task, ontology_version from lease
                        where id = ? and token = ? and person = ? and project = ? and submission is null""")
                .params(ticket.lease(), ticket.token(), person.value(), project.value())
                .query((row, n) -> new PastLease(row.getLong("task"), row.getInt("ontology_version")))
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
}
