package io.etalon.server.vendor;

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

/** The cell's tables {@code routing_policy} and {@code routing_decision}. */
final class RoutingStore {
    record PolicyRow(ProjectId project, int version, String settings, Instant at) {}

    /**
     * A decision with what is in JSON as text.
     *
     * @param by null for the system
     */
    record DecisionRow(
            long id,
            int policy,
            String parts,
            double crossed,
            String reasons,
            String cause,
            long waiting,
            @Nullable UUID by,
            Instant at) {}

    Optional<PolicyRow> policy(Tx tx, ProjectId project) {
        return tx.db()
                .sql("""
                        select project, version, settings::text as settings, at from routing_policy where project = ?
                        order by version desc limit 1""")
                .param(project.value())
                .query((row, n) -> policy(row))
                .optional();
    }

    /** The projects that have a policy. */
    List<ProjectId> projects(Tx tx) {
        return tx.db()
                .sql("select distinct project from routing_policy")
                .query((row, n) -> new ProjectId(row.getObject("project", UUID.class)))
                .list();
    }

    private static PolicyRow policy(ResultSet row) throws SQLException {
        return new PolicyRow(
                new ProjectId(row.getObject("project", UUID.class)),
                row.getInt("version"),
                row.getString("settings"),
                row.getObject("at", OffsetDateTime.class).toInstant());
    }

    void addPolicy(Tx tx, ProjectId project, int version, String settings, PersonId by) {
        tx.db()
                .sql("insert into routing_policy (project, version, settings, set_by) values (?, ?, ?::jsonb, ?)")
                .params(project.value(), version, settings, by.value())
                .update();
    }

    DecisionRow decide(Tx tx, ProjectId project, DecisionRow made) {
        return tx.db()
                .sql("""
                        insert into routing_decision (project, policy, parts, crossed, reasons, cause, waiting, by)
                        values (?, ?, ?::jsonb, ?, ?::jsonb, ?, ?, ?)
                        returning id, policy, parts::text as parts, crossed, reasons::text as reasons, cause, waiting, by, at""")
                .params(project.value(), made.policy(), made.parts(), made.crossed())
                .params(made.reasons(), made.cause(), made.waiting())
                .param(made.by())
                .query((row, n) -> decision(row))
                .single();
    }

    /** Newest first, before a number. */
    List<DecisionRow> decisions(Tx tx, ProjectId project, long before, int limit) {
        return tx.db()
                .sql("""
                        select id, policy, parts::text as parts, crossed, reasons::text as reasons, cause, waiting, by, at
                        from routing_decision where project = ? and id < ? order by id desc limit ?""")
                .params(project.value(), before, limit)
                .query((row, n) -> decision(row))
                .list();
    }

    long count(Tx tx, ProjectId project) {
        return tx.db()
                .sql("select count(*) from routing_decision where project = ?")
                .param(project.value())
                .query(Long.class)
                .single();
    }

    private static DecisionRow decision(ResultSet row) throws SQLException {
        return new DecisionRow(
                row.getLong("id"),
                row.getInt("policy"),
                row.getString("parts"),
                row.getDouble("crossed"),
                row.getString("reasons"),
                row.getString("cause"),
                row.getLong("waiting"),
                row.getObject("by", UUID.class),
                row.getObject("at", OffsetDateTime.class).toInstant());
    }
}
