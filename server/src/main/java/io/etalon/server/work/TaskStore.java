package io.etalon.server.work;

import io.etalon.server.base.ProjectId;
import io.etalon.server.base.Tx;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Reads the table {@code task}, and of {@code lease} what a task shows. */
final class TaskStore {
    /** The assets of these tasks. */
    Map<Long, UUID> assets(Tx tx, Collection<Long> tasks) throws SQLException {
        Map<Long, UUID> assets = HashMap.newHashMap(tasks.size());
        tx.db()
                .sql("select id, asset from task where id = any(?)")
                .param(tx.connection().createArrayOf("bigint", tasks.toArray()))
                .query(row -> {
                    assets.put(row.getLong("id"), row.getObject("asset", UUID.class));
                });
        return assets;
    }

    /** How many tasks each of these assets has; assets without one are absent. */
    Map<UUID, Integer> counts(Tx tx, ProjectId project, Collection<UUID> assets) throws SQLException {
        Map<UUID, Integer> counts = HashMap.newHashMap(assets.size());
        tx.db()
                .sql("select asset, count(*)::int as tasks from task t where project = ? and asset = any(?)"
                        + " and not exists (select 1 from deleted_task g where g.task = t.id) group by asset")
                .params(project.value(), uuids(tx, assets))
                .query(row -> {
                    counts.put(row.getObject("asset", UUID.class), row.getInt("tasks"));
                });
        return counts;
    }

    /** The next tasks whose asset's name begins so, in the order of the names; by an index, a page at a time. */
    List<TaskBodies.Named> named(Tx tx, ProjectId project, String prefix, TaskBodies.Named after, int most) {
        return tx.db()
                .sql("""
                        select t.id as task, a.id as asset, a.name from asset a
                          join task t on t.project = a.project and t.asset = a.id
                        where a.project = ? and starts_with(a.name, ?) and (a.name, a.id) > (?, ?)
                        order by a.name, a.id limit ?""")
                .params(project.value(), prefix, after.name(), after.asset(), most)
                .query((row, n) -> new TaskBodies.Named(
                        row.getLong("task"), row.getObject("asset", UUID.class), row.getString("name")))
                .list();
    }

    /** When leases were granted. */
    Map<Long, Instant> granted(Tx tx, Collection<Long> leases) throws SQLException {
        Map<Long, Instant> granted = HashMap.newHashMap(leases.size());
        tx.db()
                .sql("select id, granted_at from lease where id = any(?)")
                .param(tx.connection().createArrayOf("bigint", leases.toArray()))
                .query(row -> {
                    granted.put(
                            row.getLong("id"),
                            row.getObject("granted_at", OffsetDateTime.class).toInstant());
                });
        return granted;
    }

    private static java.sql.Array uuids(Tx tx, Collection<UUID> ids) throws SQLException {
        return tx.connection().createArrayOf("uuid", ids.toArray());
    }
}
