package io.etalon.server.tenant;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.etalon.server.base.ErrorCode;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.Tx;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** One database with its pool. Connections open on demand: an idle client costs none. Thread-safe. */
final class Cell implements AutoCloseable {
    private static final int MAX_CONNECTIONS = 24;
    private static final String DISK_FULL = "53100";
    private final HikariDataSource pool;

    Cell(DatabaseServer server, String database, String role, String password) {
        var config = new HikariConfig();
        config.setPoolName(database);
        config.setJdbcUrl(server.url(database));
        config.setUsername(role);
        config.setPassword(password);
        config.setMinimumIdle(0);
        config.setMaximumPoolSize(MAX_CONNECTIONS);
        config.setConnectionTimeout(5_000);
        config.setIdleTimeout(10_000);
        config.setInitializationFailTimeout(-1);
        config.setAutoCommit(false);
        pool = new HikariDataSource(config);
    }

    <T> T transaction(Tx.Work<T> work) {
        try (var connection = pool.getConnection()) {
            return runIn(connection, work);
        } catch (SQLException e) {
            throw translated(e);
        }
    }

    /** Runs work on a connection without auto-commit; commits, or rolls back and throws what the house throws. */
    static <T> T runIn(Connection connection, Tx.Work<T> work) throws SQLException {
        var db = JdbcClient.create(new SingleConnectionDataSource(connection, true));
        try {
            var result = work.run(new Tx(connection, db));
            connection.commit();
            return result;
        } catch (Exception e) {
            rollBack(connection, e);
            throw e instanceof RuntimeException unchecked ? rethrown(unchecked) : translated(e);
        }
    }

    private static void rollBack(Connection connection, Exception reason) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            reason.addSuppressed(e);
        }
    }

    /** A failure below a runtime exception that means "no database" or "no space" gets its own code. */
    private static RuntimeException rethrown(RuntimeException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                var known = known(sql);
                return known == null ? e : known;
            }
        }
        return e;
    }

    private static RuntimeException translated(Exception e) {
        if (e instanceof SQLException sql) {
            var known = known(sql);
            return known == null
                    ? new EtalonException(ErrorCode.INTERNAL, "The database refused a statement.", e)
                    : known;
        }
        return new EtalonException(ErrorCode.INTERNAL, "The work inside a transaction failed.", e);
    }

    private static @Nullable RuntimeException known(SQLException e) {
        var state = e.getSQLState() == null ? "" : e.getSQLState();
        if (state.equals(DISK_FULL)) {
            return new EtalonException(ErrorCode.STORAGE_FULL, "The database's disk is full; nothing was written.", e);
        }
        if (state.startsWith("08")
                || state.startsWith("57P")
                || e instanceof java.sql.SQLTransientConnectionException) {
            return new EtalonException(
                    ErrorCode.DATABASE_DOWN, "The database does not answer; nothing was written. Try again.", e);
        }
        return null;
    }

    PoolLoad load() {
        var now = pool.getHikariPoolMXBean();
        return now == null
                ? PoolLoad.NONE
                : new PoolLoad(
                        now.getActiveConnections(), now.getIdleConnections(), now.getThreadsAwaitingConnection());
    }

    OpenTransaction begin() throws SQLException {
        var connection = pool.getConnection();
        return new OpenTransaction(
                new Tx(connection, JdbcClient.create(new SingleConnectionDataSource(connection, true))));
    }

    Connection connection() throws SQLException {
        return pool.getConnection();
    }

    @Override
    public void close() {
        pool.close();
    }
}
