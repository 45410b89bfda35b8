package io.etalon.server.event;

import io.etalon.server.base.ClientId;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.ProjectId;
import io.etalon.server.node.Nodes;
import io.etalon.server.tenant.Clients;
import io.etalon.server.tenant.TenantScope;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Service;

/**
 * The couriers of all clients. They start when the application has started and stop before its door closes, so that those
 * who follow are let go at once. Thread-safe.
 */
@Service
public final class Couriers implements SmartLifecycle {
    private final Clients clients;
    private final Events events;
    private final ObjectProvider<EventListener> listeners;
    private final Courier.Ground ground;
    private final ConcurrentMap<ClientId, Courier> all = new ConcurrentHashMap<>();
    private final AtomicLong parked = new AtomicLong();
    private volatile boolean running;

    Couriers(
            Clients clients,
            TenantScope scope,
            Events events,
            ObjectProvider<EventListener> listeners,
            Clock clock,
            Nodes nodes) {
        this.clients = clients;
        this.events = events;
        this.listeners = listeners;
        var config = nodes.isAlone() ? OutboxConfig.ALONE : OutboxConfig.DEFAULT;
        this.ground = new Courier.Ground(scope, clock, config, parked);
        scope.onClose(client -> {
            var courier = all.remove(client);
            if (courier != null) {
                courier.close();
            }
        });
    }

    @Override
    public void start() {
        running = true;
        clients.onOpen(client -> opened(client.id()));
    }

    private void opened(ClientId client) {
        if (running) {
            List<EventListener> heard = listeners.orderedStream().toList();
            all.computeIfAbsent(client, id -> new Courier(id, ground, events.bell(id), heard))
                    .start();
        }
    }

    /**
     * Follows a project's events from a position on; or from now on when it is null, which may be a moment earlier.
     *
     * @throws EtalonException not found, when there is no such client; exhausted, while the server stops
     */
    public Followed follow(ClientId client, ProjectId project, @Nullable Position after) {
        var courier = all.get(client);
        if (courier == null) {
            throw EtalonException.notFound();
        }
        var followed = courier.feed().follow(project, after);
        events.bell(client).ring();
        return followed;
    }

    /** How many events were parked since this process started, over all clients. */
    public long parked() {
        return parked.get();
    }

    @Override
    public void stop() {
        running = false;
        all.values().forEach(Courier::close);
        all.clear();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
