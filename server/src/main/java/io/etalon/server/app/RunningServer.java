package io.etalon.server.app;

import io.etalon.server.base.ContentOrigin;
import io.etalon.server.base.DataFolders;
import io.etalon.server.base.Ids;
import io.etalon.server.base.InstallationSecret;
import io.etalon.server.forward.NodePlace;
import io.etalon.server.residency.ServerPlace;
import io.etalon.server.tenant.Clients;
import io.etalon.server.tenant.DatabaseServer;
import io.etalon.server.tenant.TenantScope;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/**
 * A server process: data directory, database, HTTP. Everything that was opened is closed in reverse order, also when the
 * start fails half way.
 */
public final class RunningServer implements AutoCloseable {
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final ContentOrigin origin;
    private final ConfigurableApplicationContext context;

    private RunningServer(ServerConfig config, Clock machine) {
        try {
            var addresses = config.addresses();
            var around = config.surroundings();
            var place = StatedPlace.of(around.country(), around.networkCountries());
            var proxies = TrustedProxies.of(around.trustedProxies());
            // With a database of its own a server is alone; with another's it may be one of several over one directory.
            var several = config.storage().databaseUrl() != null;
            var data = open(DataDirectory.open(config.data(), config.storage().passphraseFile(), several));
            var port = portToUse(addresses.host(), addresses.port(), "--port");
            var contentPort = portToUse(addresses.host(), addresses.contentPort(), "--content-port");
            var nodePlace = several ? nodePlace(addresses.host()) : NodePlace.ALONE;
            var archive = archive(config, data);
            var database = database(config, data, archive);
            Durability.check(database);
            // PostgreSQL keeps microseconds: a time is the same before and after it was stored.
            var clock = Clock.tick(machine, Duration.ofNanos(1_000));
            var ids = new Ids(new SecureRandom(), clock);
            var clients = open(Clients.open(database, data.secret(), ids, clock));
            origin = origin(addresses, port, contentPort);
            var application = new SpringApplication(Application.class);
            application.setBannerMode(Banner.Mode.OFF);
            application.setLogStartupInfo(false);
            application.setRegisterShutdownHook(false);
            application.setDefaultProperties(Map.of(
                    "server.address",
                    addresses.host(),
                    "server.port",
                    String.valueOf(port),
                    "etalon.node.address",
                    nodePlace.address()));
            application.addInitializers(context -> {
                var beans = (GenericApplicationContext) context;
                beans.registerBean(Clock.class, () -> clock);
                beans.registerBean(Ids.class, () -> ids);
                beans.registerBean(
                        DataFolders.class,
                        () -> data.folders().archivingTo(archive == null ? null : archive.objects()));
                beans.registerBean(InstallationSecret.class, data::secret);
                beans.registerBean(NodePlace.class, () -> nodePlace);
                beans.registerBean(ContentOrigin.class, () -> origin);
                beans.registerBean(TrustedProxies.class, () -> proxies);
                beans.registerBean(ServerPlace.class, () -> place);
                beans.registerBean(Clients.class, () -> clients, bean -> bean.setDestroyMethodName(""));
                beans.registerBean(
                        ArchiveWatch.class,
                        () -> new ArchiveWatch(archive, data.folders().root(), clients.scope(), clock));
                beans.registerBean(TenantScope.class, clients::scope, bean -> bean.setDestroyMethodName(""));
            });
            context = open(application.run());
        } catch (SQLException e) {
            close();
            throw new StartFailure("The database refused to be prepared: " + e.getMessage(), e);
        } catch (RuntimeException e) {
            close();
            throw StartFailure.of(e);
        }
    }

    /**
     * Starts a server; returns when it answers HTTP.
     *
     * @throws StartFailure with one clear line, when the data directory, a port or the database cannot be used
     */
    public static RunningServer start(ServerConfig config) {
        return start(config, Clock.systemUTC());
    }

    /** The same on a machine whose clock is another. */
    public static RunningServer start(ServerConfig config, Clock machine) {
        return new RunningServer(config, machine);
    }

    private static ContentOrigin origin(ServerConfig.Addresses at, int port, int contentPort) {
        return new ContentOrigin(
                at.contentUrl() == null ? "http://" + shown(at.host()) + ":" + contentPort : at.contentUrl(),
                at.publicUrl() == null ? "http://" + shown(at.host()) + ":" + port : at.publicUrl(),
                contentPort);
    }

