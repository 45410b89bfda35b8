package io.etalon.server.work;

import io.etalon.server.base.ProjectId;
import io.etalon.server.base.Tx;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** Reads the table {@code task}. */
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

    private static java.sql.Array uuids(Tx tx, Collection<UUID> ids) throws SQLException {
        return tx.connection().createArrayOf("uuid", ids.toArray());
    }
}
