package io.etalon.server.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folder that an installation's write-ahead log and objects are archived to, outside its data directory. The data directory
 * remembers it: one start that did not archive would leave a gap behind which no point can be reached. Folder and data
 * directory bear the same id, so that no other installation, and no restored copy of this one, writes into it.
 */
final class Archive {
    /** What is asked for to end archiving. */
    static final String NONE = "none";

    private static final String REMEMBERED = "archive";
    private static final String ID = "id";
    /** A log that is not full is archived after so long: what a lost disk takes with it at most. */
    private static final String TIMEOUT = System.getProperty("etalon.archive.timeout", "60s");

    /** A piece of the log has 16 MB before it is compressed. */
    private static final long LEAST_SPACE = 16L << 20;

    private final Path folder;
    private final String id;

    private Archive(Path folder, String id) {
        this.folder = folder;
        this.id = id;
    }

    /**
     * The archive of a data directory; null when it has none.
     *
     * @param asked a folder, {@value #NONE}, or null for what the data directory remembers
     * @throws StartFailure when the folder is another's, or is not there any more
     */
    static @Nullable Archive of(Path data, @Nullable String asked) throws IOException {
        var file = data.resolve(REMEMBERED);
        var remembered = Files.exists(file) ? Files.readAllLines(file) : List.<String>of();
        if (NONE.equals(asked)) {
            Files.deleteIfExists(file);
            return null;
        }
        var known = remembered.size() == 2 ? remembered.get(1) : null;
        if (asked == null
                || remembered.size() == 2
                        && remembered.getFirst().equals(absolute(asked).toString())) {
            return known == null ? null : at(Path.of(remembered.getFirst()), known);
        }
        var folder = absolute(asked);
        if (folder.startsWith(data) || data.startsWith(folder)) {
            throw new StartFailure("The archive " + folder + " must be outside the data directory " + data
                    + ", best on another disk: it is what is left when that one is lost.");
        }
        return claim(folder, known, file);
    }

    private static Archive claim(Path folder, @Nullable String known, Path file) throws IOException {
        Files.createDirectories(folder);
        var marker = folder.resolve(ID);
        var found = Files.exists(marker) ? Files.readString(marker).strip() : null;
        if (found != null && !found.equals(known)) {
            throw new StartFailure(
                    "The archive " + folder + " is another installation's, or this one's from before it was"
                            + " restored. Choose an empty folder with --archive FOLDER, and make a backup then.");
        }
        var id = known == null ? UUID.randomUUID().toString() : known;
        Files.createDirectories(folder.resolve("wal"), DataDirectory.ownerOnly("rwx------"));
        Files.createDirectories(folder.resolve("objects"), DataDirectory.ownerOnly("rwx------"));
        write(marker, id + "\n");
        write(file, folder + "\n" + id + "\n");
        return new Archive(folder, id);
    }

    private static void write(Path file, String text) throws IOException {
        var beside = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(
                beside, text, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.SYNC);
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static Path absolute(String asked) {
        return Path.of(asked).toAbsolutePath().normalize();
    }

    /**
     * The archive in a folder.
     *
     * @param id which it must bear
     * @throws StartFailure when it is not there, or bears another
     */
    static Archive at(Path chosen, String id) throws IOException {
        var folder = chosen.toAbsolutePath().normalize();
        var marker = folder.resolve(ID);
        if (!Files.exists(marker)) {
            throw new StartFailure("The archive " + folder + " is not there. Mount its disk, or give up archiving with"
                    + " --archive none.");
        }
        if (!Files.readString(marker, UTF_8).strip().equals(id)) {
            throw new StartFailure("The folder " + folder + " holds the archive of another installation.");
        }
        return new Archive(folder, id);
    }

    String id() {
        return id;
    }

    /** Why nothing can be archived there now; empty when nothing is seen that stands against it. */
    Optional<String> fault() {
        try {
            var marker = folder.resolve(ID);
            if (!Files.isRegularFile(marker)) {
                return Optional.of("The archive " + folder + " is not there; is its disk mounted?");
            }
            if (!Files.readString(marker, UTF_8).strip().equals(id)) {
                return Optional.of("The folder " + folder + " holds the archive of another installation.");
            }
            for (var part : List.of(wal(), objects())) {
                if (!Files.isDirectory(part)) {
                    return Optional.of(part + " is no folder.");
                }
            }
            if (folder.toFile().getUsableSpace() < LEAST_SPACE) {
                return Optional.of("The disk of " + folder + " is full.");
            }
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of("The archive " + folder + " cannot be read: " + e.getMessage());
        }
    }

    Path folder() {
        return folder;
    }

    Path objects() {
        return folder.resolve("objects");
    }

    private Path wal() {
        return folder.resolve("wal");
    }

    /**
     * What has PostgreSQL archive. A file is compressed, since one that the clock ended is mostly zeros; it gets its name when its
     * bytes are on the disk, and one that is there already is compared and never replaced.
     */
    List<String> settings(Unprivileged user) throws IOException {
        requireShell();
        requireReach(user);
        user.ownFolder(wal());
        var name = quoted(wal()).replace("%", "%%") + "/%f.gz";
        var copy = "gzip -1 -c < %p > " + name + ".new && sync " + name + ".new && mv " + name + ".new " + name
                + " && sync " + quoted(wal()).replace("%", "%%");
        return List.of(
                "archive_mode=on",
                "archive_timeout=" + TIMEOUT,
                "archive_command=if test -f " + name + "; then gzip -dc < " + name + " | cmp -s - %p; else " + copy
                        + "; fi");
    }

    /** @param to null for the end of the archive */
    List<String> recovery(Unprivileged user, @Nullable Instant to) throws IOException {
        requireShell();
        requireReach(user);
        user.own(wal());
        var name = quoted(wal()).replace("%", "%%") + "/%f.gz";
        var common = List.of(
                // Nobody is let in before the point is reached.
                "hot_standby=off",
                "recovery_target_action=promote",
                // Of another timeline nothing is wanted, whatever lies there.
                "recovery_target_timeline=current",
                "restore_command=test -f " + name + " && gzip -dc < " + name + " > %p");
        if (to == null) {
            return common;
        }
        return Stream.concat(
                        common.stream(),
                        Stream.of("recovery_target_time="
                                + to.toString().replace('T', ' ').replace("Z", "+00")))
                .toList();
    }

    private void requireReach(Unprivileged user) throws IOException {
        if (!user.reaches(wal())) {
            throw new StartFailure("PostgreSQL runs as " + user.owner() + ", who cannot come to " + wal()
                    + ": let others pass through the folders above it (chmod o+x).");
        }
    }

    private static void requireShell() {
        if (PostgresBinaries.platform().startsWith("windows")) {
            throw new StartFailure(
                    "Archiving needs a POSIX shell, which Windows has not. Use a PostgreSQL of your own with"
                            + " --database-url, and its tools.");
        }
    }

    private static String quoted(Path path) {
        return "'" + path.toString().replace("'", "'\\''") + "'";
    }
}
