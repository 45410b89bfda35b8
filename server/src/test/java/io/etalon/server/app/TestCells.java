package io.etalon.server.app;

import io.etalon.server.base.Ids;
import io.etalon.server.base.InstallationSecret;
import io.etalon.server.tenant.Clients;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Clock;

/** Real cells on a real PostgreSQL without the rest of the server, for tests of what lies below HTTP. One a test run. */
public final class TestCells {
    private static TestCells shared;

    private final Clients clients;
    private final EmbeddedPostgres postgres;

    private TestCells() throws IOException, SQLException {
        var folder = Files.createTempDirectory(Files.createDirectories(Path.of("target/servers")), "cells-")
                .toAbsolutePath();
        var secret = new InstallationSecret(new byte[32]);
        postgres = EmbeddedPostgres.start(folder.resolve("postgres"), secret);
        clients = Clients.open(
                postgres.server(), secret, new Ids(new SecureRandom(), Clock.systemUTC()), Clock.systemUTC());
    }

    public static synchronized TestCells shared() {
        if (shared == null) {
            try {
                shared = new TestCells();
                Runtime.getRuntime().addShutdownHook(new Thread(shared::close));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
        return shared;
    }

    public Clients clients() {
        return clients;
    }

    private void close() {
        clients.close();
        postgres.close();
    }
}
