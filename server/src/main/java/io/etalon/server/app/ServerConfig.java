package io.etalon.server.app;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How one server process runs.
 *
 * @param data the data directory; created when missing
 */
public record ServerConfig(Path data, Addresses addresses, Storage storage, Surroundings surroundings) {
    public static final int DEFAULT_PORT = 8420;

    /**
     * Where it is reached.
     *
     * @param host the address to listen on, usually {@code 127.0.0.1}
     * @param port the application's port; 0 for any free one
     * @param contentPort the port of the second origin, which shows task content; 0 for any free one
     * @param publicUrl how browsers reach the application, without a trailing slash; null for http, host (the loopback
     *     address by its name) and port
     * @param contentUrl how browsers reach the second origin; null for http, host and content port
     */
    public record Addresses(
            String host,
            int port,
            int contentPort,
            @Nullable String publicUrl,
            @Nullable String contentUrl) {
        /** The loopback address. */
        public static Addresses local(int port, int contentPort) {
            return of("127.0.0.1", port, contentPort);
        }

        /** Browsers come to the ports themselves. */
        public static Addresses of(String host, int port, int contentPort) {
            return new Addresses(host, port, contentPort, null, null);
        }
    }

    /**
     * What lies outside the data directory.
     *
     * @param databaseUrl {@code postgresql://user:password@host:port/database} of an own server; null for the embedded one
     * @param passphraseFile where the installation's passphrase is kept; null for the data directory
     * @param archive a folder that the embedded database's log and all objects are archived to, {@code none} to end that;
     *     null for what the data directory remembers
     */
    public record Storage(
            @Nullable String databaseUrl,
            @Nullable Path passphraseFile,
            @Nullable String archive) {
        /** Nothing does. */
        public static final Storage EMBEDDED = new Storage(null, null, null);

        /** @param url see {@link #databaseUrl} */
        public static Storage of(@Nullable String url, @Nullable Path passphraseFile) {
            return new Storage(url, passphraseFile, null);
        }
    }

    /**
     * What is said of the networks and the country around it.
     *
     * @param trustedProxies networks in CIDR notation whose {@code X-Forwarded-For} is believed
     * @param country in which the server stands (ISO 3166-1 alpha-2), for clients who ask; null when nobody says
     * @param networkCountries a file of lines {@code 192.0.2.0/24 FR}: where people's networks stand; null for none
     */
    public record Surroundings(
            List<String> trustedProxies,
            @Nullable String country,
            @Nullable Path networkCountries) {
        /** No proxy in front, and nothing said. */
        public static final Surroundings UNKNOWN = new Surroundings(List.of(), null, null);

        public Surroundings {
            trustedProxies = List.copyOf(trustedProxies);
        }
    }

    /** With surroundings of which nothing is said. */
    public ServerConfig(Path data, Addresses addresses, Storage storage) {
        this(data, addresses, storage, Surroundings.UNKNOWN);
    }

    /** The embedded database, the loopback address and the usual ports. */
    public static ServerConfig local(Path data) {
        return new ServerConfig(data, Addresses.local(DEFAULT_PORT, DEFAULT_PORT + 1), Storage.EMBEDDED);
    }

    /** The same over another data directory. */
    public ServerConfig over(Path other) {
        return new ServerConfig(other, addresses, storage, surroundings);
    }

    /** The same on any free ports, for nobody but this process. */
    public ServerConfig onFreePorts() {
        return new ServerConfig(data, Addresses.of(addresses.host(), 0, 0), storage, surroundings);
    }

    public ServerConfig onPorts(int app, int content) {
        var on = new Addresses(addresses.host(), app, content, addresses.publicUrl(), addresses.contentUrl());
        return new ServerConfig(data, on, storage, surroundings);
    }

    public ServerConfig within(Surroundings others) {
        return new ServerConfig(data, addresses, storage, others);
    }

    /** @param folder see {@link Storage#archive} */
    public ServerConfig archivingTo(@Nullable String folder) {
        var with = new Storage(storage.databaseUrl(), storage.passphraseFile(), folder);
        return new ServerConfig(data, addresses, with, surroundings);
    }
}
