package io.etalon.server.app;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** The PostgreSQL programs that this build carries for its platform, unpacked once into a folder. */
final class PostgresBinaries {
    static final String VERSION = "18.6.0";

    private PostgresBinaries() {}

    /**
     * Unpacks the programs below a folder, unless they are there; a half-unpacked folder is never used.
     *
     * @return the folder that holds {@code bin}, {@code lib} and {@code share}
     * @throws StartFailure when this build carries none for this platform
     */
    static Path unpack(Path folder) throws IOException {
        var home = folder.resolve("postgresql-" + VERSION);
        if (Files.isDirectory(home)) {
            return home;
        }
        var resource = "/postgres-" + platform() + ".txz";
        try (var packed = PostgresBinaries.class.getResourceAsStream(resource)) {
            if (packed == null) {
                throw new StartFailure("This build carries no PostgreSQL for " + platform()
                        + ". Start with --database-url URL to use a PostgreSQL 16 or newer of your own.");
            }
            var unfinished =
                    folder.resolve("unpacking-" + ProcessHandle.current().pid());
            DataDirectory.deleteTree(unfinished);
            Files.createDirectories(unfinished);
            extract(packed, unfinished);
            moveIntoPlace(unfinished, home);
            return home;
        }
    }

    /** Another process may have been first: its copy is as good. */
    static void moveIntoPlace(Path unfinished, Path home) throws IOException {
        try {
            Files.move(unfinished, home, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            // Linux says no more than that the folder is not empty.
            if (!Files.isDirectory(home)) {
                throw e;
            }
            DataDirectory.deleteTree(unfinished);
        }
    }

    private static void extract(InputStream packed, Path target) throws IOException {
        try (var tar = new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(packed)))) {
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                var path = target.resolve(entry.getName()).normalize();
                if (!path.startsWith(target)) {
                    throw new IOException("entry " + entry.getName() + " leaves the archive");
                }
                write(tar, entry, path);
            }
        }
    }

    private static void write(TarArchiveInputStream tar, TarArchiveEntry entry, Path path) throws IOException {
        if (entry.isDirectory()) {
            Files.createDirectories(path);
            return;
        }
        var parent = path.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(tar, path);
        if ((entry.getMode() & 0100) != 0
                && path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    /** The platform as the archives name it, such as {@code linux-x86_64}. */
    static String platform() {
        var os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        var arch = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        var system = os.startsWith("win") ? "windows" : os.startsWith("mac") ? "darwin" : "linux";
        var arm = arch.equals("aarch64") || arch.equals("arm64");
        return system + "-" + (arm ? "arm_64" : "x86_64");
    }
}