    /** Where other servers reach this one: over TLS, unless a setting says otherwise. */
    private static NodePlace nodePlace(String host) {
        var asked = setting("etalon.node.port", "ETALON_NODE_PORT");
        int port;
        try {
            port = portToUse(host, asked == null ? 0 : Integer.parseInt(asked), "etalon.node.port");
        } catch (IllegalArgumentException e) {
            throw new StartFailure("etalon.node.port is “" + asked + "”; it must be a port.", e);
        }
        var stated = setting("etalon.node.address", "ETALON_NODE_ADDRESS");
        var place = new NodePlace(
                port,
                stated == null ? "https://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port : stated,
                Boolean.parseBoolean(setting("etalon.node.plain", "ETALON_NODE_PLAIN")));
        place.refusal(place.address()).ifPresent(reason -> {
            throw new StartFailure(reason);
        });
        return place;
    }

    private static @Nullable String setting(String property, String variable) {
        var set = System.getProperty(property);
        return set == null ? System.getenv(variable) : set;
    }

    private static @Nullable Archive archive(ServerConfig config, DataDirectory data) {
        if (config.storage().databaseUrl() != null) {
            if (config.storage().archive() != null) {
                throw new StartFailure(
                        "--archive is for the embedded database; a PostgreSQL of your own is archived by its"
                                + " own settings, which the guide for operators tells of.");
            }
            return null;
        }
        try {
            return Archive.of(data.folders().root(), config.storage().archive());
        } catch (IOException e) {
            throw new StartFailure("The archive cannot be used: " + e.getMessage(), e);
        }
    }

    private DatabaseServer database(ServerConfig config, DataDirectory data, @Nullable Archive archive) {
        var url = config.storage().databaseUrl();
        if (url == null) {
            return open(EmbeddedPostgres.start(data.folders().root().resolve("postgres"), data.secret(), archive))
                    .server();
        }
        var uri = parse(url);
        var login =
                uri.getUserInfo() == null ? new String[0] : uri.getUserInfo().split(":", 2);
        var path = uri.getPath() == null || uri.getPath().length() < 2
                ? "postgres"
                : uri.getPath().substring(1);
        return new DatabaseServer(
                uri.getHost(),
                uri.getPort() < 0 ? 5432 : uri.getPort(),
                login.length > 0 ? login[0] : "postgres",
                login.length > 1 ? login[1] : "",
                path);
    }

    private static URI parse(String url) {
        try {
            var uri = URI.create(url);
            if ("postgresql".equals(uri.getScheme()) && uri.getHost() != null) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            throw new StartFailure(urlFault(), e);
        }
        throw new StartFailure(urlFault());
    }

    private static String urlFault() {
        return "The database URL must look like postgresql://user:password@host:5432/postgres.";
    }

    /** Browsers make passkeys for a name and for no address, so that the loopback address is shown by its name. */
    private static String shown(String host) {
        return host.equals("127.0.0.1") ? "localhost" : host;
    }

    /** Claims the port for a moment, so that a taken one is told before anything heavy starts. */
    private static int portToUse(String host, int asked, String option) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName(host), asked));
            return socket.getLocalPort();
        } catch (UnknownHostException e) {
            throw new StartFailure("The address " + host + " is not known on this machine.", e);
        } catch (IOException e) {
            throw new StartFailure(
                    "Port " + asked + " on " + host + " cannot be used: " + e.getMessage()
                            + ". Stop what uses it, or choose another with " + option + ".",
                    e);
        }
    }

    private <T extends AutoCloseable> T open(T resource) {
        opened.push(resource);
        return resource;
    }

    /** Where browsers and programs reach the application, such as {@code http://127.0.0.1:8420}. */
    public String url() {
        return origin.appUrl();
    }

    /** A part of the running application, for the command line and for tests. */
    public <T> T part(Class<T> type) {
        return context.getBean(type);
    }

    @Override
    public void close() {
        @Nullable Exception first = null;
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (Exception e) {
                if (first == null) {
                    first = e;
                }
                LoggerFactory.getLogger(RunningServer.class).warn("closing failed: {}", e.toString());
            }
        }
    }
}
