package io.etalon.server.course;

import io.etalon.server.base.PersonId;
import io.etalon.server.base.ProjectId;
import io.etalon.server.base.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The cell's tables {@code course} and {@code course_step}. */
final class CourseStore {
    private static final String HEAD =
            "id, version, project, workforce, title, page_count, since, in_force, set_by, set_at";

    /** A version's pages as they lie in its row: sealed for a project's course, plain for a workforce's. */
    record Written(byte @Nullable [] sealed, @Nullable String plain) {}

    /**
     * How far a person came in a version.
     *
     * @param passed pages
     * @param tries that were wrong
     * @param finishedAt when he passed the last page; null when he did not
     */
    record Progress(
            UUID course,
            int version,
            PersonId person,
            int passed,
            int tries,
            Instant lastAt,
            @Nullable Instant finishedAt) {}

    /** Adds a version; the time is the database's. */
    Course insert(Tx tx, Course course, Written written) {
        var at = tx.db()
                .sql("""
                        insert into course (id, version, project, workforce, title, sealed, pages, page_count, since,
                            in_force, set_by)
                        values (:id, :version, :project, :workforce, :title, :sealed, :pages::jsonb, :count, :since,
                            :inForce, :by)
                        returning set_at""")
                .param("id", course.id())
                .param("version", course.version())
                .param(
                        "project",
                        course.project() == null ? null : course.project().value(),
                        Types.OTHER)
                .param("workforce", course.workforce(), Types.OTHER)
                .param("title", course.title())
                .param("sealed", written.sealed(), Types.BINARY)
                .param("pages", written.plain(), Types.VARCHAR)
                .param("count", course.pages())
                .param("since", course.since())
                .param("inForce", course.inForce())
                .param("by", course.setBy())
                .query((row, n) -> time(row, "set_at"))
                .single();
        return new Course(
                course.id(),
                course.version(),
                course.project(),
                course.workforce(),
                course.title(),
                course.pages(),
                course.since(),
                course.inForce(),
                course.setBy(),
                at);
    }

    /** Nobody else adds a version, or passes a page, before this transaction ends. */
    void lock(Tx tx) {
        tx.db()
                .sql("select pg_advisory_xact_lock(hashtextextended('course', 0))")
                .query()
                .listOfRows();
    }

    /** The newest version of each, in force or not, oldest course first. */
    List<Course> newest(Tx tx) {
        return tx.db()
                .sql("select distinct on (id) " + HEAD + " from course order by id, version desc")
                .query((row, n) -> course(row))
                .list();
    }

    /** Newest first. */
    List<Course> versions(Tx tx, UUID id) {
        return tx.db()
                .sql("select " + HEAD + " from course where id = ? order by version desc")
                .param(id)
                .query((row, n) -> course(row))
                .list();
    }

    Written written(Tx tx, UUID id, int version) {
        return tx.db()
                .sql("select sealed, pages::text as pages from course where id = ? and version = ?")
                .params(id, version)
                .query((row, n) -> new Written(row.getBytes("sealed"), row.getString("pages")))
                .single();
    }

    /** Adds a try; a page that is passed already stays passed once. */
    void step(Tx tx, Course course, PersonId person, int page, boolean passed) {
        tx.db()
                .sql("""
                        insert into course_step (course, version, person, page, passed) values (?, ?, ?, ?, ?)
                        on conflict do nothing""")
                .params(course.id(), course.version(), person.value(), page, passed)
                .update();
    }

    /**
     * How far people came, by version, oldest first.
     *
     * @param person who; null for everybody
     */
    List<Progress> progress(Tx tx, @Nullable PersonId person) {
        var asked = tx.db().sql("""
                select s.course, s.version, s.person, count(*) filter (where s.passed) as passed,
                    count(*) filter (where not s.passed) as tries, max(s.at) as last_at,
                    max(s.at) filter (where s.passed and s.page = c.page_count) as finished_at
                from course_step s join course c on c.id = s.course and c.version = s.version
                %s
                group by s.course, s.version, s.person order by s.course, s.version, s.person
                """.formatted(person == null ? "" : "where s.person = ?"));
        return (person == null ? asked : asked.param(person.value()))
                .query((row, n) -> new Progress(
                        row.getObject("course", UUID.class),
                        row.getInt("version"),
                        new PersonId(row.getObject("person", UUID.class)),
                        row.getInt("passed"),
                        row.getInt("tries"),
                        time(row, "last_at"),
                        row.getObject("finished_at") == null ? null : time(row, "finished_at")))
                .list();
    }

    private static Course course(ResultSet row) throws SQLException {
        var project = row.getObject("project", UUID.class);
        return new Course(
                row.getObject("id", UUID.class),
                row.getInt("version"),
                project == null ? null : new ProjectId(project),
                row.getObject("workforce", UUID.class),
                row.getString("title"),
                row.getInt("page_count"),
                row.getInt("since"),
                row.getBoolean("in_force"),
                row.getObject("set_by", UUID.class),
                time(row, "set_at"));
    }

    private static Instant time(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
