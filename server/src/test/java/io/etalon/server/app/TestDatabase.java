package io.etalon.server.app;

import io.etalon.server.base.InstallationSecret;
import io.etalon.server.tenant.DatabaseServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** One real PostgreSQL for tests that put parts of the server together by hand, without the Spring application. */
public final class TestDatabase {
    /** The secret under which the shared cluster was made; its logins are derived from it. */
    public static final InstallationSecret SECRET = new InstallationSecret(new byte[48]);

    private static @Nullable EmbeddedPostgres shared;

    private TestDatabase() {}

    /** A PostgreSQL of its own that holds nothing yet, for servers of other processes; ends with the test run. */
    public static DatabaseServer fresh() throws IOException {
        var folder = Files.createDirectories(Path.of("target/servers/alone-" + System.nanoTime()));
        var own = EmbeddedPostgres.start(folder.toAbsolutePath(), SECRET);
        Runtime.getRuntime().addShutdownHook(new Thread(own::close));
        return own.server();
    }

    /** Runs statements as the administrator in the database of a server that does not run. */
    public static void mend(Path data, String... statements) throws IOException, SQLException {
        var secret = new InstallationSecret(
                Files.readString(data.resolve("keys/passphrase")).strip().getBytes(StandardCharsets.UTF_8));
        try (var own = EmbeddedPostgres.start(data.resolve("postgres"), secret);
                var admin = DriverManager.getConnection(
                        "jdbc:postgresql://127.0.0.1:" + own.server().port() + "/postgres",
                        own.server().user(),
                        own.server().password());
                var statement = admin.createStatement()) {
            for (var sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** Ends with the test run. */
    public static synchronized DatabaseServer shared() {
        try {
            if (shared == null) {
                // Not a private temporary folder: PostgreSQL runs as another user where the tests run as root.
                var folder = Files.createDirectories(Path.of(
                        "target/servers/parts-" + ProcessHandle.current().pid() + "-" + System.nanoTime()));
                shared = EmbeddedPostgres.start(folder.toAbsolutePath(), SECRET);
                Runtime.getRuntime().addShutdownHook(new Thread(shared::close));
            }
            return shared.server();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
