package io.etalon.server.gold;

import io.etalon.server.base.PersonId;
import io.etalon.server.base.ProjectId;
import io.etalon.server.base.Tx;
import io.etalon.server.work.gold.GoldCourse;
import io.etalon.server.work.gold.GoldItem;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The tables {@code gold}, {@code gold_retired}, {@code gold_policy} and {@code gold_result}. */
final class GoldStore {
    /** Gold on its way in; what is sealed is bound to the task. */
    record NewGold(
            long task,
            String category,
            int difficulty,
            int ontologyVersion,
            byte[] answer,
            byte @Nullable [] feedback,
            @Nullable Long fromSubmission) {}

    /** Gold as the table keeps it, with how often it was shown, answered and answered right. */
    record Row(
            GoldItem item,
            int ontologyVersion,
            byte[] answer,
            byte @Nullable [] feedback,
            @Nullable Long fromSubmission,
            Instant at,
            @Nullable String retired,
            int shown,
            int answered,
            int right) {}

    /** An answer that a reviewer accepted or mended, or one to gold that nobody has compared yet. */
    record Stored(long submission, long lease, int ontologyVersion, String json, byte @Nullable [] texts) {}

    /** An answer to gold that was not compared yet. */
    record Unjudged(Stored answer, long gold, int attempt) {}

    /** How an answer to gold compares. */
    record Result(long submission, PersonId person, long gold, int attempt, boolean right, double score, Instant at) {}

    /** A version of the policy. */
    record PolicyRow(int version, String body, Instant at) {}

    private static final String COLUMNS = """
            select g.id, g.task, g.category, g.difficulty, g.ontology_version, g.answer, g.feedback, g.from_submission, g.at,
              r.reason as retired,
              (select count(*)::int from gold_serving v where v.project = g.project and v.gold = g.id) as shown,
              (select count(*)::int from gold_result o where o.project = g.project and o.gold = g.id) as answered,
              (select count(*)::int from gold_result o where o.project = g.project and o.gold = g.id and o.is_right) as rights
            from gold g left join gold_retired r on r.gold = g.id
            """;

    /** One writer a project at a time: what is looked up stays true until the commit. */
    void lock(Tx tx, ProjectId project) {
        tx.db()
                .sql("select pg_advisory_xact_lock(hashtextextended(?, 57))::text")
                .param(project.toString())
                .query(String.class)
                .single();
    }

    long add(Tx tx, ProjectId project, NewGold gold, PersonId by) {
        return tx.db()
                .sql("""
                        insert into gold (project, task, category, difficulty, ontology_version, answer, feedback,
                          from_submission, added_by)
                        values (:project, :task, :category, :difficulty, :version, :answer, :feedback, :from, :by)
                        returning id""")
                .param("project", project.value())
                .param("task", gold.task())
                .param("category", gold.category())
                .param("difficulty", gold.difficulty())
                .param("version", gold.ontologyVersion())
                .param("answer", gold.answer())
                .param("feedback", gold.feedback(), Types.BINARY)
                .param("from", gold.fromSubmission(), Types.BIGINT)
                .param("by", by.value())
                .query(Long.class)
                .single();
    }

    /** Whether a task is gold that is not retired. */
    boolean isGold(Tx tx, ProjectId project, long task) {
        return tx.db()
                .sql("""
                        select exists (select 1 from gold g where g.project = ? and g.task = ?
                          and not exists (select 1 from gold_retired r where r.gold = g.id))""")
                .params(project.value(), task)
                .query(Boolean.class)
                .single();
    }

    /** What is not retired. */
    List<GoldItem> items(Tx tx, ProjectId project) {
        return tx.db()
                .sql("""
                        select id, task, category, difficulty from gold g where project = ?
                          and not exists (select 1 from gold_retired r where r.gold = g.id) order by id""")
                .param(project.value())
                .query((row, n) -> item(row))
                .list();
    }

    List<Row> list(Tx tx, ProjectId project, long after, int limit) {
        return tx.db()
                .sql(COLUMNS + "where g.project = ? and g.id > ? order by g.id limit ?")
                .params(project.value(), after, limit)
                .query((row, n) -> row(row))
                .list();
    }

    Optional<Row> find(Tx tx, ProjectId project, long id) {
        return tx.db()
                .sql(COLUMNS + "where g.project = ? and g.id = ?")
                .params(project.value(), id)
                .query((row, n) -> row(row))
                .optional();
    }

