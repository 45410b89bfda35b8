package io.etalon.server.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.etalon.server.app.TestDatabase;
import io.etalon.server.tenant.DatabaseServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.junit.jupiter.api.Test;

/**
 * A client's database of an earlier version, with work in it, is upgraded while the database ends the upgrading session at
 * one statement after the other; each time the upgrade is begun again.
 */
final class KilledUpgradeTest {
    /** The version that the fixture has: work, audit, packs and jobs came before. */
    private static final String EARLIER = "56";

    /** Kills at the first, and then at every so many statements further on in each migration. */
    private static final int STRIDE = Faults.times(6, 1);

    private static final int MOST_ATTEMPTS = 2_000;

    private final DatabaseServer server = TestDatabase.shared();

    @Test
    void completesAnUpgradeThatWasCutOffAtEachOfItsSteps() throws Exception {
        var suffix = System.nanoTime();
        var undisturbed = "upgrade_calm_" + suffix;
        var killed = "upgrade_killed_" + suffix;
        earlier(undisturbed);
        try (var admin = connect(server.maintenanceDatabase());
                var statement = admin.createStatement()) {
            statement.execute("create database " + killed + " template " + undisturbed);
        }
        upgrade(undisturbed, null).migrate();
        var kills = killEverywhere(killed);
        Faults.saw(kills + " sessions ended in the midst of an upgrade");
        assertThat(kills).isGreaterThanOrEqualTo(Faults.times(2, 20));
        assertThat(contents(killed)).containsExactlyInAnyOrderElementsOf(contents(undisturbed));

        // The control: a database in which one row is different is told apart.
        try (var cell = connect(killed);
                var statement = cell.createStatement()) {
            statement.execute("update submission set active_seconds = active_seconds + 1 where id = 7");
        }
        assertThat(contents(killed)).isNotEqualTo(contents(undisturbed));
    }

    private void earlier(String database) throws SQLException {
        try (var admin = connect(server.maintenanceDatabase());
                var statement = admin.createStatement()) {
            statement.execute("create database " + database + " template template0");
        }
        upgrade(database, EARLIER).migrate();
        try (var cell = connect(database);
                var statement = cell.createStatement()) {
            statement.execute("""
                    insert into project (id, name, code_name, kind, template, state, redundancy, review_share,
                      default_rounds, licence, ontology_version, guideline_version, created_at)
                    values ('00000000-0000-0000-0000-000000000001', 'P', 'P', 'image', 'image-boxes', 'active', 3, 0.5, 1,
                      '', 1, 1, '2026-01-01Z');
                    insert into task (project, asset, planned_at)
                    select '00000000-0000-0000-0000-000000000001', ('00000000-0000-0000-0001-' || lpad(n::text, 12, '0'))::uuid,
                      '2026-01-01Z' from generate_series(1, 200) n;
                    insert into submission (id, project, task, annotator, round, revision, lease, ontology_version,
                      guideline_version, active_seconds, sampled, answer, submitted_at)
                    select n, '00000000-0000-0000-0000-000000000001', n,
                      ('00000000-0000-0000-0002-' || lpad((n % 7)::text, 12, '0'))::uuid, 1, 1, n, 1, 1, n, n % 2 = 0,
                      jsonb_build_object('answers', jsonb_build_object('note', n)), '2026-01-02Z'
                    from generate_series(1, 200) n""");
        }
    }

    private Flyway upgrade(String database, String target) {
        var configuration = Flyway.configure()
                .dataSource(url(database), server.user(), server.password())
                .locations("classpath:db/client")
                .placeholders(Map.of("role", "pg_monitor"))
                .table("schema_history")
                .connectRetries(0)
                .outOfOrder(true);
        return (target == null ? configuration : configuration.target(target)).load();
    }

    /** Ends the session at the statements of each migration in turn; returns how often. */
    private int killEverywhere(String database) throws SQLException {
        arm(database);
        var kills = 0;
        var applied = -1;
        var stop = 1;
        for (var attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
            var now = applied(database);
            stop = now == applied ? stop + STRIDE : 1;
            applied = now;
            stopAt(database, stop);
            try {
                upgrade(database, null).migrate();
                disarm(database);
                return kills;
            } catch (FlywayException e) {
                kills++;
            }
        }
        throw new AssertionError("not upgraded after " + MOST_ATTEMPTS + " attempts");
    }

    /** Sequences keep their numbers when a transaction is undone: they count the statements of one transaction. */
    private void arm(String database) throws SQLException {
        try (var cell = connect(database);
                var statement = cell.createStatement()) {
            statement.execute("""
                    create schema sabotage;
                    create sequence sabotage.transaction;
                    create sequence sabotage.seen;
                    create sequence sabotage.stop;
                    create function sabotage.kill() returns event_trigger language plpgsql as $$
                    declare this bigint := pg_current_xact_id()::text::bigint;
                    begin
                        if (select last_value from sabotage.transaction) <> this then
                            perform setval('sabotage.transaction', this);
                            perform setval('sabotage.seen', 1, false);
                        end if;
                        if nextval('sabotage.seen') = (select last_value from sabotage.stop) then
                            perform pg_terminate_backend(pg_backend_pid());
                            perform pg_sleep(10);
                        end if;
                    end $$;
                    create event trigger sabotage on ddl_command_end execute function sabotage.kill()""");
        }
    }

    private void stopAt(String database, int stop) throws SQLException {
        try (var cell = connect(database);
                var statement = cell.createStatement()) {
            statement.execute("select setval('sabotage.stop', " + stop + ")");
        }
    }

    private void disarm(String database) throws SQLException {
        try (var cell = connect(database);
                var statement = cell.createStatement()) {
            statement.execute("drop event trigger sabotage; drop schema sabotage cascade");
        }
    }

    private int applied(String database) {
        return upgrade(database, null).info().applied().length;
    }

    /** Columns, constraints, indexes and rights, and a checksum of each table's rows, but for what tells when it was made. */
    private List<String> contents(String database) throws SQLException {
        var lines = new ArrayList<String>();
        try (var cell = connect(database)) {
            lines.addAll(list(cell, """
                    select concat_ws(' ', table_name, column_name, data_type, is_nullable, column_default)
                    from information_schema.columns where table_schema = 'public'
                    union all select indexdef from pg_indexes where schemaname = 'public'
                    union all select conrelid::regclass || ' ' || pg_get_constraintdef(oid) from pg_constraint
                      where connamespace = 'public'::regnamespace
                    union all select relname || ' ' || coalesce(relacl::text, '') from pg_class
                      where relnamespace = 'public'::regnamespace
                    order by 1"""));
            var tables = list(cell, """
                    select table_name from information_schema.tables where table_schema = 'public'
                      and table_name not in ('schema_history', 'work_seat', 'outbox_cursor') order by 1""");
            for (var table : tables) {
                lines.addAll(list(
                        cell,
                        "select '" + table
                                + " ' || count(*) || ' ' || coalesce(md5(string_agg(t::text, ';' order by t::text)), '')"
                                + " from " + table + " t"));
            }
        }
        return lines;
    }

    private static List<String> list(Connection connection, String sql) throws SQLException {
        var lines = new ArrayList<String>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                lines.add(rows.getString(1));
            }
        }
        return lines;
    }

    private Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(url(database), server.user(), server.password());
    }

    private String url(String database) {
        return "jdbc:postgresql://" + server.host() + ":" + server.port() + "/" + database;
    }
}
