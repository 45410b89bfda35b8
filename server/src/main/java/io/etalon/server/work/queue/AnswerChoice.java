package io.etalon.server.work.queue;

import io.etalon.server.access.Checks;
import io.etalon.server.base.ProjectId;
import io.etalon.server.base.Tx;
import io.etalon.server.work.engine.AnswerActs;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the answers of a filter, as a requester states it, and what stands on them. Stateless. */
final class AnswerChoice {
    private static final int MOST_NAMED = 10_000;
    private static final int MOST = 20_000;

    /**
     * What the engine is to look at.
     *
     * @throws io.etalon.server.base.EtalonException invalid, with the member's place
     */
    AnswerActs.Choice of(ProjectId project, DeletionBodies.AnswerFilter asked) {
        if (asked.ids() == null
                && asked.tasks() == null
                && asked.person() == null
                && asked.batch() == null
                && asked.from() == null
                && asked.to() == null) {
            throw Checks.fault("/answers", "must say which: ids, tasks, person, batch, from or to");
        }
        numbers(asked.ids(), "/answers/ids");
        numbers(asked.tasks(), "/answers/tasks");
        moment(asked.from(), "/answers/from");
        moment(asked.to(), "/answers/to");
        return new AnswerActs.Choice(tx -> find(tx, project, asked), asked.batch());
    }

    private static void numbers(@Nullable List<Long> named, String place) {
        if (named != null && named.size() > MOST_NAMED) {
            throw Checks.fault(place, "may name " + MOST_NAMED + " at most");
        }
        for (var i = 0; named != null && i < named.size(); i++) {
            Checks.required(named.get(i), place + "/" + i);
        }
    }

    private static void moment(@Nullable Instant moment, String place) {
        if (moment != null
                && (moment.isBefore(Instant.EPOCH) || moment.isAfter(Instant.parse("9999-01-01T00:00:00Z")))) {
            throw Checks.fault(place, "must be a moment between the years 1970 and 9999");
        }
    }

    private static List<Long> find(Tx tx, ProjectId project, DeletionBodies.AnswerFilter asked) throws SQLException {
        var sql = new StringBuilder("select s.id from submission s where s.project = ? and not s.gold");
        var values = new ArrayList<Object>(List.of(project.value()));
        if (asked.ids() != null) {
            sql.append(" and s.id = any(?)");
            values.add(tx.connection().createArrayOf("bigint", asked.ids().toArray()));
        }
        if (asked.tasks() != null) {
            sql.append(" and s.task = any(?)");
            values.add(tx.connection().createArrayOf("bigint", asked.tasks().toArray()));
        }
        if (asked.person() != null) {
            sql.append(" and s.annotator = ?");
            values.add(asked.person());
        }
        if (asked.from() != null) {
            sql.append(" and s.submitted_at >= ?");
            values.add(asked.from().atOffset(ZoneOffset.UTC));
        }
        if (asked.to() != null) {
            sql.append(" and s.submitted_at < ?");
            values.add(asked.to().atOffset(ZoneOffset.UTC));
        }
        sql.append(" and not exists (select 1 from deleted_answer y where y.submission = s.id and y.undo is null)")
                .append(" and not exists (select 1 from deleted_task g where g.task = s.task) limit ?");
        values.add(MOST + 1);
        var found = tx.db().sql(sql.toString()).params(values).query(Long.class).list();
        if (found.size() > MOST) {
            throw Checks.fault("/answers", "finds more than " + MOST + " answers; delete them in parts");
        }
        return found;
    }

    /** How many of some tasks people are or were measured by. */
    long gold(Tx tx, List<Long> tasks) throws SQLException {
        return count(tx, "select count(distinct task) from gold where task = any(?)", tasks);
    }

    /** Of how many of some tasks one answer was made, or is being made, of several. */
    long merged(Tx tx, List<Long> tasks) throws SQLException {
        return count(tx, """
                select count(distinct t) from unnest(?) t where exists (
                    select 1 from task_merge m where m.task = t
                      and not exists (select 1 from task_merge_undo u where u.merge = m.id))
                  or exists (select 1 from adjudication a where a.task = t and a.ended is null and a.deadline > now())""", tasks);
    }

    private static long count(Tx tx, String sql, List<Long> numbers) throws SQLException {
        return tx.db()
                .sql(sql)
                .param(tx.connection().createArrayOf("bigint", numbers.toArray()))
                .query(Long.class)
                .single();
    }

    /** The finished releases that were begun after the first of some submissions. */
    List<Integer> releases(Tx tx, ProjectId project, List<Long> submissions) throws SQLException {
        return tx.db()
                .sql("""
                        select number from release where project = ? and state = 'ready'
                          and created_at >= (select min(submitted_at) from submission where id = any(?))
                        order by number""")
                .params(project.value(), tx.connection().createArrayOf("bigint", submissions.toArray()))
                .query(Integer.class)
                .list();
    }
}
