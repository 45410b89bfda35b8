package io.etalon.server.pay;

import io.etalon.server.base.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

/** Reads what was done from the tables of work, by the numbers that events tell. */
final class WorkReading {
    /** Rows of one project by their numbers, both ends included. */
    record Range(UUID project, long first, long last) {}

    /** For whom somebody worked at a moment: as noted then, or first noted. */
    private static final String WORKFORCE = """
            coalesce(
              (select p.workforce from party p where p.person = %1$s and p.since <= %2$s order by p.since desc limit 1),
              (select p.workforce from party p where p.person = %1$s order by p.since limit 1))""";

    private static final String RANGES = "from unnest(?::uuid[], ?::bigint[], ?::bigint[]) r (project, first, last)";

    private static final String ANSWERS = """
            select s.id, s.project, s.annotator as person, %s as workforce, l.granted_at as begun, s.submitted_at as done,
              s.revision,
              case when jsonb_typeof(s.answer -> 'shapes') = 'array' then jsonb_array_length(s.answer -> 'shapes') else 0 end
                as items,
              least(s.active_seconds, ceil(extract(epoch from s.submitted_at - l.granted_at)))::bigint as seconds,
              s.gold and exists (
                select from gold_serving g
                where g.project = s.project and g.person = s.annotator and g.task = s.task and g.attempt > 0) as exam,
              coalesce(b.deadline < s.submitted_at, false) as late
            %s
            cross join lateral (
              select * from submission s
              where s.id between r.first and r.last and s.project is not distinct from r.project offset 0) s
            join lease l on l.id = s.lease
            left join lateral (
              select b.deadline from batch b
              where b.project = s.project and b.deadline is not null and b.number = coalesce(
                (select a.value from task_act a
                 where a.project = s.project and a.act = 'batch' and a.at <= s.submitted_at and s.task = any (a.tasks)
                 order by a.id desc limit 1),
                (select t.batch from task t where t.id = s.task))) b on true
            order by s.id""".formatted(WORKFORCE.formatted("s.annotator", "s.submitted_at"), RANGES);

    private static final String ENDED = """
            select a.lease as id, a.project, a.person, %s as workforce, l.granted_at as begun, a.at as done, a.items,
              least(a.active_seconds, ceil(extract(epoch from a.at - l.granted_at)))::bigint as seconds
            %s
            join late_answer a on a.lease between r.first and r.last and a.project = r.project
            join lease l on l.id = a.lease
            order by a.lease""".formatted(WORKFORCE.formatted("a.person", "a.at"), RANGES);

    private static final String DECISIONS = """
            select d.id, d.project, d.reviewer as person, %s as workforce, l.granted_at as begun, d.decided_at as done,
              d.submission, d.decision
            %s
            cross join lateral (
              select * from review_decision d
              where d.id between r.first and r.last and d.project is not distinct from r.project offset 0) d
            join lease l on l.id = d.lease
            order by d.id""".formatted(WORKFORCE.formatted("d.reviewer", "d.decided_at"), RANGES);

    /** In the order of their numbers. */
    List<Work.Answer> answers(Tx tx, List<Range> ranges) throws SQLException {
        return read(tx, ANSWERS, ranges, WorkReading::answer);
    }

    /** In the order of their leases. */
    List<Work.Ended> ended(Tx tx, List<Range> ranges) throws SQLException {
        return read(tx, ENDED, ranges, WorkReading::ended);
    }

    /** In the order in which they were made. */
    List<Work.Decision> decisions(Tx tx, List<Range> ranges) throws SQLException {
        return read(tx, DECISIONS, ranges, WorkReading::decision);
    }

    /** Submissions of a project that the ledger does not know, after a number. */
    List<Range> answersLeft(Tx tx, UUID project, long after, int most) {
        return left(tx, """
                select s.id from submission s where s.project = ? and s.id > ? and not exists (
                  select from pay_entry e where e.kind in ('answer', 'exam') and e.source = s.id)
                order by s.id limit ?""", project, after, most);
    }

    /** The same of decisions. */
    List<Range> decisionsLeft(Tx tx, UUID project, long after, int most) {
        return left(tx, """
                select d.id from review_decision d where d.project = ? and d.id > ? and not exists (
                  select from pay_entry e where e.kind = 'review' and e.source = d.id)
                order by d.id limit ?""", project, after, most);
    }

    /** The same of answers whose lease had ended; one that became an answer after all is paid as that. */
    List<Range> endedLeft(Tx tx, UUID project, long after, int most) {
        return left(tx, """
                select a.lease from late_answer a where a.project = ? and a.lease > ?
                  and not exists (select from pay_entry e where e.kind = 'ended' and e.source = a.lease)
                  and not exists (select from submission s where s.task = a.task and s.annotator = a.person)
                order by a.lease limit ?""", project, after, most);
    }

    private static List<Range> left(Tx tx, String sql, UUID project, long after, int most) {
        return tx.db()
                .sql(sql)
                .params(project, after, most)
                .query((row, n) -> new Range(project, row.getLong(1), row.getLong(1)))
                .list();
    }

    private interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    private static <T> List<T> read(Tx tx, String sql, List<Range> ranges, Reader<T> reader) throws SQLException {
        if (ranges.isEmpty()) {
            return List.of();
        }
        var connection = tx.connection();
        return tx.db()
                .sql(sql)
                .param(connection.createArrayOf(
                        "uuid", ranges.stream().map(Range::project).toArray()))
                .param(connection.createArrayOf(
                        "bigint", ranges.stream().map(Range::first).toArray()))
                .param(connection.createArrayOf(
                        "bigint", ranges.stream().map(Range::last).toArray()))
                .query((row, n) -> reader.read(row))
                .list();
    }

    private static Work.Answer answer(ResultSet row) throws SQLException {
        return new Work.Answer(
                row.getLong("id"),
                row.getObject("project", UUID.class),
                row.getObject("person", UUID.class),
                row.getObject("workforce", UUID.class),
                instant(row, "begun"),
                instant(row, "done"),
                row.getInt("revision"),
                row.getLong("items"),
                row.getLong("seconds"),
                row.getBoolean("exam"),
                row.getBoolean("late"));
    }

    private static Work.Ended ended(ResultSet row) throws SQLException {
        return new Work.Ended(
                row.getLong("id"),
                row.getObject("project", UUID.class),
                row.getObject("person", UUID.class),
                row.getObject("workforce", UUID.class),
                instant(row, "begun"),
                instant(row, "done"),
                row.getLong("items"),
                row.getLong("seconds"));
    }

    private static Work.Decision decision(ResultSet row) throws SQLException {
        return new Work.Decision(
                row.getLong("id"),
                row.getObject("project", UUID.class),
                row.getObject("person", UUID.class),
                row.getObject("workforce", UUID.class),
                instant(row, "begun"),
                instant(row, "done"),
                row.getLong("submission"),
                row.getString("decision"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
