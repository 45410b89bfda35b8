package io.etalon.server.work;

import io.etalon.server.base.PersonId;
import io.etalon.server.base.ProjectId;
import io.etalon.server.base.Tx;
import io.etalon.server.work.engine.SealedAnswer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reads and writes the tables {@code adjudication}, {@code task_merge} and {@code task_merge_undo}. */
final class MergeStore {
    /** A task in the hands of an adjudicator. */
    record Held(long id, long task, long token, Instant deadline) {}

    /** A merge as it is kept. */
    record Row(
            long id,
            long task,
            int number,
            PersonId person,
            int ontologyVersion,
            SubmissionStore.Stored answer,
            String origins,
            Instant at,
            boolean undone) {}

    /** A merge on its way in. */
    record NewMerge(
            long id,
            ProjectId project,
            long task,
            PersonId person,
            int ontologyVersion,
            SealedAnswer answer,
            String origins) {}

    private static final String NOT_UNDONE = "not exists (select 1 from task_merge_undo u where u.merge = m.id)";

    /** Of some tasks those that nobody holds, that have no merge in effect and that this person did not answer, in order. */
    List<Long> free(Tx tx, ProjectId project, PersonId person, Collection<Long> tasks) throws SQLException {
        return tx.db()
                .sql("""
                        select t.id from unnest(?) t (id)
                        where not exists (
                            select 1 from adjudication a where a.task = t.id and a.ended is null and a.deadline > now())
                          and not exists (select 1 from task_merge m where m.task = t.id and %s)
                          and not exists (
                            select 1 from submission s where s.project = ? and s.task = t.id and s.annotator = ?)
                        order by t.id""".formatted(NOT_UNDONE))
                .params(tx.connection().createArrayOf("bigint", tasks.toArray()), project.value(), person.value())
                .query(Long.class)
                .list();
    }

    /** Takes a task; empty when somebody else was faster. */
    Optional<Held> take(Tx tx, ProjectId project, PersonId person, long task, Term term) {
        tx.db()
                .sql("update adjudication set ended = 'expired' where task = ? and ended is null and deadline <= now()")
                .param(task)
                .update();
        return tx.db()
                .sql("""
                        insert into adjudication (project, task, person, token, deadline)
                        values (?, ?, ?, ?, now() + make_interval(secs => ?))
                        on conflict (task) where ended is null do nothing
                        returning id, task, token, deadline""")
                .params(project.value(), task, person.value(), term.token(), term.seconds())
                .query((row, n) -> held(row))
                .optional();
    }

    /** How long a task is taken for, and by what token. */
    record Term(long token, long seconds) {}

    /** What this person holds. */
    List<Held> held(Tx tx, ProjectId project, PersonId person) {
        return tx.db()
                .sql("""
                        select id, task, token, deadline from adjudication
                        where project = ? and person = ? and ended is null and deadline > now() order by id""")
                .params(project.value(), person.value())
                .query((row, n) -> held(row))
                .list();
    }

    private static Held held(ResultSet row) throws SQLException {
        return new Held(row.getLong("id"), row.getLong("task"), row.getLong("token"), instant(row, "deadline"));
    }

    /** Ends what is held, or puts its end off by some seconds; false when it had ended. */
    boolean end(Tx tx, long id, String how) {
        return tx.db()
                        .sql("update adjudication set ended = ? where id = ? and ended is null and deadline > now()")
                        .params(how, id)
                        .update()
                == 1;
    }

    /** What was taken from somebody. */
    record Taken(ProjectId project, long task) {}

    /** Gives back all that these people hold, in whatever project. */
    List<Taken> giveBack(Tx tx, UUID[] people) {
        return tx.db()
                .sql("""
                        update adjudication set ended = 'released'
                        where person = any(?) and ended is null and deadline > now() returning project, task""")
                .param(people)
                .query((row, n) -> new Taken(new ProjectId(row.getObject("project", UUID.class)), row.getLong("task")))
                .list();
    }

    /** The new deadline; empty when it had ended. */
    Optional<Instant> renew(Tx tx, long id, long seconds) {
        return tx.db()
                .sql("""
                        update adjudication set deadline = now() + make_interval(secs => ?)
                        where id = ? and ended is null and deadline > now() returning deadline""")
                .params(seconds, id)
                .query((row, n) -> instant(row, "deadline"))
                .optional();
    }

    /** A number that no submission, decision or merge has: the first of a block that nobody else is given. */
    long number(Tx tx) {
        return tx.db().sql("select nextval('work_id')").query(Long.class).single();
    }

    void add(Tx tx, NewMerge merge) {
        tx.db()
                .sql("""
                        insert into task_merge (id, project, task, number, person, ontology_version, answer, texts, origins)
                        select ?, ?, ?, coalesce(max(number), 0) + 1, ?, ?, ?::jsonb, ?, ?::jsonb
                        from task_merge where task = ?""")
                .param(merge.id())
                .param(merge.project().value())
                .param(merge.task())
                .param(merge.person().value())
                .param(merge.ontologyVersion())
                .param(merge.answer().json())
                .param(merge.answer().texts())
                .param(merge.origins())
                .param(merge.task())
                .update();
    }

    /** Takes a merge back; false when it was taken back before. */
    boolean undo(Tx tx, ProjectId project, long merge, PersonId person) {
        return tx.db()
                        .sql(
                                "insert into task_merge_undo (merge, project, person) values (?, ?, ?) on conflict do nothing")
                        .params(merge, project.value(), person.value())
                        .update()
                == 1;
    }

    /** All merges of a task, the newest first. */
    List<Row> ofTask(Tx tx, ProjectId project, long task) {
        return tx.db()
                .sql("select m.*, m.answer::text as json, not (" + NOT_UNDONE + """
                        ) as undone from task_merge m
                        where m.project = ? and m.task = ? order by m.number desc""")
                .params(project.value(), task)
                .query((row, n) -> row(row))
                .list();
    }

    Optional<Long> task(Tx tx, ProjectId project, long merge) {
        return tx.db().sql("""
                        select task from task_merge m where project = ? and id = ?
                          and not exists (select 1 from deleted_task g where g.task = m.task)""").params(project.value(), merge).query(Long.class).optional();
    }

    /** Of each of a project's tasks, from the first to the last, the merge that is in effect. */
    List<Row> inEffect(Tx tx, ProjectId project, long first, long last) {
        return tx.db()
                .sql(
                        "select distinct on (m.task) m.*, m.answer::text as json, false as undone from task_merge m where "
                                + NOT_UNDONE + " and m.project = ? and m.task between ? and ?"
                                + " and not exists (select 1 from deleted_task g where g.task = m.task) order by m.task, m.number desc")
                .params(project.value(), first, last)
                .query((row, n) -> row(row))
                .list();
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                row.getLong("id"),
                row.getLong("task"),
                row.getInt("number"),
                new PersonId(row.getObject("person", java.util.UUID.class)),
                row.getInt("ontology_version"),
                new SubmissionStore.Stored(row.getLong("id"), row.getString("json"), row.getBytes("texts")),
                row.getString("origins"),
                instant(row, "at"),
                row.getBoolean("undone"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
