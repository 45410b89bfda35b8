package io.etalon.server.base;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where this installation keeps its files. All three folders are on one file system, so that a rename is atomic.
 *
 * @param root the data directory
 * @param temporary half-written files of this process
 * @param archivedObjects where each object is copied to as it is kept, for a recovery to an earlier point; null when nobody
 *     asked for that
 */
public record DataFolders(
        Path root, Path temporary, @Nullable Path archivedObjects) {
    /** Of a server that is alone in its data directory; its half-written files are removed at every start. */
    public DataFolders(Path root) {
        this(root, root.resolve("temporary"));
    }

    /** Without an archive. */
    public DataFolders(Path root, Path temporary) {
        this(root, temporary, null);
    }

    public DataFolders archivingTo(@Nullable Path folder) {
        return new DataFolders(root, temporary, folder);
    }

    /** Encrypted bytes of assets, one folder a client. */
    public Path objects() {
        return root.resolve("objects");
    }

    /** The passphrase file and the clients' keysets; readable by the owner only. */
    public Path keys() {
        return root.resolve("keys");
    }
}