    private static GoldItem item(ResultSet row) throws SQLException {
        return new GoldItem(
                row.getLong("id"), row.getLong("task"), row.getString("category"), row.getInt("difficulty"));
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                item(row),
                row.getInt("ontology_version"),
                row.getBytes("answer"),
                row.getBytes("feedback"),
                row.getObject("from_submission", Long.class),
                instant(row, "at"),
                row.getString("retired"),
                row.getInt("shown"),
                row.getInt("answered"),
                row.getInt("rights"));
    }

    void retire(Tx tx, ProjectId project, long gold, String reason, PersonId by) {
        tx.db()
                .sql("insert into gold_retired (gold, project, reason, by) values (?, ?, ?, ?)")
                .params(gold, project.value(), reason, by.value())
                .update();
    }

    /** The asset of a task, if the project has the task. */
    Optional<UUID> asset(Tx tx, ProjectId project, long task) {
        return tx.db().sql("""
                        select asset from task t where project = ? and id = ?
                          and not exists (select 1 from deleted_task g where g.task = t.id)""").params(project.value(), task).query(UUID.class).optional();
    }

    /** The newest answer to a task that passed its review, as it is in effect. */
    Optional<Stored> reviewed(Tx tx, ProjectId project, long task) {
        return tx.db()
                .sql("""
                        select s.id, coalesce(f.lease, s.lease) as lease, s.ontology_version,
                          coalesce(f.answer, s.answer)::text as answer,
                          case when f.lease is null then s.texts else f.texts end as texts
                        from submission s
                        cross join lateral (
                          select id, decision, stage, decided_at from review_decision where submission = s.id
                          order by stage desc, seat limit 1) d
                        left join lateral (
                          select lease, answer, texts from review_decision where submission = s.id and decision = 'fix'
                          order by stage desc, seat limit 1) f on d.decision <> 'uphold'
                        where s.project = ? and s.task = ? and not s.gold
                          and not exists (select 1 from deleted_answer y where y.submission = s.id and y.undo is null)
                          and (d.decision in ('accept', 'fix') and s.route >> d.stage = 0 or d.decision = 'uphold')
                        order by d.decided_at desc, d.id desc limit 1""")
                .params(project.value(), task)
                .query((row, n) -> stored(row))
                .optional();
    }

    private static Stored stored(ResultSet row) throws SQLException {
        return new Stored(
                row.getLong("id"),
                row.getLong("lease"),
                row.getInt("ontology_version"),
                row.getString("answer"),
                row.getBytes("texts"));
    }

    Optional<PolicyRow> policy(Tx tx, ProjectId project) {
        return tx.db()
                .sql("""
                        select version, body::text as body, at from gold_policy where project = ?
                        order by version desc limit 1""")
                .param(project.value())
                .query((row, n) -> new PolicyRow(row.getInt("version"), row.getString("body"), instant(row, "at")))
                .optional();
    }

    void addPolicy(Tx tx, ProjectId project, int version, String body, PersonId by) {
        tx.db()
                .sql("insert into gold_policy (project, version, body, by) values (?, ?, ?::jsonb, ?)")
                .params(project.value(), version, body, by.value())
                .update();
    }

    /** A person's answers to gold that were not compared yet, oldest first. */
    List<Unjudged> unjudged(Tx tx, ProjectId project, PersonId person) {
        return tx.db()
                .sql("""
                        select s.id, s.lease, s.ontology_version, s.answer::text as answer, s.texts, v.gold, v.attempt
                        from gold_serving v join submission s on s.task = v.task and s.annotator = v.person and s.gold
                        where v.project = ? and v.person = ?
                          and not exists (select 1 from gold_result r where r.submission = s.id)
                        order by s.id""")
                .params(project.value(), person.value())
                .query((row, n) -> new Unjudged(stored(row), row.getLong("gold"), row.getInt("attempt")))
                .list();
    }

    /** Who has answers that were not compared: a server that was killed may leave some. */
    List<PersonId> behind(Tx tx, ProjectId project) {
        return tx.db()
                .sql("""
                        select distinct v.person
                        from gold_serving v join submission s on s.task = v.task and s.annotator = v.person and s.gold
                        where v.project = ? and not exists (select 1 from gold_result r where r.submission = s.id)""")
                .param(project.value())
                .query((row, n) -> new PersonId(row.getObject(1, UUID.class)))
                .list();
    }

    void addResult(Tx tx, ProjectId project, PersonId person, Unjudged answer, Verdict verdict) {
        tx.db()
                .sql("""
                        insert into gold_result (submission, project, person, gold, attempt, is_right, score)
                        values (?, ?, ?, ?, ?, ?, ?)""")
                .params(
                        answer.answer().submission(),
                        project.value(),
                        person.value(),
                        answer.gold(),
                        answer.attempt(),
                        verdict.right(),
                        verdict.score())
                .update();
    }

    /** Results on gold that is not retired, each person's in the order of the answers. */
    List<Result> results(Tx tx, ProjectId project, @Nullable PersonId person) {
        return tx.db()
                .sql("""
                        select r.* from gold_result r
                        where r.project = :project and (:person::uuid is null or r.person = :person::uuid)
                          and not exists (select 1 from gold_retired x where x.gold = r.gold)
                        order by r.person, r.submission""")
                .param("project", project.value())
                .param("person", person == null ? null : person.value(), Types.OTHER)
                .query((row, n) -> new Result(
                        row.getLong("submission"),
                        new PersonId(row.getObject("person", UUID.class)),
                        row.getLong("gold"),
                        row.getInt("attempt"),
                        row.getBoolean("is_right"),
                        row.getDouble("score"),
                        instant(row, "at")))
                .list();
    }

    /** A person's tries at entry exams; the one that was passed is told by the qualification's evidence. */
    List<Exams.Taken> exams(Tx tx, PersonId person) {
        return tx.db()
                .sql("""
                        select r.project, r.attempt, count(*) as answers, count(*) filter (where r.is_right) as right,
                          max(r.at) as last_at,
                          case when exists (select from qualification q where q.person = r.person and q.act = 'grant'
                                and q.evidence ->> 'exam' = r.project::text
                                and q.evidence ->> 'attempt' = r.attempt::text) then 'passed'
                            when (select count(*) from work_pause p where p.project = r.project
                                and p.person = r.person and p.reason = 'exam') >= r.attempt then 'failed'
                            else 'open' end as outcome
                        from gold_result r where r.person = :person and r.attempt <> :work
                        group by r.project, r.attempt, r.person order by r.project, r.attempt""")
                .param("person", person.value())
                .param("work", GoldCourse.AT_WORK)
                .query((row, n) -> new Exams.Taken(
                        row.getObject("project", UUID.class),
                        row.getInt("attempt"),
                        row.getInt("answers"),
                        row.getInt("right"),
                        row.getString("outcome"),
                        instant(row, "last_at")))
                .list();
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
