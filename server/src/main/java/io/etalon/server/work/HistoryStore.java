package io.etalon.server.work;

import io.etalon.server.base.PersonId;
import io.etalon.server.base.ProjectId;
import io.etalon.server.base.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the tables tell of one task; and the table {@code restoration}. */
final class HistoryStore {
    /** Each row names who did it; which pseudonym that is, is not the tables' business. */
    record Row(Instant at, String kind, @Nullable PersonId person, Map<String, Object> facts) {
        @Nullable
        Long number(String name) {
            return facts.get(name) instanceof Number number ? number.longValue() : null;
        }

        @Nullable
        Integer count(String name) {
            return facts.get(name) instanceof Number number ? number.intValue() : null;
        }

        @Nullable
        String text(String name) {
            return facts.get(name) instanceof String text ? text : null;
        }

        byte @Nullable [] bytes(String name) {
            return facts.get(name) instanceof byte[] bytes ? bytes : null;
        }

        @Nullable
        Boolean flag(String name) {
            return facts.get(name) instanceof Boolean flag ? flag : null;
        }
    }

    /** The order of what happened at the same moment follows its course. */
    private static final String EVERYTHING = """
            select * from (
              select 0 as step, t.planned_at as at, 'planned' as kind, null::uuid as person, null::bigint as lease,
                null::bigint as submission, null::int as round, null::int as revision, null::int as ontology_version,
                null::int as guideline_version, null::int as active_seconds, null::text as reason, null::bigint as source,
                null::boolean as mended, t.id as number, null::bytea as note
              from task t where t.project = :project and t.id = :task
              union all
              select 4, l.granted_at, 'leased', l.person, l.id, l.submission, l.round, null, l.ontology_version,
                l.guideline_version, null, case when l.submission is null then 'annotate' else 'review' end, null, null, l.id, null
              from lease l where l.project = :project and l.task = :task and not l.gold
              union all
              select 1, e.at, 'lease_ended', l.person, l.id, l.submission, l.round, null, null, null, null,
                e.how || coalesce(': ' || e.reason, ''), null, null, l.id, e.note
              from lease l join lease_end e on e.lease = l.id
              where l.project = :project and l.task = :task and not l.gold
              union all
              select 1, s.submitted_at, 'submitted', s.annotator, s.lease, s.id, s.round, s.revision, s.ontology_version,
                s.guideline_version, s.active_seconds, null, null, null, s.id, null
              from submission s where s.project = :project and s.task = :task and not s.gold
              union all
              select 2, d.decided_at, 'decided', d.reviewer, d.lease, s.id, s.round, s.revision, l.ontology_version,
                l.guideline_version, null, d.decision, null, null, d.id, null
              from submission s join review_decision d on d.submission = s.id left join lease l on l.id = d.lease
              where s.project = :project and s.task = :task
              union all
              select 3, p.at, 'appealed', p.author, null, p.submission, null, null, null, null, null, null, null, null,
                p.submission, null
              from submission s join appeal p on p.submission = s.id where s.project = :project and s.task = :task
              union all
              select 3, m.at, 'merged', m.person, null, null, null, null, m.ontology_version, null, null, null, null, null,
                m.id, null
              from task_merge m where m.project = :project and m.task = :task
              union all
              select 3, u.at, 'merge_undone', u.person, null, null, null, null, null, null, null, null, null, null, m.id, null
              from task_merge m join task_merge_undo u on u.merge = m.id
              where m.project = :project and m.task = :task
              union all
              select 3, r.at, 'restored', r.person, null, r.submission, null, null, r.ontology_version, r.guideline_version,
                null, null, r.source, r.mended, r.id, null
              from restoration r where r.project = :project and r.task = :task
              union all
              select 3, n.at, 'answer_deleted', n.person, null, max(g.submission), s.round, max(s.revision), null, null, null,
                null, null, null, max(g.submission), null
              from deleted_answer g join deletion n on n.id = g.deletion join submission s on s.id = g.submission
              where g.project = :project and g.task = :task
              group by n.id, n.at, n.person, s.annotator, s.round
              union all
              select 3, g.restored_at, 'answer_restored', g.restored_by, null, max(g.submission), s.round, max(s.revision),
                null, null, null, null, null, null, max(g.submission), null
              from deleted_answer g join submission s on s.id = g.submission
              where g.project = :project and g.task = :task and g.undo is not null
              group by g.deletion, g.restored_at, g.restored_by, s.annotator, s.round
              union all
              select 3, e.at, 'changed', e.person, null, null, null, null, null, null, null, lower(e.event), null, null, e.id, null
              from task_event e where e.project = :project and e.task = :task
              union all
              select 3, n.at, 'answers_needed', null, null, null, null, null, null, null, null, n.answers::text, null, null,
                n.id, null
              from task_need n where n.project = :project and n.task = :task
              union all
              select 3, a.at, case a.act when 'priority' then 'prioritised' when 'batch' then 'moved' else 'assigned' end,
                a.person, null, null, null, null, null, null, null,
                case a.act when 'assign' then array_to_string(a.people, ' ') else a.value::text end, null, null, a.id, null
              from task_act a where a.project = :project and :task = any(a.tasks)) everything
            order by at, step, number""";

