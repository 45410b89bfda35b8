package io.etalon.server.app;

import io.etalon.server.tenant.DatabaseServer;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a PostgreSQL must be set to before an answer may be called kept; checked at every start. The administrator's own
 * session shows the server's settings; what was set for a role or a database wins over them in the sessions that do the
 * work, and is looked up in the catalogue.
 */
final class Durability {
    private static final int OLDEST_VERSION = 160_000;
    private static final Map<String, String> REQUIRED =
            new TreeMap<>(Map.of("fsync", "on", "full_page_writes", "on", "synchronous_commit", "on"));

    /** A line for each setting of a role or a database of ours under which a commit does not wait for the disk. */
    private static final String WEAKENED = """
            select 'synchronous_commit is ' || split_part(c.setting, '=', 2)
                   || case when r.rolname is null then '' else ' for role ' || quote_ident(r.rolname) end
                   || case when d.datname is null then '' else ' in database ' || quote_ident(d.datname) end
            from pg_db_role_setting s
            left join pg_roles r on r.oid = s.setrole
            left join pg_database d on d.oid = s.setdatabase
            cross join unnest(s.setconfig) as c(setting)
            where c.setting like 'synchronous\\_commit=%'
              and lower(split_part(c.setting, '=', 2)) not in ('on', 'true', 'yes', '1')
              and (s.setrole = 0 or r.rolname = current_user or r.rolname like 'client\\_%'
                   or r.rolname in ('etalon_control', 'etalon_vault'))
              and (s.setdatabase = 0 or d.datname = current_database() or d.datname like 'client\\_%'
                   or d.datname in ('etalon_control', 'etalon_vault'))
            order by 1""";

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
            try (var rows = statement.executeQuery(WEAKENED)) {
                while (rows.next()) {
                    faults.add(rows.getString(1) + ", must be on");
                }
            }
            if (!faults.isEmpty()) {
                throw new StartFailure("This PostgreSQL would lose acknowledged answers in a crash: "
                        + String.join("; ", faults)
                        + ". Set it right in postgresql.conf, or with alter role or alter database … reset"
                        + " synchronous_commit, and start again.");
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
