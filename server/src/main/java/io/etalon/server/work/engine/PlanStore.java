package io.etalon.server.work.engine;

import io.etalon.server.base.CopyRows;
import io.etalon.server.base.ProjectId;
import io.etalon.server.base.Tx;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/** Adds to the table {@code task}, and tells the database's time. */
final class PlanStore {
    /** The database's clock in milliseconds. */
    long clock(Tx tx) {
        return tx.db()
                .sql("select (extract(epoch from clock_timestamp()) * 1000)::bigint")
                .query(Long.class)
                .single();
    }

    /** Adds a task for each asset that has none and returns their numbers, ascending, in the order of the assets. */
    List<Long> plan(Tx tx, ProjectId project, List<UUID> assets, Dispatcher.Place place) throws SQLException {
        // Assets are deleted with their tasks: none may come in beside that.
        tx.db()
                .sql("select 1 from project where id = ? for share")
                .param(project.value())
                .query(Integer.class)
                .optional();
        return tx
                .db()
                .sql("""
                        insert into task (project, asset, priority, batch)
                        select ?, a.id, ?, nullif(?, 0) from unnest(?) with ordinality a (id, n)
                        where not exists (select from deleted_asset g where g.project = ? and g.asset = a.id)
                        order by a.n
                        on conflict (project, asset) do nothing returning id""")
                .params(
                        project.value(),
                        place.priority(),
                        place.batch(),
                        tx.connection().createArrayOf("uuid", assets.toArray()),
                        project.value())
                .query(Long.class)
                .list()
                .stream()
                .sorted()
                .toList();
    }

    /**
     * Adds tasks by COPY and returns their numbers, ascending, in the order of the assets.
     *
     * @param tasks whose assets have none yet
     */
    long[] append(Tx tx, ProjectId project, NewTasks tasks) throws SQLException {
        var numbers = new long[tasks.assets().size()];
        try (var statement =
                tx.connection().prepareStatement("select nextval('task_id_seq') from generate_series(1, ?)")) {
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
                    .uuid(tasks.assets().get(i))
                    .integer(tasks.priorities()[i]);
        }
        rows.copy(tx.connection(), "task (id, project, asset, priority)");
        return numbers;
    }
}
