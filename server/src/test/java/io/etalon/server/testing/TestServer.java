package io.etalon.server.testing;

import io.etalon.server.app.RunningServer;
import io.etalon.server.app.ServerConfig;
import io.etalon.server.app.ServerConfig.Surroundings;
import io.etalon.server.tenant.Clients;
import io.etalon.server.tenant.TenantScope;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The real server on free loopback ports, with its own data directory and its own PostgreSQL. Starting one takes about
 * three seconds, so test classes share {@link #shared()} unless they stop, break or restart it.
 */
public final class TestServer implements AutoCloseable {
    private static TestServer shared;

    private final ServerConfig config;
    private RunningServer running;

    private TestServer(ServerConfig config) {
        this.config = config;
        this.running = RunningServer.start(config);
    }

    /** The server that test classes share; ends with the test run. Use client slugs of your own. */
    public static synchronized TestServer shared() {
        if (shared == null) {
            shared = start();
        }
        return shared;
    }

    /** A server of its own with an empty data directory below {@code target}. */
    public static TestServer start() {
        return over(freshData());
    }

    /** A server of its own behind reverse proxies. */
    public static TestServer behind(List<String> trustedProxies) {
        return of(ServerConfig.local(freshData()).onPorts(0, 0).within(new Surroundings(trustedProxies, null, null)));
    }

    /**
     * A server of its own that stands in a country.
     *
     * @param networks a table of networks and their countries
     */
    public static TestServer in(Path data, String country, Path networks) {
        return of(ServerConfig.local(data).onPorts(0, 0).within(new Surroundings(List.of(), country, networks)));
    }

    /** A server of its own over a data directory that exists or is made. */
    public static TestServer over(Path data) {
        return of(ServerConfig.local(data).onPorts(0, 0));
    }

    /** The same, archiving its log and its objects to a folder. */
    public static TestServer archived(Path data, Path archive) {
        return of(ServerConfig.local(data).onPorts(0, 0).archivingTo(archive.toString()));
    }

    private static TestServer of(ServerConfig config) {
        var server = new TestServer(config);
        Runtime.getRuntime().addShutdownHook(new Thread(server::close));
        return server;
    }

    /** A new empty folder below {@code target}. */
    public static Path freshData() {
        try {
            return Files.createTempDirectory(Files.createDirectories(Path.of("target/servers")), "data-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Stops it in order and starts it again over the same data. */
    public void restart() {
        running.close();
        running = RunningServer.start(config);
    }

    public String url() {
        return running.url();
    }

    public Path data() {
        return config.data();
    }

    public <T> T part(Class<T> type) {
        return running.part(type);
    }

    public TenantScope scope() {
        return part(TenantScope.class);
    }

    public Clients clients() {
        return part(Clients.class);
    }

    @Override
    public synchronized void close() {
        running.close();
    }
}
