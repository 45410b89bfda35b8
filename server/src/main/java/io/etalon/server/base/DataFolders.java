package io.etalon.server.base;

import java.nio.file.Path;

/**
 * Where this installation keeps its files. All three folders are on one file system, so that a rename is atomic.
 *
 * @param root the data directory
 */
public record DataFolders(Path root) {
    /** Encrypted bytes of assets, one folder a client. */
    public Path objects() {
        return root.resolve("objects");
    }

    /** The passphrase file and the clients' keysets; readable by the owner only. */
    public Path keys() {
        return root.resolve("keys");
    }

    /** Half-written files; emptied at every start. */
    public Path temporary() {
        return root.resolve("temporary");
    }
}
