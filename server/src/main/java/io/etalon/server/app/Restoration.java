package io.etalon.server.app;

import io.etalon.server.dataset.ObjectArchive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Brings a backup and the archive that goes on from it back to life as they were at a point, in a new data directory. The first
 * start there enters the restoration in every client's log.
 *
 * @param from a backup that was finished before the point
 * @param archive the folder that the server archived to
 * @param to the point; null for the end of the archive
 * @param data the new data directory: not there, or with {@code keys} alone
 * @param keys a copy of {@code keys}; null when it lies in the new data directory already
 */
public record Restoration(
        Path from,
        Path archive,
        @Nullable Instant to,
        Path data,
        @Nullable Path keys) {
    private static final String NEVER_REACHED = "recovery ended before configured recovery target was reached";

    /**
     * Restores.
     *
     * @throws StartFailure naming what is missing, or that the archive does not reach the point; what was laid into the new
     *     data directory may be deleted then
     */
    public void run() throws IOException {
        var backup = Backup.at(from);
        var log = Archive.at(archive, backup.archive());
        if (to != null && to.isBefore(backup.finished())) {
            throw new StartFailure("The backup was finished at " + backup.finished() + ", after " + to
                    + ": choose an earlier backup, or a later point.");
        }
        layKeys();
        var root = data.toAbsolutePath().normalize();
        Files.copy(backup.folder().resolve("VERSION"), root.resolve("VERSION"));
        try (var own = DataDirectory.open(root, null)) {
            backup.layObjects(own.folders().objects());
            new ObjectArchive(log.objects())
                    .layInto(own.folders().objects(), to == null ? Instant.ofEpochMilli(Long.MAX_VALUE) : to);
            var postgres = root.resolve("postgres");
            var cluster = postgres.resolve("cluster");
            Files.createDirectories(postgres);
            backup.layCluster(cluster);
            // Until it is recovered no start takes it for a whole one.
            Files.writeString(
                    cluster.resolve("recovery.signal"), "", StandardOpenOption.CREATE, StandardOpenOption.SYNC);
            recover(postgres, own, log);
            Restored.leave(root, UUID.randomUUID(), to);
        }
    }

    private void layKeys() throws IOException {
        if (keys != null) {
            Backup.requireEmpty(data);
            var place = data.resolve("keys");
            Files.createDirectories(place, DataDirectory.ownerOnly("rwx------"));
            try (var tree = Files.walk(keys)) {
                for (var one : tree.toList()) {
                    var copy = place.resolve(keys.relativize(one).toString());
                    if (!Files.isDirectory(one)) {
                        Files.copy(one, copy, java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
                    } else if (!Files.exists(copy)) {
                        Files.createDirectory(copy, DataDirectory.ownerOnly("rwx------"));
                    }
                }
            }
        } else if (Files.exists(data.resolve("postgres")) || Files.exists(data.resolve("objects"))) {
            throw new StartFailure(data + " holds data; restore into a new data directory.");
        }
        if (!Files.exists(data.resolve("keys").resolve("passphrase"))) {
            throw new StartFailure(
                    "No backup holds the keys. Name the copy of keys/ that you kept with --keys FOLDER, or put"
                            + " it into " + data.resolve("keys") + ".");
        }
    }

    private void recover(Path postgres, DataDirectory own, Archive log) throws IOException {
        try (var recovered = EmbeddedPostgres.recover(postgres, own.secret(), log, to)) {
            Durability.check(recovered.server());
        } catch (StartFailure e) {
            var said = postgres.resolve("postgres.log");
            if (Files.exists(said)
                    && Files.readString(said, java.nio.charset.StandardCharsets.ISO_8859_1)
                            .contains(NEVER_REACHED)) {
                throw new StartFailure(
                        "The archive " + archive + " tells of nothing after " + to
                                + ": the last of the log was not archived before the end, or nothing was written any more."
                                + " Restore --to newest for all that there is.",
                        e);
            }
            throw e;
        }
    }
}