    private static final List<String> FACTS = List.of(
            "lease",
            "submission",
            "round",
            "revision",
            "ontology_version",
            "guideline_version",
            "active_seconds",
            "reason",
            "source",
            "mended",
            "note");

    List<Row> of(Tx tx, ProjectId project, long task) {
        return tx.db()
                .sql(EVERYTHING)
                .param("project", project.value())
                .param("task", task)
                .query((row, n) -> row(row))
                .list();
    }

    private static Row row(ResultSet row) throws SQLException {
        var facts = new HashMap<String, Object>();
        for (var name : FACTS) {
            var value = row.getObject(name);
            if (value != null) {
                facts.put(name, value);
            }
        }
        var person = row.getObject("person", UUID.class);
        return new Row(
                row.getObject("at", OffsetDateTime.class).toInstant(),
                row.getString("kind"),
                person == null ? null : new PersonId(person),
                facts);
    }

    /** What is put in the place of a submission's answer. */
    record NewRestoration(
            long task,
            long submission,
            long source,
            boolean mended,
            int ontologyVersion,
            int guidelineVersion,
            SubmissionStore.Stored answer,
            PersonId person) {}

    long restore(Tx tx, ProjectId project, NewRestoration made) {
        return tx.db()
                .sql("""
                        insert into restoration (project, task, submission, source, mended, lease, ontology_version,
                          guideline_version, answer, texts, person)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?) returning id""")
                .param(project.value())
                .param(made.task())
                .param(made.submission())
                .param(made.source())
                .param(made.mended())
                .param(made.answer().lease())
                .param(made.ontologyVersion())
                .param(made.guidelineVersion())
                .param(made.answer().json())
                .param(made.answer().texts())
                .param(made.person().value())
                .query(Long.class)
                .single();
    }

    /** An answer in effect again. */
    record Restoration(
            long submission, int ontologyVersion, int guidelineVersion, SubmissionStore.Stored answer, Instant at) {}

    /** A project's restorations by the submissions that they stand in the place of; of each the newest. */
    Map<Long, Restoration> restored(Tx tx, ProjectId project) {
        return restored(tx, "project = ?", project.value());
    }

    /** Those of one task. */
    Map<Long, Restoration> restored(Tx tx, ProjectId project, long task) {
        return restored(tx, "project = ? and task = ?", project.value(), task);
    }

    private static Map<Long, Restoration> restored(Tx tx, String which, Object... parameters) {
        var restored = new HashMap<Long, Restoration>();
        tx.db().sql("""
                        select submission, ontology_version, guideline_version, lease, answer::text as answer, texts, at
                        from restoration where %s order by id""".formatted(which)).params(parameters).query(row -> {
            restored.put(
                    row.getLong("submission"),
                    new Restoration(
                            row.getLong("submission"),
                            row.getInt("ontology_version"),
                            row.getInt("guideline_version"),
                            new SubmissionStore.Stored(
                                    row.getLong("lease"), row.getString("answer"), row.getBytes("texts")),
                            row.getObject("at", OffsetDateTime.class).toInstant()));
        });
        return restored;
    }
}
