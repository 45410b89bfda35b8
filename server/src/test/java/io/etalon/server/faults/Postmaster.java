package io.etalon.server.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.etalon.server.base.InstallationSecret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The embedded PostgreSQL below a data directory, as somebody on the machine sees it who wants to do harm. */
record Postmaster(long pid, int port) {
    /** Reads what PostgreSQL says of itself in its pid file. */
    static Postmaster of(Path data) throws IOException {
        List<String> lines = Files.readAllLines(data.resolve("postgres/cluster/postmaster.pid"));
        return new Postmaster(
                Long.parseLong(lines.get(0).strip()),
                Integer.parseInt(lines.get(3).strip()));
    }

    /** Ends it as the kernel would when memory runs out. */
    void kill() throws IOException, InterruptedException {
        kill(pid);
    }

    /** Ends it, and waits until its backends have noticed: until then one of them may still commit. */
    void killWithBackends() throws IOException, InterruptedException {
        var backends = ProcessHandle.of(pid).orElseThrow().children().toList();
        kill();
        Await.until(
                "the backends end with their postmaster",
                Duration.ofSeconds(30),
                () -> backends.stream().noneMatch(ProcessHandle::isAlive));
    }

    /** Ends what a killed server left behind. */
    static void killOrphan(Path data) throws IOException, InterruptedException {
        if (Files.exists(data.resolve("postgres/cluster/postmaster.pid"))) {
            of(data).kill();
        }
    }

    private static void kill(long pid) throws IOException, InterruptedException {
        var kill = new ProcessBuilder("kill", "-9", String.valueOf(pid)).start();
        assertThat(kill.waitFor(5, TimeUnit.SECONDS)).isTrue();
    }

    /** A superuser's connection. */
    Connection admin(Path data, String database) throws IOException, SQLException {
        var secret = new InstallationSecret(Files.readString(data.resolve("keys/passphrase"))
                .strip()
                .getBytes(java.nio.charset.StandardCharsets.UTF_8));
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + port + "/" + database,
                "etalon_admin",
                Base64.getUrlEncoder().withoutPadding().encodeToString(secret.derive("database admin")));
    }
}
