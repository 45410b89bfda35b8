package io.etalon.server.tenant;

import io.etalon.server.base.Tx;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * The administrator's transactions on one database, for what a cell's role may not do: filling append-only tables again and
 * setting sequences. Handed out for the restoring of a client only. Thread-safe.
 */
public final class AdminDoor {
    /** Opens a connection of its own. */
    @FunctionalInterface
    interface Opening {
        Connection open() throws SQLException;
    }

    private final Opening opening;

    AdminDoor(Opening opening) {
        this.opening = opening;
    }

    /** Runs work in a transaction; see {@link Tx.Work}. */
    public <T> T transaction(Tx.Work<T> work) throws SQLException {
        try (var connection = opening.open()) {
            connection.setAutoCommit(false);
            return Cell.runIn(connection, work);
        }
    }
}
