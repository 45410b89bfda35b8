package io.etalon.server.work.engine;

import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows for one statement that takes each column as an array and unnests them: one round trip and one plan for any number
 * of rows. Not thread-safe.
 */
final class Rows {
    private final String sql;
    private final String[] types;
    private final List<List<@Nullable Object>> columns = new ArrayList<>();

    /**
     * @param sql with one placeholder a column, in order
     * @param types the columns' PostgreSQL types
     */
    Rows(String sql, String... types) {
        this.sql = sql;
        this.types = types;
        for (var i = 0; i < types.length; i++) {
            columns.add(new ArrayList<>());
        }
    }

    void add(@Nullable Object... values) {
        for (var i = 0; i < types.length; i++) {
            columns.get(i).add(values[i]);
        }
    }

    /** Does nothing without rows. */
    void execute(Connection connection) throws SQLException {
        if (columns.getFirst().isEmpty()) {
            return;
        }
        try (var statement = connection.prepareStatement(sql)) {
            for (var i = 0; i < types.length; i++) {
                statement.setArray(i + 1, array(connection, types[i], columns.get(i)));
            }
            statement.executeUpdate();
        }
    }

    private static Array array(Connection connection, String type, List<@Nullable Object> values) throws SQLException {
        // The driver takes an array of its own kind for bytes only, and sends numbers in binary from typed arrays.
        return connection.createArrayOf(
                type,
                switch (type) {
                    case "bytea" -> values.toArray(new byte[0][]);
                    case "bigint" -> values.toArray(new Long[0]);
                    case "int" -> values.toArray(new Integer[0]);
                    default -> values.toArray();
                });
    }
}
