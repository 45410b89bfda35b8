package io.etalon.server.audit;

import io.etalon.server.base.Tx;
import java.sql.SQLException;

/** The database that a transaction runs on: what tells clients apart where only a transaction is at hand. */
final class CellName {
    private CellName() {}

    /** Known to the driver; costs no query. */
    static String of(Tx tx) {
        try {
            return tx.connection().getCatalog();
        } catch (SQLException e) {
            throw new IllegalStateException("the connection does not know its database", e);
        }
    }
}
