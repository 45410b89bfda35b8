package io.etalon.server.work.queue;

import io.etalon.server.tenant.Clients;
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
    private final Deletions deletions;
    private final ScheduledExecutorService passes = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("deletion-pass").factory());

    DeletionPass(Clients clients, Deletions deletions) {
        this.clients = clients;
        this.deletions = deletions;
    }

    @Override
    public void afterSingletonsInstantiated() {
        passes.scheduleWithFixedDelay(this::pass, 2, 60, TimeUnit.MINUTES);
    }

    private void pass() {
        for (var client : clients.all()) {
            try {
                var tasks = deletions.purge(client.id());
                if (tasks > 0) {
                    LOG.info("event=purged client={} tasks={}", client.id(), tasks);
                }
            } catch (RuntimeException e) {
                LOG.warn("event=purge-failed client={} reason={}", client.id(), e.toString());
            }
        }
    }

    @Override
    public void close() {
        passes.shutdownNow();
    }
}
