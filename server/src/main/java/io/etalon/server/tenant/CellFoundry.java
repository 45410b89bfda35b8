package io.etalon.server.tenant;

import io.etalon.server.base.ErrorCode;
import io.etalon.server.base.ErrorKind;
import io.etalon.server.base.EtalonException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes and migrates databases with the administrator's login, and checks that the catalogue keeps its promises. Every
 * step can be repeated, so a start that was cut off is completed by the next one.
 */
final class CellFoundry {
    static final ErrorCode BROKEN_WALL = ErrorCode.of(
            "cell-not-isolated", ErrorKind.INTERNAL, "The database's catalogue breaks a rule of isolation");
    static final ErrorCode NEWER_DATA =
            ErrorCode.of("data-from-newer-version", ErrorKind.CONFLICT, "The data are from a newer version");
    private static final Logger LOG = LoggerFactory.getLogger(CellFoundry.class);
    private static final int CONNECTIONS_PER_CELL = 64;
    private static final int MOST_SEGMENTS = 256;
    private static final String INSUFFICIENT_PRIVILEGE = "42501";

    private final DatabaseServer server;
    private final TenantScope scope;

    CellFoundry(DatabaseServer server, TenantScope scope) {
        this.server = server;
        this.scope = scope;
    }

    /** "foundry" in ASCII: the lock of whoever makes or migrates databases. */
    private static final long LOCK = 0x666F756E647279L;

    /** Keeps other servers of the installation from preparing databases at the same time, until it is closed. */
    Connection alone() throws SQLException {
        var admin = admin(server.maintenanceDatabase());
        try (var statement = admin.createStatement()) {
            statement.execute("select pg_advisory_lock(" + LOCK + ")");
            return admin;
        } catch (SQLException e) {
            admin.close();
            throw e;
        }
    }

    /** Whether a client's database was made and migrated by this version. */
    boolean isPrepared(Client client) {
        try {
            return migrations(client.database(), "db/client").info().pending().length == 0;
        } catch (FlywayException e) {
            LOG.debug("not prepared database={} reason={}", client.database(), e.toString());
            return false;
        }
    }

    void prepareControl() throws SQLException {
        prepareDatabase(TenantScope.CONTROL_DATABASE, TenantScope.CONTROL_DATABASE, "db/control");
    }

    void prepareVault() throws SQLException {
        prepareDatabase(TenantScope.VAULT_DATABASE, TenantScope.VAULT_DATABASE, "db/vault");
    }

    void prepare(Client client) throws SQLException {
        prepareDatabase(client.database(), client.role(), "db/client");
    }

    /** Names come from ids and constants, so they need no quoting beyond the quotes; the password is URL-safe base64. */
    private void prepareDatabase(String database, String role, String migrations) throws SQLException {
        try (var admin = admin(server.maintenanceDatabase());
                var statement = admin.createStatement()) {
            var password = scope.password(role);
            if (!exists(admin, "select 1 from pg_roles where rolname = ?", role)) {
                statement.execute("create role \"" + role + "\" login nosuperuser nocreatedb nocreaterole noinherit"
                        + " nobypassrls connection limit " + CONNECTIONS_PER_CELL + " password '" + password + "'");
            }
            if (!exists(admin, "select 1 from pg_database where datname = ?", database)) {
                statement.execute("create database \"" + database + "\" template template0");
            }
            statement.execute("revoke all on database \"" + database + "\" from public");
            statement.execute("grant connect on database \"" + database + "\" to \"" + role + "\"");
        }
        grantFuture(database, role);
        migrate(database, migrations);
    }

    /** Tables belong to the administrator; the cell's role reads and writes rows, and changes no table. */
    private void grantFuture(String database, String role) throws SQLException {
        try (var admin = admin(database);
                var statement = admin.createStatement()) {
            statement.execute("revoke all on schema public from public");
            statement.execute("grant usage on schema public to \"" + role + "\"");
            statement.execute("alter default privileges in schema public grant select, insert, update, delete on tables"
                    + " to \"" + role + "\"");
            statement.execute(
                    "alter default privileges in schema public grant usage, select on sequences to \"" + role + "\"");
        }
    }

    private Flyway migrations(String database, String migrations) {
        return Flyway.configure()
                .dataSource(server.url(database), server.user(), server.password())
                .locations("classpath:" + migrations)
                .placeholderReplacement(true)
                .placeholders(java.util.Map.of("role", database))
                .table("schema_history")
                .connectRetries(0)
                // Features number their migrations in blocks of their own, so a lower number may be the younger one.
                .outOfOrder(true)
                .failOnMissingLocations(true)
                .load();
    }

    private void migrate(String database, String migrations) {
        var flyway = migrations(database, migrations);
        try {
            var known = flyway.info();
            for (var info : known.all()) {
                if (info.getState().isApplied() && !info.getState().isResolved()) {
                    throw new EtalonException(
                            NEWER_DATA,
                            "The database holds migration " + info.getVersion()
                                    + ", which this version of Etalon does not know. Start the newer version.");
                }
            }
            var applied = flyway.migrate().migrationsExecuted;
            // That a new database gets its tables is no news.
            if (applied > 0 && known.current() != null) {
                LOG.info("migrated database={} applied={}", database, applied);
            }
        } catch (FlywayException e) {
            throw new EtalonException(
                    ErrorCode.INTERNAL, "The migration of database " + database + " failed: " + e.getMessage(), e);
        }
    }

