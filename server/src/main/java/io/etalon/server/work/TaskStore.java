package io.etalon.server.work;

import io.etalon.server.base.CopyRows;
import io.etalon.server.base.ProjectId;
import io.etalon.server.base.Tx;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The table {@code task}. */
final class TaskStore {
    /** The database's clock in milliseconds. */
    long clock(Tx tx) {
        return tx.db()
                .sql("select (extract(epoch from clock_timestamp()) * 1000)::bigint")
                .query(Long.class)
                .single();
    }

    /** Adds a task for each asset that has none and returns their numbers, ascending, in the order of the assets. */
    List<Long> plan(Tx tx, ProjectId project, List<UUID> assets, int priority) throws SQLException {
        return tx.db().sql("""
                        insert into task (project, asset, priority)
                        select ?, a.id, ? from unnest(?) with ordinality a (id, n) order by a.n
                        on conflict (project, asset) do nothing returning id""").params(project.value(), priority, uuids(tx, assets)).query(Long.class).list().stream()
                .sorted()
                .toList();
    }

    /**
     * Adds tasks by COPY and returns their numbers, ascending, in the order of the assets.
     *
     * @param assets none of which has a task
     */
    long[] append(Tx tx, ProjectId project, List<UUID> assets, int[] priorities) throws SQLException {
        var numbers = new long[assets.size()];
        try (var statement = tx.connection()
                .prepareStatement("select nextval(pg_get_serial_sequence('task', 'id')) from generate_series(1, ?)")) {
            statement.setInt(1, numbers.length);
            try (var rows = statement.executeQuery()) {
                for (var i = 0; rows.next(); i++) {
                    numbers[i] = rows.getLong(1);
                }
            }
        }
        var rows = new CopyRows(70 * numbers.length);
        for (var i = 0; i < numbers.length; i++) {
            rows.row(4)
                    .number(numbers[i])
                    .uuid(project.value())
                    .uuid(assets.get(i))
                    .integer(priorities[i]);
        }
        rows.copy(tx.connection(), "task (id, project, asset, priority)");
        return numbers;
    }

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
                .sql(
                        "select asset, count(*)::int as tasks from task where project = ? and asset = any(?) group by asset")
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
