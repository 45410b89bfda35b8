package io.etalon.server.wall;

import io.etalon.server.base.PersonId;
import io.etalon.server.base.ProjectId;
import io.etalon.server.base.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The cell's table {@code export_request}; times are the database's. */
final class ExportRequestStore {
    /**
     * That somebody asks for leave to carry data away, or to end the rule that asks for this, and what a second person said.
     *
     * @param project null for what is about the whole client
     * @param until when an approval ends; null before it, and for a refusal
     */
    record ExportRequest(
            UUID id,
            ExportRequests.What what,
            @Nullable ProjectId project,
            String reason,
            PersonId requestedBy,
            Instant requestedAt,
            @Nullable PersonId decidedBy,
            @Nullable Instant decidedAt,
            @Nullable Boolean approved,
            @Nullable Instant until) {}

    void insert(Tx tx, UUID id, ExportRequests.What what, @Nullable ProjectId project, String reason, PersonId by) {
        tx.db()
                .sql("insert into export_request (id, what, project, reason, requested_by) values (?, ?, ?, ?, ?)")
                .param(id)
                .param(what.text())
                .param(project == null ? null : project.value())
                .param(reason)
                .param(by.value())
                .update();
    }

    /** Whether it waited for a decision of this person. */
    boolean decide(Tx tx, UUID id, PersonId by, boolean approved, long seconds) {
        return tx.db()
                        .sql("""
                        update export_request set decided_by = ?, decided_at = clock_timestamp(), approved = ?,
                          until = case when ? then clock_timestamp() + make_interval(secs => ?) end
                        where id = ? and decided_by is null and requested_by <> ?
                        """)
                        .params(by.value(), approved, approved, seconds, id, by.value())
                        .update()
                == 1;
    }

    Optional<ExportRequest> find(Tx tx, UUID id) {
        return tx.db()
                .sql("select * from export_request where id = ?")
                .param(id)
                .query((row, n) -> request(row))
                .optional();
    }

    boolean approved(Tx tx, ExportRequests.What what, @Nullable ProjectId project, PersonId person) {
        return tx.db()
                .sql("""
                select exists (select from export_request
                where what = ? and project is not distinct from ?::uuid and requested_by = ?
                  and approved and until > clock_timestamp())
                """)
                .param(what.text())
                .param(project == null ? null : project.value())
                .param(person.value())
                .query(Boolean.class)
                .single();
    }

    List<ExportRequest> all(Tx tx) {
        return tx.db()
                .sql("select * from export_request order by id")
                .query((row, n) -> request(row))
                .list();
    }

    private static ExportRequest request(ResultSet row) throws SQLException {
        var by = row.getObject("decided_by", UUID.class);
        var project = row.getObject("project", UUID.class);
        return new ExportRequest(
                row.getObject("id", UUID.class),
                ExportRequests.What.of(row.getString("what")),
                project == null ? null : new ProjectId(project),
                row.getString("reason"),
                new PersonId(row.getObject("requested_by", UUID.class)),
                row.getObject("requested_at", OffsetDateTime.class).toInstant(),
                by == null ? null : new PersonId(by),
                instant(row, "decided_at"),
                row.getObject("approved", Boolean.class),
                instant(row, "until"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }
}
