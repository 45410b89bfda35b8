package io.etalon.server.work.queue;

import io.etalon.server.base.PersonId;
import io.etalon.server.base.ProjectId;
import io.etalon.server.base.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.ObjectMapper;

/**
 * The cell's table {@code deletion}; the tasks of each stand in the engine's {@code deleted_task}, its assets in {@code
 * deleted_asset}.
 */
final class DeletionStore {
    private static final String COLUMNS = """
            select id, project, scope, filter::text as filter, tasks, answers, decisions, assets, person, at,
              at + interval '30 days' as purge_at, undone_at, undone_by, purged_at,
              case when scope = 'answers' then (
                select count(*) from deleted_answer g
                where g.deletion = deletion.id and g.undo is null and g.revision = 1) end as answers_left
            from deletion
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

    void add(Tx tx, Deletion.New made) {
        tx.db()
                .sql("""
                        insert into deletion (id, project, scope, filter, tasks, answers, decisions, assets, person)
                        values (?, ?, ?, ?::jsonb, ?, ?, ?, ?, ?)""")
                .param(made.id())
                .param(made.project().value())
                .param(made.scope().text())
                .param(json.writeValueAsString(made.filter()))
                .param(made.counted().tasks())
                .param(made.counted().answers())
                .param(made.counted().decisions())
                .param(made.counted().assets())
                .param(made.by())
                .update();
    }

    /** Keeps others from planning or deleting in a project until the end of the transaction. */
    void hold(Tx tx, ProjectId project) {
        tx.db()
                .sql("select 1 from project where id = ? for no key update")
                .param(project.value())
                .query(Integer.class)
                .optional();
    }

    /** The tasks of some assets, ascending. */
    long[] tasksOf(Tx tx, ProjectId project, Collection<UUID> assets) throws SQLException {
        return tx
                .db()
                .sql("select id from task where project = ? and asset = any(?) order by id")
                .params(project.value(), tx.connection().createArrayOf("uuid", assets.toArray()))
                .query(Long.class)
                .list()
                .stream()
                .mapToLong(task -> task)
                .toArray();
    }

    /** How many tasks of a deletion's assets are not deleted. */
    long alive(Tx tx, long number) {
        return count(tx, """
                select count(*) from deleted_asset a join task t on t.project = a.project and t.asset = a.asset
                where a.deletion = ? and not exists (select from deleted_task g where g.task = t.id)""", number);
    }

    /** How many of a deletion's tasks belong to assets that are deleted, be it by another one. */
    long withoutAsset(Tx tx, long number) {
        return count(tx, """
                select count(*) from deleted_task x join task t on t.id = x.task
                  join deleted_asset a on a.project = t.project and a.asset = t.asset
                where x.deletion = ? and a.deletion <> x.deletion""", number);
    }

    /** Notes how many submissions of the tasks bear each label, question and option; those that are written later are not counted. */
    void countLabels(Tx tx, long number) {
        tx.db().sql("""
                        update deletion set labels = coalesce((
                          select jsonb_object_agg(label, submissions) from (
                            select l.label, count(*) as submissions
                            from deleted_task x join submission s on s.task = x.task
                              and not exists (
                                select 1 from deleted_answer y where y.submission = s.id and y.undo is null)
                            cross join lateral answer_uses(s.answer, s.texts is not null) l (label)
                            where x.deletion = :number group by l.label) counted), '{}')
                        where id = :number""").param("number", number).update();
    }

    /** How many of the tasks people were measured by. */
    long gold(Tx tx, long number) {
        return count(
                tx,
                "select count(distinct x.task) from deleted_task x join gold g on g.task = x.task where x.deletion = ?",
                number);
    }

    /** How many of the tasks somebody is making one answer of. */
    long adjudicated(Tx tx, long number) {
        return count(tx, """
                select count(*) from deleted_task x join adjudication a on a.task = x.task
                where x.deletion = ? and a.ended is null and a.deadline > now()""", number);
    }

    /** How many releases of a project are being built. */
    long releasesUnderWay(Tx tx, ProjectId project) {
        return count(tx, "select count(*) from release where project = ? and state = 'building'", project.value());
    }

    /** The numbers of a project's finished releases, ascending. */
    List<Integer> releases(Tx tx, ProjectId project) {
        return tx.db()
                .sql("select number from release where project = ? and state = 'ready' order by number")
                .param(project.value())
                .query(Integer.class)
                .list();
    }

    /** How many jobs of a project wait or run. */
    long jobsUnderWay(Tx tx, ProjectId project) {
        return count(
                tx, "select count(*) from job where project = ? and state in ('queued', 'running')", project.value());
    }

    private static long count(Tx tx, String sql, Object of) {
        return tx.db().sql(sql).param(of).query(Long.class).single();
    }

    /** Marks a deletion as undone; false when it is so already, or its time is over by the database's clock. */
    boolean undo(Tx tx, long number, PersonId by) {
        return tx.db().sql("""
                                update deletion set undone_at = now(), undone_by = ?
                                where id = ? and undone_at is null and purged_at is null
                                  and at > now() - interval '30 days'""").params(by.value(), number).update() == 1;
    }

    /** Whether a deletion can be undone still, by the database's clock; until the end of the transaction it stays so. */
    boolean isOpen(Tx tx, long number) {
        return tx.db().sql("""
                        select 1 from deletion
                        where id = ? and undone_at is null and purged_at is null and at > now() - interval '30 days'
                        for update""").param(number).query(Integer.class).optional().isPresent();
    }

    /** A deletion inside a project. */
    Optional<Deletion> find(Tx tx, ProjectId project, long number) {
        return tx.db()
                .sql(COLUMNS + "where project = ? and id = ? and scope <> 'project'")
                .params(project.value(), number)
                .query((row, n) -> deletion(row))
                .optional();
    }

    /** The deletion of a project. */
    Optional<Deletion> findProject(Tx tx, long number) {
        return tx.db()
                .sql(COLUMNS + "where id = ? and scope = 'project'")
                .param(number)
                .query((row, n) -> deletion(row))
                .optional();
    }

    /** The deletions inside a project, the newest first, or those before one. */
    List<Deletion> list(Tx tx, ProjectId project, int most, long before) {
        return tx.db()
                .sql(COLUMNS + "where project = ? and id < ? and scope <> 'project' order by id desc limit ?")
                .params(project.value(), before, most)
                .query((row, n) -> deletion(row))
                .list();
    }

    /** The deletions of projects, the newest first, or those before one. */
    List<Deletion> projects(Tx tx, int most, long before) {
        return tx.db()
                .sql(COLUMNS + "where scope = 'project' and id < ? order by id desc limit ?")
                .params(before, most)
                .query((row, n) -> deletion(row))
                .list();
    }

    /** The deletions whose time is over. */
    List<Deletion> over(Tx tx) {
        return tx.db()
                .sql(
                        COLUMNS
                                + "where undone_at is null and purged_at is null and at <= now() - interval '30 days' order by id")
                .query((row, n) -> deletion(row))
                .list();
    }

    /** Removes for good what a deletion took away, if its time is over; returns how many tasks, -1 when nothing was due. */
    long purge(Tx tx, long number) {
        return count(tx, "select purge_deletion(?)", number);
    }

    private static Deletion deletion(ResultSet row) throws SQLException {
        return new Deletion(
                row.getLong("id"),
                new ProjectId(row.getObject("project", UUID.class)),
                DeletionScope.of(row.getString("scope")),
                row.getString("filter"),
                new Deletion.Counted(
                        row.getInt("tasks"), row.getLong("answers"), row.getLong("decisions"), row.getLong("assets")),
                row.getObject("answers_left", Long.class),
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
