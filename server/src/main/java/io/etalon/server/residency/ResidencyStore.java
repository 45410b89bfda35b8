package io.etalon.server.residency;

import io.etalon.server.base.ClientId;
import io.etalon.server.base.ProjectId;
import io.etalon.server.base.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The control table {@code residency_rule}. */
final class ResidencyStore {
    /** Two who set a client's lists do it one after the other. */
    void lock(Tx tx, ClientId client) {
        tx.db()
                .sql("select pg_advisory_xact_lock(hashtextextended('residency ' || ?, 0))")
                .param(client.toString())
                .query()
                .listOfRows();
    }

    /** The newest version of each, in force or not. */
    List<ResidencyRule> newest(Tx tx, ClientId client) {
        return tx.db()
                .sql("""
                select * from (select distinct on (id) * from residency_rule where client = ? order by id, version desc) r
                order by r.project nulls first, r.concern, r.id
                """)
                .param(client.value())
                .query((row, n) -> rule(row))
                .list();
    }

    /** Newest first. */
    List<ResidencyRule> versions(Tx tx, ClientId client, UUID id) {
        return tx.db()
                .sql("select * from residency_rule where client = ? and id = ? order by version desc")
                .params(client.value(), id)
                .query((row, n) -> rule(row))
                .list();
    }

    void insert(Tx tx, ClientId client, ResidencyRule rule) throws SQLException {
        var project = rule.project();
        tx.db()
                .sql("""
                insert into residency_rule (client, id, version, concern, project, countries, in_force, set_by)
                values (:client, :id, :version, :concern, :project, :countries, :force, :by)
                """)
                .param("client", client.value())
                .param("id", rule.id())
                .param("version", rule.version())
                .param("concern", rule.concern().key())
                .param("project", project == null ? null : project.value(), Types.OTHER)
                .param(
                        "countries",
                        tx.connection().createArrayOf("text", rule.countries().toArray()))
                .param("force", rule.inForce())
                .param("by", rule.setBy())
                .update();
    }

    private static ResidencyRule rule(ResultSet row) throws SQLException {
        return new ResidencyRule(
                row.getObject("id", UUID.class),
                row.getInt("version"),
                Concern.of(row.getString("concern")).orElseThrow(),
                project(row.getObject("project", UUID.class)),
                Arrays.asList((String[]) row.getArray("countries").getArray()),
                row.getBoolean("in_force"),
                row.getObject("set_by", UUID.class),
                row.getObject("set_at", OffsetDateTime.class).toInstant());
    }

    private static @Nullable ProjectId project(@Nullable UUID id) {
        return id == null ? null : new ProjectId(id);
    }
}
