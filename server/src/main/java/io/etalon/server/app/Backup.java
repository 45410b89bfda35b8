package io.etalon.server.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.etalon.server.base.InstallationSecret;
import io.etalon.server.tenant.DatabaseServer;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A copy of the embedded database and of the objects, made while the server works (PostgreSQL 18, section 25.3.4). The database's
 * files are copied as they change; with the archived log from the backup's beginning on they lead to any later point. A
 * folder without the file {@code backup} is a backup that was cut off, and is refused.
 *
 * @param archive the id of the archive that goes on from it
 * @param finished the earliest point that it can be brought to
 */
public record Backup(Path folder, String archive, Instant finished) {
    private static final String DONE = "backup";
    /** What belongs to the running server, or to its past, and is made anew. */
    private static final Set<String> EMPTIED = Set.of(
            "pg_wal",
            "pg_replslot",
            "pg_dynshmem",
            "pg_notify",
            "pg_serial",
            "pg_snapshots",
            "pg_stat_tmp",
            "pg_subtrans");

    private static final Set<String> LEFT_OUT =
            Set.of("postmaster.pid", "postmaster.opts", "backup_label", "tablespace_map");

    /**
     * Backs up a data directory, whose server may run or not. The clients' keysets and the passphrase are not in it: who held
     * both could read it.
     *
     * @param passphraseFile null for the usual place
     * @param to a folder that is empty or not there
     * @throws StartFailure when there is nothing to back up, or its log is not archived
     */
    public static Backup take(Path data, @Nullable Path passphraseFile, Path to) throws IOException, SQLException {
        var root = data.toAbsolutePath().normalize();
        var target = to.toAbsolutePath().normalize();
        var postgres = root.resolve("postgres");
        if (!Files.isDirectory(postgres.resolve("cluster"))) {
            throw new StartFailure(
                    root + " holds no database of its own. What to do with a PostgreSQL of your own stands in"
                            + " the guide for operators.");
        }
        var archive = Archive.of(root, null);
        if (archive == null) {
            throw new StartFailure(
                    "The log of " + root + " is not archived. Start the server with --archive FOLDER first.");
        }
        requireEmpty(target);
        var passphrase = passphraseFile == null ? root.resolve("keys/passphrase") : passphraseFile;
        if (!Files.exists(passphrase)) {
            throw new StartFailure("The passphrase file " + passphrase + " is missing.");
        }
        var running = EmbeddedPostgres.running(
                postgres,
                new InstallationSecret(Files.readString(passphrase).strip().getBytes(UTF_8)));
        if (running.isPresent()) {
            return copy(root, target, archive, running.get());
        }
        try (var own = DataDirectory.open(root, passphraseFile);
                var server = EmbeddedPostgres.start(postgres, own.secret(), archive)) {
            return copy(root, target, archive, server.server());
        }
    }

    private static Backup copy(Path root, Path target, Archive archive, DatabaseServer server)
            throws IOException, SQLException {
        Files.createDirectories(target, DataDirectory.ownerOnly("rwx------"));
        try (var admin = EmbeddedPostgres.connection(server)) {
            ask(admin, "select pg_backup_start('etalon', true)");
            var from = root.resolve("postgres/cluster");
            var cluster = target.resolve("cluster");
            copyTree(from, cluster, Backup::isCopied, true);
            for (var name : EMPTIED) {
                Files.createDirectories(cluster.resolve(name), DataDirectory.ownerOnly("rwx------"));
            }
            // Waits until the log that was written meanwhile is archived.
            var label = ask(admin, "select labelfile from pg_backup_stop(true)");
            Files.writeString(
                    cluster.resolve("backup_label"), label, StandardOpenOption.CREATE, StandardOpenOption.SYNC);
            var finished = OffsetDateTime.parse(
                            ask(
                                    admin,
                                    "select to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"))
                    .toInstant();
            copyTree(root.resolve("objects"), target.resolve("objects"), any -> true, true);
            Files.copy(root.resolve("VERSION"), target.resolve("VERSION"));
            Files.writeString(
                    target.resolve(DONE),
                    archive.id() + "\n" + finished + "\n",
                    StandardOpenOption.CREATE_NEW,
                    StandardOpenOption.SYNC);
            return new Backup(target, archive.id(), finished);
        }
    }

    /** @throws StartFailure when it is none, or was cut off */
    static Backup at(Path folder) throws IOException {
        var file = folder.resolve(DONE);
        var lines = Files.exists(file) ? Files.readAllLines(file) : List.<String>of();
        if (lines.size() != 2) {
            throw new StartFailure(folder + " is no backup, or one that was cut off.");
        }
        return new Backup(folder.toAbsolutePath().normalize(), lines.getFirst(), Instant.parse(lines.get(1)));
    }

    /** Lays the copy of the cluster into a place that does not exist. */
    void layCluster(Path place) throws IOException {
        // Not forced: PostgreSQL forces all files itself before it replays.
        copyTree(folder.resolve("cluster"), place, any -> true, false);
    }

    /** Lays the objects that were there when the backup was made into a folder. */
    void layObjects(Path place) throws IOException {
        copyTree(folder.resolve("objects"), place, any -> true, true);
    }

    private static boolean isCopied(Path relative) {
        var name = relative.getFileName().toString();
        return !(relative.getNameCount() == 1 && (EMPTIED.contains(name) || LEFT_OUT.contains(name)))
                && !name.startsWith("pgsql_tmp")
                && !name.startsWith("pg_internal.init");
    }

    private static String ask(Connection admin, String sql) throws SQLException {
        try (var statement = admin.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    /** @throws StartFailure when something is in it */
    static void requireEmpty(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (var content = Files.list(folder)) {
            if (content.findAny().isPresent()) {
                throw new StartFailure(folder + " is not empty; choose a folder that is, or that is not there.");
            }
        }
    }

    /** Copies all files, and forces them where asked; those that vanish are the log's to make anew or to remove. */
    private static void copyTree(Path from, Path to, Predicate<Path> wanted, boolean forced) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                if (!folder.equals(from) && !wanted.test(from.relativize(folder))) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                Files.createDirectories(to.resolve(from.relativize(folder)), DataDirectory.ownerOnly("rwx------"));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (wanted.test(from.relativize(file))) {
                    copyFile(file, to.resolve(from.relativize(file)), forced);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (failure instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw failure;
            }
        });
    }

    private static void copyFile(Path from, Path to, boolean forced) throws IOException {
        try {
            Files.copy(from, to);
        } catch (NoSuchFileException e) {
            if (Files.exists(from)) {
                throw e;
            }
            return;
        }
        if (forced) {
            try (var channel = FileChannel.open(to, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
        }
    }
}