    /**
     * Start-up lint: what the walls between cells stand on.
     *
     * @throws EtalonException naming every rule that does not hold
     */
    void lint() throws SQLException {
        var faults = new ArrayList<String>();
        try (var admin = admin(server.maintenanceDatabase())) {
            faults.addAll(list(admin, """
                    select 'role ' || rolname || ' has rights over the whole server' from pg_roles
                    where (rolname like 'client\\_%' or rolname in ('etalon_control', 'etalon_vault'))
                      and (rolsuper or rolcreatedb or rolcreaterole or rolbypassrls or rolreplication)
                    union all
                    select 'database ' || datname || ' lets PUBLIC connect' from pg_database
                    where (datname like 'client\\_%' or datname in ('etalon_control', 'etalon_vault'))
                      and has_database_privilege('public', oid, 'connect')
                    union all
                    select 'role ' || r.rolname || ' may connect to database ' || d.datname from pg_roles r, pg_database d
                    where (r.rolname like 'client\\_%' or r.rolname in ('etalon_control', 'etalon_vault'))
                      and (d.datname like 'client\\_%' or d.datname in ('etalon_control', 'etalon_vault'))
                      and r.rolname <> d.datname and has_database_privilege(r.oid, d.oid, 'connect')
                    union all
                    select 'database ' || datname || ' belongs to a cell''s role' from pg_database d
                    join pg_roles r on r.oid = d.datdba where r.rolname like 'client\\_%' or r.rolname in ('etalon_control', 'etalon_vault')
                    """));
            for (var database : list(
                    admin,
                    "select datname from pg_database where datname like 'client\\_%' or datname in ('etalon_control', 'etalon_vault')")) {
                try (var inside = admin(database)) {
                    faults.addAll(
                            list(
                                    inside,
                                    "select 'extension ' || extname || ' in " + database
                                            + " reaches outside' from pg_extension"
                                            + " where extname in ('dblink', 'postgres_fdw', 'file_fdw', 'plpython3u', 'adminpack')"));
                }
            }
        }
        if (!faults.isEmpty()) {
            throw new EtalonException(BROKEN_WALL, String.join("; ", faults) + ". Mend the catalogue and start again.");
        }
    }

    /** The administrator's way into a client's database. */
    AdminDoor admin(Client client) {
        return new AdminDoor(() -> admin(client.database()));
    }

    AdminDoor adminOfControl() {
        return new AdminDoor(() -> admin(TenantScope.CONTROL_DATABASE));
    }

    boolean exists(Client client) throws SQLException {
        try (var admin = admin(server.maintenanceDatabase())) {
            return exists(admin, "select 1 from pg_database where datname = ?", client.database())
                    || exists(admin, "select 1 from pg_roles where rolname = ?", client.role());
        }
    }

    /** Drops a client's database, whoever is connected, and its role. Can be repeated. */
    void drop(Client client) throws SQLException {
        try (var admin = admin(server.maintenanceDatabase());
                var statement = admin.createStatement()) {
            statement.execute("drop database if exists \"" + client.database() + "\" with (force)");
            statement.execute("drop role if exists \"" + client.role() + "\"");
        }
    }

    /**
     * Has PostgreSQL let go of what deleted rows and dropped files still hold: the tables' pages, and the segments of the
     * write-ahead log, which it would otherwise keep under new names with their old bytes. Needs a superuser; with another
     * administrator it says so in the log and leaves it to PostgreSQL.
     */
    void scrub(List<String> tables) throws SQLException {
        try (var admin = admin(TenantScope.CONTROL_DATABASE);
                var statement = admin.createStatement()) {
            for (var table : tables) {
                statement.execute("vacuum full \"" + table + "\"");
            }
            statement.execute("alter system set wal_recycle = off");
            try {
                statement.execute("select pg_reload_conf()");
                statement.execute("checkpoint");
                for (var i = 0; i < MOST_SEGMENTS && hasWrittenAhead(admin); i++) {
                    statement.execute("select pg_logical_emit_message(false, 'etalon', '')");
                    statement.execute("select pg_switch_wal()");
                }
                statement.execute("checkpoint");
                statement.execute("select pg_switch_wal()");
                statement.execute("checkpoint");
            } finally {
                statement.execute("alter system reset wal_recycle");
                statement.execute("select pg_reload_conf()");
            }
        } catch (SQLException e) {
            if (!INSUFFICIENT_PRIVILEGE.equals(e.getSQLState())) {
                throw e;
            }
            LOG.warn("event=wal-not-scrubbed reason={}", e.getMessage());
        }
    }

    /** Segments that lie ready to be written again, with what they held before. */
    private static boolean hasWrittenAhead(Connection admin) throws SQLException {
        return list(
                                admin,
                                "select name from pg_ls_waldir() where name ~ '^[0-9A-F]{24}$'"
                                        + " and name > pg_walfile_name(pg_current_wal_lsn()) limit 1")
                        .size()
                > 0;
    }

    private Connection admin(String database) throws SQLException {
        return DriverManager.getConnection(server.url(database), server.user(), server.password());
    }

    private static boolean exists(Connection connection, String sql, String name) throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            statement.setString(1, name);
            try (var rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }

    private static List<String> list(Connection connection, String sql) throws SQLException {
        var result = new ArrayList<String>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                result.add(rows.getString(1));
            }
        }
        return result;
    }
}
