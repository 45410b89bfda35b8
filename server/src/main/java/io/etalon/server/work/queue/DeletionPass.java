package io.etalon.server.work.queue;

import io.etalon.server.tenant.Clients;
import java.io.IOException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.stereotype.Component;

/** Removes for good, once an hour, what was deleted thirty days ago. With several servers the first one does it. Thread-safe. */
@Component
final class DeletionPass implements SmartInitializingSingleton, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DeletionPass.class);

    private final Clients clients;
    private final Purge purge;
    private final ScheduledExecutorService passes = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("deletion-pass").factory());

    DeletionPass(Clients clients, Purge purge) {
        this.clients = clients;
        this.purge = purge;
    }

    @Override
    public void afterSingletonsInstantiated() {
        passes.scheduleWithFixedDelay(this::pass, 2, 60, TimeUnit.MINUTES);
    }

    private void pass() {
        for (var client : clients.all()) {
            try {
                var purged = purge.run(client);
                if (purged.deletions() > 0) {
                    LOG.info(
                            "event=purged client={} deletions={} tasks={} objects={}",
                            client.id(),
                            purged.deletions(),
                            purged.tasks(),
                            purged.objects());
                }
            } catch (IOException | RuntimeException e) {
                LOG.warn("event=purge-failed client={} reason={}", client.id(), e.toString());
            }
        }
    }

    @Override
    public void close() {
        passes.shutdownNow();
    }
}
