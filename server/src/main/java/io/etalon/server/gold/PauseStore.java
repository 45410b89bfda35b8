package io.etalon.server.gold;

import io.etalon.server.base.PersonId;
import io.etalon.server.base.ProjectId;
import io.etalon.server.base.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The tables {@code work_pause} and {@code work_pause_lift}. */
final class PauseStore {
    private static final String COLUMNS = """
            select p.id, p.person, p.reason, p.evidence::text as evidence, p.until, p.at, l.by, l.reason as lift_reason,
              l.at as lifted_at
            from work_pause p left join work_pause_lift l on l.pause = p.id
            """;

    /** All pauses of a project, newest first. */
    List<Pause> all(Tx tx, ProjectId project) {
        return tx.db()
                .sql(COLUMNS + "where p.project = ? order by p.id desc")
                .param(project.value())
                .query((row, n) -> read(row))
                .list();
    }

    Optional<Pause> find(Tx tx, ProjectId project, long id) {
        return tx.db()
                .sql(COLUMNS + "where p.project = ? and p.id = ?")
                .params(project.value(), id)
                .query((row, n) -> read(row))
                .optional();
    }

    /** A pause on its way in. */
    record NewPause(
            String reason, String evidence, @Nullable Instant until) {}

    long add(Tx tx, ProjectId project, PersonId person, NewPause pause) {
        var until = pause.until();
        return tx.db()
                .sql("""
                        insert into work_pause (project, person, reason, evidence, until)
                        values (:project, :person, :reason, :evidence::jsonb, :until) returning id""")
                .param("project", project.value())
                .param("person", person.value())
                .param("reason", pause.reason())
                .param("evidence", pause.evidence())
                .param("until", until == null ? null : until.atOffset(ZoneOffset.UTC), Types.TIMESTAMP_WITH_TIMEZONE)
                .query(Long.class)
                .single();
    }

    void lift(Tx tx, ProjectId project, long pause, String reason, PersonId by) {
        tx.db()
                .sql("insert into work_pause_lift (pause, project, reason, by) values (?, ?, ?, ?)")
                .params(pause, project.value(), reason, by.value())
                .update();
    }

    private static Pause read(ResultSet row) throws SQLException {
        var by = row.getObject("by", UUID.class);
        return new Pause(
                row.getLong("id"),
                new PersonId(row.getObject("person", UUID.class)),
                row.getString("reason"),
                row.getString("evidence"),
                instant(row, "until"),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                by == null
                        ? null
                        : new Pause.Lift(
                                new PersonId(by),
                                row.getString("lift_reason"),
                                row.getObject("lifted_at", OffsetDateTime.class).toInstant()));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
