package io.etalon.server.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.etalon.server.base.DataFolders;
import io.etalon.server.base.InstallationSecret;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Comparator;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The folder that survives restarts, held by one process at a time. Opening it checks its version, and creates the
 * passphrase file only in a directory that holds no data yet: a lost passphrase is never replaced over data that it
 * alone can open.
 */
final class DataDirectory implements AutoCloseable {
    static final int VERSION = 1;
    private static final int SECRET_BYTES = 48;
    private static final long DAY_MILLIS = 86_400_000;

    private final DataFolders folders;
    private final FileChannel lockFile;
    private final FileLock lock;
    private final InstallationSecret secret;

    private DataDirectory(DataFolders folders, FileChannel lockFile, FileLock lock, InstallationSecret secret) {
        this.folders = folders;
        this.lockFile = lockFile;
        this.lock = lock;
        this.secret = secret;
    }

    /**
     * Opens or creates a data directory.
     *
     * @param root the directory
     * @param passphraseFile where the passphrase is kept instead of {@code keys/passphrase}; null for the usual place
     * @throws StartFailure when it is in use, from a newer version, not writable, or its passphrase is missing
     */
    static DataDirectory open(Path root, @Nullable Path passphraseFile) {
        return open(root, passphraseFile, false);
    }

    /** @param shared whether other processes may have it open at the same time, each with temporary files of its own */
    static DataDirectory open(Path root, @Nullable Path passphraseFile, boolean shared) {
        var alone = new DataFolders(root.toAbsolutePath().normalize());
        var folders =
                shared ? new DataFolders(alone.root(), alone.temporary().resolve("node-" + UUID.randomUUID())) : alone;
        try {
            Files.createDirectories(folders.root());
            var channel = FileChannel.open(
                    folders.root().resolve("lock"),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE);
            var lock = tryLock(channel, folders.root(), shared);
            try (var first = FileChannel.open(
                            folders.root().resolve("opening"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    var turn = first.lock()) {
                checkVersion(folders.root());
                var secret = secret(folders, passphraseFile);
                prepare(folders);
                if (shared) {
                    deleteForgotten(alone.temporary());
                }
                return new DataDirectory(folders, channel, lock, secret);
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            throw new StartFailure(
                    "The data directory " + folders.root() + " cannot be used: " + e.getMessage()
                            + ". Choose one that you may write with --data DIR.",
                    e);
        }
    }

    /** Removes what servers left behind that ended more than a day ago. */
    private static void deleteForgotten(Path temporary) throws IOException {
        try (var folders = Files.list(temporary)) {
            var all = folders.toList();
            var newest = 0L;
            for (var folder : all) {
                newest = Math.max(newest, Files.getLastModifiedTime(folder).toMillis());
            }
            for (var folder : all) {
                // Against the newest, which is this process's own: the machine's clock is not asked.
                if (Files.getLastModifiedTime(folder).toMillis() < newest - DAY_MILLIS) {
                    deleteTree(folder);
                }
            }
        }
    }

    private static FileLock tryLock(FileChannel channel, Path root, boolean shared) throws IOException {
        try {
            var lock = channel.tryLock(0, Long.MAX_VALUE, shared);
            if (lock != null) {
                return lock;
            }
        } catch (OverlappingFileLockException e) {
            channel.close();
            throw inUse(root, e);
        }
        channel.close();
        throw inUse(root, null);
    }

    private static StartFailure inUse(Path root, @Nullable Throwable cause) {
        var message = "The data directory " + root + " is in use by another Etalon process. Stop that one, or choose"
                + " another directory with --data DIR.";
        return cause == null ? new StartFailure(message) : new StartFailure(message, cause);
    }

    private static void checkVersion(Path root) throws IOException {
        var file = root.resolve("VERSION");
        if (!Files.exists(file)) {
            Files.writeString(file, VERSION + "\n");
            return;
        }
        var text = Files.readString(file).strip();
        int found;
        try {
            found = Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new StartFailure(file + " says “" + text + "”; it must be a whole number.", e);
        }
        if (found > VERSION) {
            throw new StartFailure("The data directory " + root + " has version " + found + "; this Etalon knows up to "
                    + VERSION + ". Start the newer Etalon that wrote it.");
        }
    }

    private static InstallationSecret secret(DataFolders folders, @Nullable Path chosen) throws IOException {
        var file = chosen == null ? folders.keys().resolve("passphrase") : chosen;
        if (!Files.exists(file)) {
            if (holdsData(folders)) {
                throw new StartFailure("The passphrase file " + file + " is missing, and " + folders.root()
                        + " holds data that only it can open. Put it back from your backup; no new one is made.");
            }
            create(file);
        }
        var bytes = Files.readString(file).strip().getBytes(UTF_8);
        if (bytes.length < 32) {
            throw new StartFailure("The passphrase file " + file + " is too short: it needs at least 32 characters.");
        }
        return new InstallationSecret(bytes);
    }

    private static boolean holdsData(DataFolders folders) {
        return Files.exists(folders.root().resolve("postgres").resolve("cluster"))
                || Files.exists(folders.objects())
                || Files.exists(folders.keys().resolve("clients"));
    }

    private static void create(Path file) throws IOException {
        var folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder, ownerOnly("rwx------"));
        }
        var secret = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(secret);
        var temporary = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(temporary);
        Files.createFile(temporary, ownerOnly("rw-------"));
        Files.writeString(
                temporary,
                Base64.getUrlEncoder().withoutPadding().encodeToString(secret) + "\n",
                StandardOpenOption.SYNC);
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    }

    static FileAttribute<?>[] ownerOnly(String permissions) {
        var posix = Path.of("").getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    private static void prepare(DataFolders folders) throws IOException {
        if (!Files.isDirectory(folders.keys(), LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectories(folders.keys(), ownerOnly("rwx------"));
        }
        deleteTree(folders.temporary());
        Files.createDirectories(folders.temporary(), ownerOnly("rwx------"));
        Files.createDirectories(folders.objects(), ownerOnly("rwx------"));
    }

    static void deleteTree(Path root) throws IOException {
        if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (var paths = Files.walk(root)) {
            for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    DataFolders folders() {
        return folders;
    }

    InstallationSecret secret() {
        return secret;
    }

    @Override
    public void close() throws IOException {
        lock.release();
        lockFile.close();
    }
}
