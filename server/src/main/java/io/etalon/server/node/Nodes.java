package io.etalon.server.node;

import io.etalon.server.tenant.TenantScope;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Service;

/**
 * This server among those that share its database. Gives a sign of life every two seconds, and hears what others tell; after
 * a lost connection everything may have been missed, and who listens is told so. Thread-safe.
 */
@Service
public final class Nodes implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(Nodes.class);
    private static final String CHANNEL = "etalon";
    private static final int BEAT_SECONDS = 2;
    private static final int LISTEN_MILLIS = 1_000;
    private static final long AGAIN_NANOS = 500_000_000;

    /** Told instead of a text when something may have been missed. */
    public static final String ANYTHING = "*";

    private final TenantScope scope;
    private final String address;
    private final Clock clock;
    private final NodeStore store = new NodeStore();
    private final Map<String, Consumer<String>> hearing = new ConcurrentHashMap<>();
    private final ScheduledExecutorService beats = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("node-beat").factory());
    private volatile long offset;
    private volatile boolean running;

    /** @param address where other servers reach this one; empty when it is alone */
    Nodes(TenantScope scope, Clock clock, @Value("${etalon.node.address:}") String address) {
        this.scope = scope;
        this.clock = clock;
        this.address = address;
    }

    /** Whether no other server shares the database. */
    public boolean isAlone() {
        return address.isEmpty();
    }

    public UUID self() {
        return scope.node();
    }

    /** Milliseconds since 1970 by the database, as of the last sign of life. */
    public long millis() {
        return clock.millis() + offset;
    }

    /** A server that is or was there. */
    public Optional<Node> find(UUID id) {
        return scope.control(tx -> store.find(tx, id));
    }

    /** Calls a listener with each text that any server tells under a topic, or with {@link #ANYTHING}. */
    public void hear(String topic, Consumer<String> listener) {
        hearing.put(topic, listener);
    }

    /** Tells the servers something, this one too; what they do not hear they read anew within seconds or at a take-over. */
    public void tell(String topic, String text) {
        if (!isAlone()) {
            try {
                scope.controlDo(tx -> store.tell(tx, CHANNEL, topic + " " + text));
            } catch (RuntimeException e) {
                LOG.warn("event=node-untold topic={} reason={}", topic, e.toString());
            }
        }
    }

    @Override
    public void start() {
        running = true;
        if (!isAlone()) {
            beat();
            beats.scheduleWithFixedDelay(this::beat, BEAT_SECONDS, BEAT_SECONDS, TimeUnit.SECONDS);
            Thread.ofPlatform().daemon().name("node-listen").start(this::listen);
            LOG.info("event=node-joined node={} address={}", self(), address);
        }
    }

    private void beat() {
        try {
            var before = clock.millis();
            var database = scope.control(tx -> {
                store.prune(tx);
                return store.seen(tx, self(), address);
            });
            offset = database - before;
        } catch (RuntimeException e) {
            LOG.warn("event=node-silent reason={}", e.toString());
        }
    }

    private void listen() {
        while (running) {
            try (var connection = scope.dedicatedControl();
                    var statement = connection.createStatement()) {
                statement.execute("listen " + CHANNEL);
                connection.commit();
                hearing.forEach((topic, listener) -> tell(listener, ANYTHING));
                var postgres = connection.unwrap(PGConnection.class);
                while (running) {
                    for (var notice : postgres.getNotifications(LISTEN_MILLIS)) {
                        heard(notice.getParameter());
                    }
                }
                statement.execute("unlisten *");
                connection.commit();
            } catch (SQLException | RuntimeException e) {
                if (running) {
                    LOG.warn("event=node-deaf reason={}", e.toString());
                    LockSupport.parkNanos(AGAIN_NANOS);
                }
            }
        }
    }

    private void heard(String text) {
        var space = text.indexOf(' ');
        var listener = space < 0 ? null : hearing.get(text.substring(0, space));
        if (listener != null) {
            tell(listener, text.substring(space + 1));
        }
    }

    private static void tell(Consumer<String> listener, String text) {
        try {
            listener.accept(text);
        } catch (RuntimeException e) {
            LOG.warn("event=node-unheard reason={}", e.toString());
        }
    }

    @Override
    public void stop() {
        running = false;
        beats.shutdownNow();
        if (!isAlone()) {
            try {
                scope.controlDo(tx -> store.remove(tx, self()));
            } catch (RuntimeException e) {
                LOG.debug("event=node-not-removed reason={}", e.toString());
            }
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
