package io.etalon.server.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.etalon.server.base.InstallationSecret;
import io.etalon.server.tenant.DatabaseServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EmbeddedPostgresTest {
    private final InstallationSecret secret =
            new InstallationSecret("0123456789012345678901234567890123456789".getBytes());
    private Path folder;

    @BeforeEach
    void makeFolder() throws IOException {
        // Not the system's temporary folder: what tests make stays below the build's.
        folder = Files.createTempDirectory(Files.createDirectories(Path.of("target/postgres")), "own-");
    }

    @AfterEach
    void removeFolder() throws IOException {
        DataDirectory.deleteTree(folder);
    }

    @Test
    void keepsItsDataAndSettingsOverARestart() throws Exception {
        try (var postgres = EmbeddedPostgres.start(folder, secret)) {
            Durability.check(postgres.server());
            execute(postgres.server(), "create table kept (x int)", "insert into kept values (7)");
        }
        try (var postgres = EmbeddedPostgres.start(folder, secret)) {
            assertThat(number(postgres.server(), "select x from kept")).isEqualTo(7);
            assertThat(number(
                            postgres.server(),
                            "select count(*) from pg_settings where name = 'data_checksums' and setting = 'on'"))
                    .isEqualTo(1);
        }
    }

    @Test
    void startsWhereAnUnprivilegedUserCouldReach() throws Exception {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        try (var postgres = EmbeddedPostgres.start(folder, secret)) {
            execute(postgres.server(), "create table kept (x int)");
        }
        try (var postgres = EmbeddedPostgres.start(folder, secret)) {
            assertThat(number(postgres.server(), "select count(*) from kept")).isZero();
        }
    }

    @Test
    void keepsEveryAcknowledgedRowWhenItIsKilled() throws Exception {
        var postgres = EmbeddedPostgres.start(folder, secret);
        execute(postgres.server(), "create table kept (x int)");
        try (var connection = connect(postgres.server());
                var insert = connection.prepareStatement("insert into kept values (?)")) {
            for (var i = 0; i < 500; i++) {
                insert.setInt(1, i);
                insert.executeUpdate();
            }
            postgres.abandon();
            kill(postgres.pid());
        }
        try (var again = EmbeddedPostgres.start(folder, secret)) {
            assertThat(number(again.server(), "select count(*) from kept")).isEqualTo(500);
        }
    }

    @Test
    void stopsTheOrphanOfAKilledServerAndStartsAnew() throws Exception {
        var orphan = EmbeddedPostgres.start(folder, secret);
        execute(orphan.server(), "create table kept (x int)");
        orphan.abandon();

        try (var again = EmbeddedPostgres.start(folder, secret)) {
            assertThat(again.pid()).isNotEqualTo(orphan.pid());
            assertThat(ProcessHandle.of(orphan.pid())
                            .map(ProcessHandle::isAlive)
                            .orElse(false))
                    .isFalse();
            assertThat(number(again.server(), "select count(*) from kept")).isZero();
        }
    }

    @Test
    void refusesADatabaseThatWouldLoseAnswers() throws Exception {
        try (var postgres = EmbeddedPostgres.start(folder, secret)) {
            execute(postgres.server(), "alter system set synchronous_commit = off", "select pg_reload_conf()");
            // The command line of the embedded server wins over the file, so the role's setting is what can weaken it.
            execute(postgres.server(), "alter role etalon_admin set synchronous_commit = off");
            assertThatThrownBy(() -> Durability.check(postgres.server()))
                    .isInstanceOf(StartFailure.class)
                    .hasMessageContaining("synchronous_commit is off, must be on");
        }
    }

    @Test
    void refusesADatabaseWhoseCellsAloneWouldLoseAnswers() throws Exception {
        try (var postgres = EmbeddedPostgres.start(folder, secret)) {
            execute(
                    postgres.server(),
                    "create role client_one",
                    "create role other",
                    "create database client_two",
                    "alter role other set synchronous_commit = off",
                    "alter role client_one set synchronous_commit = on");
            Durability.check(postgres.server());
            execute(
                    postgres.server(),
                    "alter role client_one set synchronous_commit = off",
                    "alter database client_two set synchronous_commit = local");
            assertThatThrownBy(() -> Durability.check(postgres.server()))
                    .isInstanceOf(StartFailure.class)
                    .hasMessageContaining("synchronous_commit is off for role client_one, must be on")
                    .hasMessageContaining("synchronous_commit is local in database client_two, must be on")
                    .hasMessageNotContaining("other");
        }
    }

    @Test
    void saysThatADatabaseIsDown() {
        var nobody = new DatabaseServer("127.0.0.1", 1, "nobody", "", "postgres");
        assertThatThrownBy(() -> Durability.check(nobody))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("127.0.0.1:1 does not answer");
    }

    private static void kill(long pid) throws Exception {
        assertThat(new ProcessBuilder("kill", "-9", String.valueOf(pid)).start().waitFor(5, TimeUnit.SECONDS))
                .isTrue();
    }

    private static Connection connect(DatabaseServer server) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + server.port() + "/postgres", server.user(), server.password());
    }

    private static void execute(DatabaseServer server, String... statements) throws SQLException {
        try (var connection = connect(server);
                var statement = connection.createStatement()) {
            for (var sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static long number(DatabaseServer server, String sql) throws SQLException {
        try (var connection = connect(server);
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
