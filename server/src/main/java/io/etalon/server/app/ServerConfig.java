package io.etalon.server.app;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How one server process runs.
 *
 * @param data the data directory; created when missing
 * @param host the address to listen on, usually {@code 127.0.0.1}
 * @param port the application's port; 0 for any free one
 * @param contentPort the port of the second origin, which shows task content; 0 for any free one
 * @param publicUrl how browsers reach the application, without a trailing slash; null for http, host (the loopback address
 *     by its name) and port
 * @param contentUrl how browsers reach the second origin; null for http, host and content port
 * @param databaseUrl {@code postgresql://user:password@host:port/database} of an own server; null for the embedded one
 * @param passphraseFile where the installation's passphrase is kept; null for the data directory
 */
public record ServerConfig(
        Path data,
        String host,
        int port,
        int contentPort,
        @Nullable String publicUrl,
        @Nullable String contentUrl,
        @Nullable String databaseUrl,
        @Nullable Path passphraseFile) {

    public static final int DEFAULT_PORT = 8420;

    /** The embedded database, the loopback address and the usual ports. */
    public static ServerConfig local(Path data) {
        return new ServerConfig(data, "127.0.0.1", DEFAULT_PORT, DEFAULT_PORT + 1, null, null, null, null);
    }

    public ServerConfig onPorts(int app, int content) {
        return new ServerConfig(data, host, app, content, publicUrl, contentUrl, databaseUrl, passphraseFile);
    }
}
