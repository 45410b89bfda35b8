package io.etalon.server.tenant;

import io.etalon.server.base.Tx;
import java.sql.SQLException;

/** A transaction on a client's database that ends when its owner says so. Not thread-safe. */
public final class OpenTransaction implements AutoCloseable {
    private final Tx tx;

    OpenTransaction(Tx tx) {
        this.tx = tx;
    }

    public Tx tx() {
        return tx;
    }

    /** After an exception it is unknown whether the transaction took place. */
    public void commit() throws SQLException {
        tx.connection().commit();
    }

    /** Gives the connection back; what was not committed is undone. */
    @Override
    public void close() throws SQLException {
        try (var connection = tx.connection()) {
            connection.rollback();
        }
    }
}
