package io.etalon.server.app;

import java.nio.file.Path;
import java.util.List;
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
 * @param trustedProxies networks in CIDR notation whose {@code X-Forwarded-For} is believed
 * @param country in which the server stands (ISO 3166-1 alpha-2), for clients who ask; null when nobody says
 * @param networkCountries a file of lines {@code 192.0.2.0/24 FR}: where people's networks stand; null for none
 * @param archive a folder that the embedded database's log and all objects are archived to, {@code none} to end that; null
 *     for what the data directory remembers
 */
public record ServerConfig(
        Path data,
        String host,
        int port,
        int contentPort,
        @Nullable String publicUrl,
        @Nullable String contentUrl,
        @Nullable String databaseUrl,
        @Nullable Path passphraseFile,
        List<String> trustedProxies,
        @Nullable String country,
        @Nullable Path networkCountries,
        @Nullable String archive) {

    public static final int DEFAULT_PORT = 8420;

    public ServerConfig {
        trustedProxies = List.copyOf(trustedProxies);
    }

    /** Without a proxy in front. */
    public ServerConfig(
            Path data,
            String host,
            int port,
            int contentPort,
            @Nullable String publicUrl,
            @Nullable String contentUrl,
            @Nullable String databaseUrl,
            @Nullable Path passphraseFile) {
        this(
                data,
                host,
                port,
                contentPort,
                publicUrl,
                contentUrl,
                databaseUrl,
                passphraseFile,
                List.of(),
                null,
                null,
                null);
    }

    /** The embedded database, the loopback address and the usual ports. */
    public static ServerConfig local(Path data) {
        return new ServerConfig(data, "127.0.0.1", DEFAULT_PORT, DEFAULT_PORT + 1, null, null, null, null);
    }

    public ServerConfig onPorts(int app, int content) {
        return new ServerConfig(
                data,
                host,
                app,
                content,
                publicUrl,
                contentUrl,
                databaseUrl,
                passphraseFile,
                trustedProxies,
                country,
                networkCountries,
                archive);
    }

    /** @param networks such as {@code 10.0.0.0/8} */
    public ServerConfig behind(List<String> networks) {
        return new ServerConfig(
                data,
                host,
                port,
                contentPort,
                publicUrl,
                contentUrl,
                databaseUrl,
                passphraseFile,
                networks,
                country,
                networkCountries,
                archive);
    }

    /** @param code such as {@code FR} */
    public ServerConfig in(@Nullable String code, @Nullable Path networks) {
        return new ServerConfig(
                data,
                host,
                port,
                contentPort,
                publicUrl,
                contentUrl,
                databaseUrl,
                passphraseFile,
                trustedProxies,
                code,
                networks,
                archive);
    }

    /** @param folder see {@link #archive} */
    public ServerConfig archivingTo(@Nullable String folder) {
        return new ServerConfig(
                data,
                host,
                port,
                contentPort,
                publicUrl,
                contentUrl,
                databaseUrl,
                passphraseFile,
                trustedProxies,
                country,
                networkCountries,
                folder);
    }
}
