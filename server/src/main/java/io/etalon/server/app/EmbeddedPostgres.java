package io.etalon.server.app;

import io.etalon.server.base.InstallationSecret;
import io.etalon.server.tenant.DatabaseServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real PostgreSQL as a child of this process, on the loopback address, with every setting that durability needs.
 *
 * <p>Unlike the test wrappers of the same binaries it keeps fsync on and its data for ever. {@code postgres} is a direct
 * child and not a daemon, so that this process reaps it; an orphan of a killed server is found by its pid file and
 * stopped; a lock file that is still there while a dead postmaster waits to be reaped is retried. When it ends without
 * having been told to, it is started again on the same port, for as long as it takes: meanwhile the database is down, and
 * the pools find it again by themselves.
 */
final class EmbeddedPostgres implements AutoCloseable {
    /**
     * To the C library's allocator (glibc's mallopt(3); others know no such names): keep what a transaction needed for the
     * next one. As it comes it gives the top of the heap back after each, and gets it again page by page, which was a tenth
     * of what the work loop's transactions cost (docs/decisions/0006).
     */
    private static final Map<String, String> MEMORY = Map.of(
            "MALLOC_TRIM_THRESHOLD_", "16777216", "MALLOC_TOP_PAD_", "1048576", "MALLOC_MMAP_THRESHOLD_", "4194304");

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgres.class);
    /** System property: a folder for the unpacked programs, shared by several data directories. */
    private static final String PROGRAMS = "etalon.postgres.programs";

    private static final String ADMIN = "etalon_admin";
    private static final Duration RECOVERY_LIMIT = Duration.ofMinutes(10);
    /** Replaying what was archived since a backup may take longer than anybody can say. */
    private static final Duration REPLAY_LIMIT = Duration.ofDays(7);
    /** A killed postmaster holds its lock until init has reaped it, which takes seconds on some machines. */
    private static final Duration STALE_LOCK_LIMIT = Duration.ofSeconds(30);

    private static final Duration FIRST_WAIT = Duration.ofMillis(100);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);
    private static final String WRONG_PASSWORD = "28P01";
    /** Of the pid file, from 0. */
    private static final int PORT_LINE = 3;

    private final Path folder;
    private final Path home;
    private final Path cluster;
    private final Path log;
    private final Unprivileged user;
    private final String password;
    /** Beyond those of every embedded server. */
    private final List<String> moreSettings;

    private final CountDownLatch stopping = new CountDownLatch(1);
    private volatile Process postmaster;
    private int port;

    private EmbeddedPostgres(
            Path folder, Path home, Unprivileged user, String password, List<String> moreSettings, Duration patience)
            throws IOException {
        this.folder = folder;
        this.home = home;
        this.cluster = folder.resolve("cluster");
        this.log = folder.resolve("postgres.log");
        this.user = user;
        this.password = password;
        this.moreSettings = moreSettings;
        if (!Files.exists(cluster)) {
            initialise();
        }
        stopOrphan();
        this.port = freePort();
        this.postmaster = launch();
        try {
            awaitReady(patience);
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
        Thread.ofPlatform().daemon().name("postgres-supervisor").start(this::supervise);
    }

    /**
     * Starts PostgreSQL, creating its cluster on the first start.
     *
     * @param chosen where cluster and log live, and the programs unless they have a folder of their own
     * @throws StartFailure when it does not come up; the message names the log
     */
    static EmbeddedPostgres start(Path chosen, InstallationSecret secret) {
        return start(chosen, secret, null);
    }

    /** @param archive where its log is archived to; null for nowhere */
    static EmbeddedPostgres start(Path chosen, InstallationSecret secret, @Nullable Archive archive) {
        return start(chosen, secret, user -> archive == null ? List.of() : archive.settings(user), RECOVERY_LIMIT);
    }

    /**
     * Starts PostgreSQL on a copy of a cluster that waits to be recovered; returns when it has replayed the archive's log up to a
     * point and taken up a timeline of its own.
     *
     * @param to the point; null for the end of the archive
     */
    static EmbeddedPostgres recover(Path chosen, InstallationSecret secret, Archive archive, @Nullable Instant to) {
        return start(
                chosen,
                secret,
                user -> {
                    user.own(chosen.resolve("cluster"));
                    return archive.recovery(user, to);
                },
                REPLAY_LIMIT);
    }

    /** What is set beyond the usual depends on whom PostgreSQL runs as. */
    @FunctionalInterface
    private interface Settings {
        List<String> of(Unprivileged user) throws IOException;
    }

    private static EmbeddedPostgres start(
            Path chosen, InstallationSecret secret, Settings settings, Duration patience) {
        var folder = chosen.toAbsolutePath().normalize();
        try {
            Files.createDirectories(folder);
            var programs = System.getProperty(PROGRAMS);
            var home = PostgresBinaries.unpack(
                    programs == null ? folder : Path.of(programs).toAbsolutePath());
            var user = Unprivileged.forFolders(folder, home);
            return new EmbeddedPostgres(folder, home, user, password(secret), settings.of(user), patience);
        } catch (IOException e) {
            throw new StartFailure("PostgreSQL could not be started in " + folder + ": " + e.getMessage(), e);
        }
    }

    private static String password(InstallationSecret secret) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(secret.derive("database admin"));
    }

    /** The administrator's way to the PostgreSQL that another process runs there; empty when none answers. */
    static Optional<DatabaseServer> running(Path folder, InstallationSecret secret) throws IOException {
        try {
            var lines = Files.readAllLines(folder.resolve("cluster").resolve("postmaster.pid"));
            var server = new DatabaseServer(
                    "127.0.0.1", Integer.parseInt(lines.get(PORT_LINE).strip()), ADMIN, password(secret), "postgres");
            return answers(server) ? Optional.of(server) : Optional.empty();
        } catch (NoSuchFileException | IndexOutOfBoundsException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    DatabaseServer server() {
        return new DatabaseServer("127.0.0.1", port, ADMIN, password, "postgres");
    }

    /** An administrator's connection, which the caller closes. */
    static Connection connection(DatabaseServer server) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + server.port() + "/" + server.maintenanceDatabase(),
                server.user(),
                server.password());
    }

    long pid() {
        return postmaster.pid();
    }

    /** Looks after it no longer, as though this process had died. */
    void abandon() {
        stopping.countDown();
    }

    /** The cluster is made beside its place and renamed, so that a start that was cut off leaves nothing half made. */
    private void initialise() throws IOException {
        var unfinished = folder.resolve("cluster.new");
        DataDirectory.deleteTree(unfinished);
        Files.createDirectories(unfinished);
        var passwordFile = Files.createTempFile(folder, "initdb", ".tmp", DataDirectory.ownerOnly("rw-------"));
        try {
            Files.writeString(passwordFile, password);
            user.own(unfinished);
            user.own(passwordFile);
            run(List.of(
                    program("initdb"),
                    "-D",
                    unfinished.toString(),
                    "-U",
                    ADMIN,
                    "-A",
                    "scram-sha-256",
                    "--pwfile=" + passwordFile,
                    "--data-checksums",
                    "--encoding=UTF8",
                    "--locale-provider=builtin",
                    "--locale=C.UTF-8"));
        } finally {
            Files.deleteIfExists(passwordFile);
        }
        Files.move(unfinished, cluster, StandardCopyOption.ATOMIC_MOVE);
    }

    private void stopOrphan() throws IOException {
        var pidFile = cluster.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return;
        }
        var lines = Files.readAllLines(pidFile);
        var orphan = lines.isEmpty()
                ? Optional.<ProcessHandle>empty()
                : ProcessHandle.of(Long.parseLong(lines.getFirst().strip()));
        var isPostgres = orphan.flatMap(p -> p.info().command())
                .map(command -> command.contains("postgres"))
                .orElse(false);
        if (isPostgres) {
            LOG.info(
                    "stopping an orphaned PostgreSQL pid={}",
                    orphan.orElseThrow().pid());
            run(List.of(program("pg_ctl"), "-D", cluster.toString(), "-m", "fast", "-w", "-t", "60", "stop"));
        }
    }

    private Process launch() throws IOException {
        var command = new ArrayList<>(user.prefix());
        command.addAll(List.of(program("postgres"), "-D", cluster.toString(), "-p", String.valueOf(port)));
        var settings = settings();
        settings.addAll(moreSettings);
        for (var setting : settings) {
            command.add("-c");
            command.add(setting);
        }
        if (!Files.exists(log)) {
            Files.createFile(log);
        }
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        // A translated message in the log would not be recognised, nor searched for.
        builder.environment().put("LC_ALL", "C");
        builder.environment().putAll(MEMORY);
        builder.directory(folder.toFile());
        return builder.start();
    }

    private static List<String> settings() {
        var settings = new ArrayList<>(List.of(
                "listen_addresses=127.0.0.1",
                "unix_socket_directories=",
                "fsync=on",
                "full_page_writes=on",
                "synchronous_commit=on",
                "max_connections=1000",
                "shared_buffers=256MB",
                "max_wal_size=4GB",
                // After a checkpoint each page is logged whole once more, and files of the log that were given away are
                // made anew: neither is wanted every five minutes of a day's work.
                "min_wal_size=512MB",
                "checkpoint_timeout=15min",
                "password_encryption=scram-sha-256",
                "log_destination=stderr",
                "log_statement=none",
                // Details quote the values of rows, which are a client's.
                "log_error_verbosity=terse",
                "log_min_error_statement=panic",
                "log_parameter_max_length_on_error=0",
                "jit=off"));
        if (PostgresBinaries.platform().startsWith("linux")) {
            // With one database a client, syncing file by file after a crash takes minutes.
            settings.add("recovery_init_sync_method=syncfs");
        }
        return settings;
    }

    private void awaitReady(Duration limit) throws IOException {
        var deadline = System.nanoTime() + limit.toNanos();
        var patience = System.nanoTime() + STALE_LOCK_LIMIT.toNanos();
        while (System.nanoTime() < deadline) {
            if (answers()) {
                return;
            }
            try {
                if (postmaster.waitFor(20, TimeUnit.MILLISECONDS)) {
                    if (System.nanoTime() > patience || !lockFileIsStale()) {
                        throw new StartFailure("PostgreSQL ended with code " + postmaster.exitValue() + "; its log is "
                                + log + ": " + lastLogLine());
                    }
                    stopping.await(FIRST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
                    port = freePort();
                    postmaster = launch();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while PostgreSQL was starting", e);
            }
        }
        throw new StartFailure("PostgreSQL did not answer within " + limit.toMinutes() + " minutes; its log is " + log);
    }

    private void supervise() {
        try {
            while (stopping.getCount() > 0) {
                var code = postmaster.waitFor();
                if (stopping.getCount() > 0) {
                    LOG.error("PostgreSQL ended unasked code={} and is started again log={}", code, log);
                    revive();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A full disk may keep it from recovering; as soon as there is space again, one of the attempts succeeds. */
    private void revive() throws InterruptedException {
        var wait = FIRST_WAIT;
        while (!stopping.await(wait.toMillis(), TimeUnit.MILLISECONDS)) {
            wait = wait.multipliedBy(2).compareTo(LONGEST_WAIT) < 0 ? wait.multipliedBy(2) : LONGEST_WAIT;
            if (relaunched()) {
                while (!postmaster.waitFor(50, TimeUnit.MILLISECONDS)) {
                    if (answers()) {
                        LOG.info("PostgreSQL answers again pid={}", pid());
                        return;
                    }
                }
            }
        }
    }

    private synchronized boolean relaunched() {
        if (stopping.getCount() == 0) {
            return false;
        }
        try {
            postmaster = launch();
            return true;
        } catch (IOException e) {
            LOG.error("PostgreSQL cannot be launched reason={}", e.toString());
            return false;
        }
    }

    private boolean answers() {
        try {
            return answers(server());
        } catch (StartFailure e) {
            throw new StartFailure(
                    "The passphrase is not the one that " + folder + " was made with. Put the right passphrase file"
                            + " back from your backup, or name it with --passphrase-file FILE.",
                    e);
        }
    }

    /** @throws StartFailure when the password is not its administrator's */
    private static boolean answers(DatabaseServer server) {
        try (var connection = DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + server.port() + "/postgres?connectTimeout=2",
                server.user(),
                server.password())) {
            return connection.isValid(2);
        } catch (SQLException e) {
            if (WRONG_PASSWORD.equals(e.getSQLState())) {
                throw new StartFailure("The passphrase is not the one that this database was made with.", e);
            }
            return false;
        }
    }

    private boolean lockFileIsStale() throws IOException {
        var line = lastLogLine();
        return line.contains("postmaster.pid")
                || line.contains("shared memory block")
                || line.contains("Is another postmaster")
                || line.contains("could not bind")
                || line.contains("could not create any TCP/IP sockets");
    }

    private String lastLogLine() throws IOException {
        var lines = Files.readAllLines(log, java.nio.charset.StandardCharsets.ISO_8859_1);
        return String.join(" | ", lines.subList(Math.max(0, lines.size() - 3), lines.size()));
    }

    private String program(String name) {
        return home.resolve("bin").resolve(name).toString();
    }

    private void run(List<String> command) throws IOException {
        var full = new ArrayList<>(user.prefix());
        full.addAll(command);
        try {
            var builder = new ProcessBuilder(full).redirectErrorStream(true);
            builder.environment().put("LC_ALL", "C");
            builder.directory(folder.toFile());
            var process = builder.start();
            var output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new StartFailure(Path.of(command.getFirst()).getFileName() + " failed: " + output.strip());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Stops it with a checkpoint; open sessions are cut off, their transactions rolled back. */
    @Override
    public synchronized void close() {
        stopping.countDown();
        if (!postmaster.isAlive()) {
            return;
        }
        try {
            run(List.of(program("pg_ctl"), "-D", cluster.toString(), "-m", "fast", "-w", "-t", "60", "stop"));
            postmaster.waitFor(10, TimeUnit.SECONDS);
        } catch (IOException | StartFailure e) {
            LOG.warn("PostgreSQL did not stop in order: {}", e.getMessage());
            postmaster.destroyForcibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            postmaster.destroyForcibly();
        }
    }
}
