package io.etalon.server.work.queue;

import io.etalon.server.base.PersonId;
import io.etalon.server.base.ProjectId;
import io.etalon.server.base.Tx;
import io.etalon.server.work.engine.Tally;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.ObjectMapper;

/** The cell's table {@code deletion}; the tasks of each stand in the engine's {@code deleted_task}. */
final class DeletionStore {
    private static final String COLUMNS = """
            select id, filter::text as filter, tasks, answers, decisions, person, at, at + interval '30 days' as purge_at,
              undone_at, undone_by, purged_at from deletion
            """;

    private final ObjectMapper json;

    DeletionStore(ObjectMapper json) {
        this.json = json;
    }

    /** A number for a deletion that is to be written. */
    long number(Tx tx) {
        return tx.db()
                .sql("select nextval(pg_get_serial_sequence('deletion', 'id'))")
                .query(Long.class)
                .single();
    }

    void add(Tx tx, ProjectId project, long number, QueueBodies.TaskFilter filter, Tally tally, PersonId by) {
        tx.db()
                .sql("""
                        insert into deletion (id, project, filter, tasks, answers, decisions, person)
                        values (?, ?, ?::jsonb, ?, ?, ?, ?)""")
                .params(
                        number,
                        project.value(),
                        json.writeValueAsString(filter),
                        tally.tasks(),
                        tally.answers(),
                        tally.decisions(),
                        by.value())
                .update();
    }

    /** Notes how many submissions of the tasks bear each label; those that are written later are not counted. */
    void countLabels(Tx tx, long number) {
        tx.db().sql("""
                        update deletion set labels = coalesce((
                          select jsonb_object_agg(label, submissions) from (
                            select l.label, count(*) as submissions
                            from deleted_task x join submission s on s.task = x.task
                            cross join lateral (
                              select distinct shape->>'label' as label
                              from jsonb_array_elements(s.answer->'shapes') shape) l
                            where x.deletion = :number group by l.label) counted), '{}')
                        where id = :number""").param("number", number).update();
    }

    /** How many of the tasks people were measured by. */
    long gold(Tx tx, long number) {
        return tx.db()
                .sql(
                        "select count(distinct x.task) from deleted_task x join gold g on g.task = x.task where x.deletion = ?")
                .param(number)
                .query(Long.class)
                .single();
    }

    /** How many of the tasks somebody is making one answer of. */
    long adjudicated(Tx tx, long number) {
        return tx.db().sql("""
                        select count(*) from deleted_task x join adjudication a on a.task = x.task
                        where x.deletion = ? and a.ended is null and a.deadline > now()""").param(number).query(Long.class).single();
    }

    /** Marks a deletion as undone; false when it is so already, or its time is over by the database's clock. */
    boolean undo(Tx tx, ProjectId project, long number, PersonId by) {
        return tx.db().sql("""
                                update deletion set undone_at = now(), undone_by = ?
                                where id = ? and project = ? and undone_at is null and purged_at is null
                                  and at > now() - interval '30 days'""").params(by.value(), number, project.value()).update() == 1;
    }

    Optional<QueueBodies.DeletionBody> find(Tx tx, ProjectId project, long number) {
        return tx.db()
                .sql(COLUMNS + "where project = ? and id = ?")
                .params(project.value(), number)
                .query((row, n) -> body(row))
                .optional();
    }

    /** A project's deletions, the newest first, or those before one. */
    List<QueueBodies.DeletionBody> list(Tx tx, ProjectId project, int most, long before) {
        return tx.db()
                .sql(COLUMNS + "where project = ? and id < ? order by id desc limit ?")
                .params(project.value(), before, most)
                .query((row, n) -> body(row))
                .list();
    }

    /** A deletion whose time is over. */
    record Doomed(long number, ProjectId project) {}

    List<Doomed> over(Tx tx) {
        return tx.db()
                .sql("""
                        select id, project from deletion
                        where undone_at is null and purged_at is null and at <= now() - interval '30 days' order by id""")
                .query((row, n) -> new Doomed(row.getLong("id"), new ProjectId(row.getObject("project", UUID.class))))
                .list();
    }

    /** Removes for good what a deletion took away, if its time is over; returns how many tasks. */
    long purge(Tx tx, long number) {
        return tx.db()
                .sql("select purge_deletion(?)")
                .param(number)
                .query(Long.class)
                .single();
    }

    private QueueBodies.DeletionBody body(ResultSet row) throws SQLException {
        return new QueueBodies.DeletionBody(
                row.getLong("id"),
                json.readValue(row.getString("filter"), QueueBodies.TaskFilter.class),
                row.getInt("tasks"),
                row.getLong("answers"),
                row.getLong("decisions"),
                row.getObject("person", UUID.class),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                row.getObject("purge_at", OffsetDateTime.class).toInstant(),
                instant(row, "undone_at"),
                row.getObject("undone_by", UUID.class),
                instant(row, "purged_at"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }
}
