package io.etalon.cli;

import io.etalon.server.app.ServerConfig;
import io.etalon.server.app.ServerConfig.Addresses;
import io.etalon.server.app.ServerConfig.Storage;
import io.etalon.server.app.ServerConfig.Surroundings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say how a server runs, shared by {@code serve} and {@code demo}. */
final class ServeOptions {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "data",
            description = "The data directory; it survives restarts. Default: ./data")
    @SuppressWarnings("NullAway.Init")
    private Path data;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = "The address to listen on. Default: ${DEFAULT-VALUE}")
    @SuppressWarnings("NullAway.Init")
    private String host;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "8420",
            description = "The application's port; 0 for any free one. Default: ${DEFAULT-VALUE}")
    private int port;

    @Option(
            names = "--content-port",
            paramLabel = "PORT",
            description = "The port of the second origin, which shows task content. Default: the port after --port")
    private @Nullable Integer contentPort;

    @Option(names = "--public-url", paramLabel = "URL", description = "How browsers reach the application.")
    private @Nullable String publicUrl;

    @Option(names = "--content-url", paramLabel = "URL", description = "How browsers reach the second origin.")
    private @Nullable String contentUrl;

    @Option(
            names = "--database-url",
            paramLabel = "URL",
            description =
                    "Use this PostgreSQL (16 or newer) instead of the embedded one:"
                            + " postgresql://user:password@host:5432/postgres. The user must be able to create databases and roles.")
    private @Nullable String databaseUrl;

    @Option(
            names = "--passphrase-file",
            paramLabel = "FILE",
            description = "Where the installation's passphrase is kept. Default: DIR/keys/passphrase")
    private @Nullable Path passphraseFile;

    @Option(
            names = "--trusted-proxy",
            paramLabel = "CIDR",
            split = ",",
            description = "Reverse proxies whose X-Forwarded-For is believed, such as 10.0.0.0/8. Default: none")
    private List<String> trustedProxies = new ArrayList<>();

    @Option(
            names = "--country",
            paramLabel = "CODE",
            description = "The country in which this server stands, such as FR: clients may allow no other.")
    private @Nullable String country;

    @Option(
            names = "--network-countries",
            paramLabel = "FILE",
            description = "Lines such as “192.0.2.0/24 FR”: where people's networks stand, for clients who ask.")
    private @Nullable Path networkCountries;

    ServerConfig config() {
        var second = contentPort == null ? (port == 0 ? 0 : port + 1) : contentPort;
        return new ServerConfig(
                data,
                new Addresses(host, port, second, publicUrl, contentUrl),
                Storage.of(databaseUrl, passphraseFile),
                new Surroundings(trustedProxies, country, networkCountries));
    }
}
