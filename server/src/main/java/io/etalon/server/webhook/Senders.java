package io.etalon.server.webhook;

import io.etalon.server.base.ClientId;
import io.etalon.server.tenant.Clients;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Service;

/** The senders of all clients; they live from the application's start to its stop. Thread-safe. */
@Service
final class Senders implements SmartLifecycle {
    private final Clients clients;
    private final Ground ground;
    private final ConcurrentMap<ClientId, Sender> all = new ConcurrentHashMap<>();
    private volatile boolean running;

    Senders(Clients clients, Ground ground) {
        this.clients = clients;
        this.ground = ground;
        ground.scope().onClose(client -> {
            var sender = all.remove(client);
            if (sender != null) {
                sender.close();
            }
        });
    }

    @Override
    public void start() {
        running = true;
        clients.onOpen(client -> {
            if (running) {
                all.computeIfAbsent(client.id(), id -> new Sender(id, ground)).start();
            }
        });
    }

    /** Something may be due for this client, now or as soon as the caller's transaction commits. */
    void ring(ClientId client) {
        var sender = all.get(client);
        if (sender != null) {
            sender.ring();
        }
    }

    @Override
    public void stop() {
        running = false;
        all.values().forEach(Sender::close);
        all.clear();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
