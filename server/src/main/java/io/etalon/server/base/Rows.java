package io.etalon.server.base;

import java.nio.ByteBuffer;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.Oid;
import org.postgresql.jdbc.PgArray;

/**
 * Rows for one statement that takes each column as an array and unnests them: one round trip and one plan for any number
 * of rows. Not thread-safe.
 */
public final class Rows {
    private final String sql;
    private final String[] types;
    private final List<List<@Nullable Object>> columns = new ArrayList<>();

    /**
     * @param sql with one placeholder a column, in order
     * @param types the columns' PostgreSQL types
     */
    public Rows(String sql, String... types) {
        this.sql = sql;
        this.types = types;
        for (var i = 0; i < types.length; i++) {
            columns.add(new ArrayList<>());
        }
    }

    public void add(@Nullable Object... values) {
        for (var i = 0; i < types.length; i++) {
            columns.get(i).add(values[i]);
        }
    }

    public boolean isEmpty() {
        return columns.getFirst().isEmpty();
    }

    public String sql() {
        return sql;
    }

    /** Sets the columns as parameters from a number on and returns the number after them. */
    public int bind(PreparedStatement statement, int from) throws SQLException {
        for (var i = 0; i < types.length; i++) {
            statement.setArray(from + i, array(statement.getConnection(), types[i], columns.get(i)));
        }
        return from + types.length;
    }

    /** The driver sends arrays of these kinds in binary; others as text, which both sides pay for. */
    private static Array array(Connection connection, String type, List<@Nullable Object> values) throws SQLException {
        if (type.equals("uuid")) {
            return new PgArray(connection.unwrap(BaseConnection.class), Oid.UUID_ARRAY, uuids(values));
        }
        return connection.createArrayOf(
                type,
                switch (type) {
                    case "bytea" -> values.toArray(new byte[0][]);
                    case "bigint" -> values.toArray(new Long[0]);
                    case "int" -> values.toArray(new Integer[0]);
                    case "text" -> values.toArray(new String[0]);
                    case "bool" -> values.toArray(new Boolean[0]);
                    default -> values.toArray();
                });
    }

    /** PostgreSQL's binary form of an array of one dimension: the driver has none for ids, which every row bears. */
    private static byte[] uuids(List<@Nullable Object> values) {
        var bytes = ByteBuffer.allocate(5 * Integer.BYTES + values.size() * (Integer.BYTES + 2 * Long.BYTES));
        bytes.putInt(1).putInt(values.contains(null) ? 1 : 0).putInt(Oid.UUID);
        bytes.putInt(values.size()).putInt(1);
        for (var value : values) {
            if (value == null) {
                bytes.putInt(-1);
            } else {
                var uuid = (UUID) value;
                bytes.putInt(2 * Long.BYTES).putLong(uuid.getMostSignificantBits());
                bytes.putLong(uuid.getLeastSignificantBits());
            }
        }
        return Arrays.copyOf(bytes.array(), bytes.position());
    }
}
