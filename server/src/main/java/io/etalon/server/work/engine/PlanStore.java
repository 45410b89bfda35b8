package io.etalon.server.work.engine;

import io.etalon.server.base.CopyRows;
import io.etalon.server.base.ProjectId;
import io.etalon.server.base.Tx;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;

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
        var count = tasks.assets().size();
        if (count == 0) {
            return new long[0];
        }
        var rows = new CopyRows(60 * count);
        for (var i = 0; i < count; i++) {
            rows.row(3).uuid(project.value()).uuid(tasks.assets().get(i)).integer(tasks.priorities()[i]);
        }
        var before = number(tx, "nextval");
        rows.copy(tx.connection(), "task (project, asset, priority)");
        // Rows are numbered one after the other as they come: without a gap, unless others planned meanwhile.
        if (number(tx, "currval") - before == count) {
            return LongStream.rangeClosed(before + 1, before + count).toArray();
        }
        return numbers(tx, project, tasks);
    }

    private static long number(Tx tx, String function) {
        return tx.db()
                .sql("select " + function + "('task_id_seq')")
                .query(Long.class)
                .single();
    }

    private static long[] numbers(Tx tx, ProjectId project, NewTasks tasks) throws SQLException {
        return tx
                .db()
                .sql("select id from task where project = ? and asset = any(?) order by id")
                .params(
                        project.value(),
                        tx.connection().createArrayOf("uuid", tasks.assets().toArray()))
                .query(Long.class)
                .list()
                .stream()
                .mapToLong(Long::longValue)
                .toArray();
    }
}
