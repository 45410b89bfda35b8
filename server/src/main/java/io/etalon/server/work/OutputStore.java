package io.etalon.server.work;

import io.etalon.server.base.PersonId;
import io.etalon.server.base.ProjectId;
import io.etalon.server.base.Tx;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Sums over the tables {@code submission}, {@code lease} and {@code review_decision}, by person and day. */
final class OutputStore {
    List<Output> outputs(Tx tx, ProjectId project) {
        return tx.db()
                .sql("""
                        select s.annotator, (s.submitted_at at time zone 'UTC')::date as day,
                          count(*) filter (where s.revision = 1) as answers,
                          count(*) filter (where s.revision > 1) as revisions,
                          coalesce(sum(case when jsonb_typeof(s.answer -> 'shapes') = 'array'
                            then jsonb_array_length(s.answer -> 'shapes') end), 0) as items,
                          sum(s.active_seconds) as active,
                          coalesce(sum(extract(epoch from s.submitted_at - l.granted_at)) filter (where s.revision = 1), 0)::bigint
                            as held,
                          coalesce(sum(extract(epoch from s.submitted_at - t.planned_at)) filter (where s.revision = 1), 0)::bigint
                            as waited,
                          count(d.decision) as decided,
                          count(*) filter (where d.decision = 'fix') as fixed,
                          count(*) filter (where d.decision in ('return', 'reject', 'dismiss')) as refused
                        from submission s
                        join task t on t.id = s.task
                        join lease l on l.id = s.lease
                        left join lateral (
                          select decision from review_decision where submission = s.id
                          order by stage desc, seat limit 1) d on true
                        where s.project = ? and not s.gold
                          and not exists (select 1 from deleted_task g where g.task = s.task)
                          and not exists (select 1 from deleted_answer y where y.submission = s.id and y.undo is null)
                        group by 1, 2 order by 1, 2""")
                .param(project.value())
                .query((row, n) -> new Output(
                        new PersonId(row.getObject("annotator", UUID.class)),
                        row.getObject("day", LocalDate.class),
                        row.getLong("answers"),
                        row.getLong("revisions"),
                        row.getLong("items"),
                        row.getLong("active"),
                        row.getLong("held"),
                        row.getLong("waited"),
                        row.getLong("decided"),
                        row.getLong("fixed"),
                        row.getLong("refused")))
                .list();
    }

    /** How many new answers each person has given since a moment. */
    Map<PersonId, Long> since(Tx tx, ProjectId project, Instant from) {
        var counts = new HashMap<PersonId, Long>();
        tx.db().sql("""
                        select annotator, count(*) as answers from submission
                        where project = ? and submitted_at > ? and revision = 1 and not gold group by annotator""").params(project.value(), from.atOffset(ZoneOffset.UTC)).query(row -> {
            counts.put(new PersonId(row.getObject("annotator", UUID.class)), row.getLong("answers"));
        });
        return counts;
    }
}
