package io.etalon.server.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How to run PostgreSQL when we are root, which it refuses to be: as an existing unprivileged user by {@code setpriv}, or,
 * where that user could not reach the data directory, in a user namespace of its own by {@code unshare -U}.
 *
 * @param prefix words before the command; empty when we are not root
 * @param owner whom the database's folder must belong to; null when nobody else's than ours could be
 */
record Unprivileged(List<String> prefix, @Nullable UserPrincipal owner) {

    /**
     * @param folder the database's folder
     * @param programs where PostgreSQL's programs are
     */
    static Unprivileged forFolders(Path folder, Path programs) throws IOException {
        if (!folder.getFileSystem().supportedFileAttributeViews().contains("posix") || !isRoot()) {
            return new Unprivileged(List.of(), null);
        }
        if (reachableByOthers(folder) && reachableByOthers(programs)) {
            for (var name : List.of("postgres", "nobody")) {
                var user = user(folder, name);
                var prefix = List.of(
                        "setpriv",
                        "--reuid=" + name,
                        "--regid=" + groupOf(name),
                        "--clear-groups",
                        "--inh-caps=-all",
                        "--no-new-privs");
                if (user != null && works(prefix)) {
                    return new Unprivileged(prefix, user);
                }
            }
        }
        var namespace = List.of("unshare", "-U");
        if (works(namespace)) {
            // In there we are still who we are, without the right to read what is others'.
            return new Unprivileged(namespace, user(folder, "root"));
        }
        throw new StartFailure(
                "PostgreSQL does not run as root, and neither setpriv nor unshare works here. Start Etalon"
                        + " as an ordinary user, or use --database-url URL.");
    }

    /** Gives a file, or a folder with all that is in it, to that user. */
    void own(Path path) throws IOException {
        if (owner == null) {
            return;
        }
        try (var tree = Files.walk(path)) {
            for (var one : tree.toList()) {
                Files.setOwner(one, owner);
            }
        }
    }

    /** Gives a folder to that user, and leaves what is in it. */
    void ownFolder(Path folder) throws IOException {
        if (owner != null) {
            Files.setOwner(folder, owner);
        }
    }

    /** Whether that user can come to what is in a folder, once the folder is his. */
    boolean reaches(Path folder) throws IOException {
        var above = folder.toAbsolutePath().getParent();
        return !prefix.contains("setpriv") || above == null || reachableByOthers(above);
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    private static boolean reachableByOthers(Path folder) throws IOException {
        for (var path = folder.toAbsolutePath(); path != null; path = path.getParent()) {
            if (Files.exists(path)
                    && !Files.getPosixFilePermissions(path).contains(PosixFilePermission.OTHERS_EXECUTE)) {
                return false;
            }
        }
        return true;
    }

    private static @Nullable UserPrincipal user(Path folder, String name) {
        try {
            return folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(name);
        } catch (IOException e) {
            return null;
        }
    }

    private static String groupOf(String user) throws IOException {
        try {
            var process = new ProcessBuilder("id", "-gn", user)
                    .redirectErrorStream(true)
                    .start();
            var group = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            return process.waitFor() == 0 ? group.strip() : user;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static boolean works(List<String> prefix) throws IOException {
        var command = new ArrayList<>(prefix);
        command.add("true");
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
