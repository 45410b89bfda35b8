package io.etalon.server.app;

import io.etalon.server.tenant.DatabaseServer;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Map;
import java.util.TreeMap;

/** What a PostgreSQL must be set to before an answer may be called kept; checked at every start. */
final class Durability {
    private static final int OLDEST_VERSION = 160_000;
    private static final Map<String, String> REQUIRED =
            new TreeMap<>(Map.of("fsync", "on", "full_page_writes", "on", "synchronous_commit", "on"));

    private Durability() {}

    /** @throws StartFailure when the server does not answer, is too old, or would lose acknowledged answers */
    static void check(DatabaseServer server) {
        var url = "jdbc:postgresql://" + server.host() + ":" + server.port() + "/" + server.maintenanceDatabase();
        try (var connection = DriverManager.getConnection(
                        url + "?connectTimeout=5&loginTimeout=10&socketTimeout=30", server.user(), server.password());
                var statement = connection.createStatement()) {
            var faults = new ArrayList<String>();
            for (var setting : REQUIRED.entrySet()) {
                try (var rows = statement.executeQuery("show " + setting.getKey())) {
                    rows.next();
                    var value = rows.getString(1);
                    if (!value.equals(setting.getValue())) {
                        faults.add(setting.getKey() + " is " + value + ", must be " + setting.getValue());
                    }
                }
            }
            if (!faults.isEmpty()) {
                throw new StartFailure("This PostgreSQL would lose acknowledged answers in a crash: "
                        + String.join("; ", faults) + ". Set it right in postgresql.conf and start again.");
            }
            try (var rows = statement.executeQuery("show server_version_num")) {
                rows.next();
                if (rows.getInt(1) < OLDEST_VERSION) {
                    throw new StartFailure(
                            "This PostgreSQL is older than 16 (" + rows.getInt(1) + "); use 16 or newer.");
                }
            }
        } catch (SQLException e) {
            throw new StartFailure(
                    "The database at " + server.host() + ":" + server.port() + " does not answer: " + e.getMessage(),
                    e);
        }
    }
}
