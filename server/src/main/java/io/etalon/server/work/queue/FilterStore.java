package io.etalon.server.work.queue;

import io.etalon.server.base.ProjectId;
import io.etalon.server.base.Tx;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** What the tables alone say of tasks: the name of their asset, and when they were planned. */
final class FilterStore {
    /** The tasks that fit, ascending; reads the project's tasks once and holds eight bytes a task that fits. */
    long[] tasks(Tx tx, ProjectId project, @Nullable String assetName, @Nullable Instant from, @Nullable Instant to)
            throws SQLException {
        var sql = new StringBuilder("select t.id from task t");
        var values = new ArrayList<Object>();
        if (assetName != null) {
            sql.append(" join asset a on a.id = t.asset and starts_with(a.name, ?)");
            values.add(assetName);
        }
        sql.append(" where t.project = ?");
        values.add(project.value());
        if (from != null) {
            sql.append(" and t.planned_at >= ?");
            values.add(from.atOffset(ZoneOffset.UTC));
        }
        if (to != null) {
            sql.append(" and t.planned_at < ?");
            values.add(to.atOffset(ZoneOffset.UTC));
        }
        try (var statement =
                tx.connection().prepareStatement(sql.append(" order by t.id").toString())) {
            statement.setFetchSize(10_000);
            return read(statement, values);
        }
    }

    private static long[] read(PreparedStatement statement, ArrayList<Object> values) throws SQLException {
        for (var i = 0; i < values.size(); i++) {
            statement.setObject(i + 1, values.get(i));
        }
        var found = LongStream.builder();
        try (var rows = statement.executeQuery()) {
            while (rows.next()) {
                found.add(rows.getLong(1));
            }
        }
        return found.build().toArray();
    }
}
