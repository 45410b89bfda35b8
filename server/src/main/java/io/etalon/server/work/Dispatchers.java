package io.etalon.server.work;

import io.etalon.server.audit.AuditLog;
import io.etalon.server.base.ClientId;
import io.etalon.server.base.Ids;
import io.etalon.server.project.Projects;
import io.etalon.server.tenant.TenantScope;
import java.time.Clock;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** The dispatchers of all clients, each made when it is first needed, and the pass that ends old leases. Thread-safe. */
@Component
final class Dispatchers implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Dispatchers.class);
    private static final int SWEEP_SECONDS = 5;

    private final Dispatcher.Ground ground;
    private final Projects projects;
    private final ConcurrentMap<ClientId, Dispatcher> all = new ConcurrentHashMap<>();
    private final ScheduledExecutorService passes = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("work-sweep").factory());

    Dispatchers(TenantScope scope, Ids ids, Clock clock, AuditLog audit, Projects projects) {
        this.ground = new Dispatcher.Ground(scope, ids, clock, new WorkStore(audit::appendAll), WorkConfig.DEFAULT);
        this.projects = projects;
        projects.onChange((client, project) -> {
            var dispatcher = all.get(client);
            if (dispatcher != null) {
                dispatcher.need(project.id(), project.redundancy());
            }
        });
        passes.scheduleWithFixedDelay(this::sweep, SWEEP_SECONDS, SWEEP_SECONDS, TimeUnit.SECONDS);
    }

    WorkConfig config() {
        return ground.config();
    }

    Dispatcher of(ClientId client) {
        return all.computeIfAbsent(
                client,
                id -> new Dispatcher(
                        id, ground, project -> projects.get(id, project).redundancy()));
    }

    private void sweep() {
        all.forEach((client, dispatcher) -> {
            try {
                var ended = dispatcher.sweep();
                if (ended > 0) {
                    LOG.info("leases expired client={} count={}", client, ended);
                }
            } catch (RuntimeException e) {
                LOG.warn("sweep failed client={} reason={}", client, e.toString());
            }
        });
    }

    @Override
    public void close() {
        passes.close();
        all.values().forEach(Dispatcher::close);
    }
}
