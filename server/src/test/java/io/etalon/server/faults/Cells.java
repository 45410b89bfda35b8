package io.etalon.server.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.etalon.server.base.ClientId;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;

/** A superuser's view of the databases below a data directory with one client. */
public final class Cells {
    private Cells() {}

    /** The only client's own database. */
    static Connection only(Path data) throws IOException, SQLException {
        var postgres = Postmaster.of(data);
        try (var control = postgres.admin(data, "etalon_control");
                var query = control.createStatement();
                var name = query.executeQuery("select 'client_' || replace(id::text, '-', '') from client")) {
            assertThat(name.next()).isTrue();
            return postgres.admin(data, name.getString(1));
        }
    }

    /** One client's own database. */
    public static Connection of(Path data, ClientId client) throws IOException, SQLException {
        return Postmaster.of(data).admin(data, "client_" + client.toString().replace("-", ""));
    }

    /** The database that is no client's. */
    public static Connection control(Path data) throws IOException, SQLException {
        return Postmaster.of(data).admin(data, "etalon_control");
    }

    /** Has PostgreSQL compare each B-tree of the database with its table. Returns how many it looked at. */
    static int checkIndexes(Connection cell) throws SQLException {
        try (var statement = cell.createStatement()) {
            statement.execute("create extension if not exists amcheck");
            try (var rows = statement.executeQuery("""
                    select count(bt_index_check(c.oid, true)) from pg_class c join pg_am a on a.oid = c.relam
                    where c.relkind = 'i' and a.amname = 'btree'""")) {
                rows.next();
                return rows.getInt(1);
            }
        }
    }
}
