package io.etalon.server.vendor;

import io.etalon.server.base.ClientId;
import io.etalon.server.base.ProjectId;
import io.etalon.server.base.Tx;
import io.etalon.server.event.Event;
import io.etalon.server.event.EventKind;
import io.etalon.server.event.EventListener;
import io.etalon.server.project.Projects;
import io.etalon.server.tenant.Clients;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * What happens by itself, every few seconds: drains are carried out to their end, and shares are decided anew where that is due
 * or where a workforce may not work any more, or again; for a wall that closes or opens this is at once, when its event comes.
 * Projects without a policy cost nothing.
 */
@Component
final class VendorPass implements EventListener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(VendorPass.class);
    private static final int SECONDS = 10;

    private final Clients clients;
    private final Drains drains;
    private final Routings routings;
    private final Clock clock;
    private final Ground ground;
    private final ConcurrentMap<ProjectId, Look> looks = new ConcurrentHashMap<>();
    private final ScheduledExecutorService passes = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("vendor-pass").factory());

    /** What this stands on besides. */
    @Component
    record Ground(Candidates candidates, Projects projects) {}

    private record Look(Set<UUID> closed, Instant decided) {}

    VendorPass(Clients clients, Drains drains, Routings routings, Clock clock, Ground ground) {
        this.clients = clients;
        this.drains = drains;
        this.routings = routings;
        this.clock = clock;
        this.ground = ground;
        passes.scheduleWithFixedDelay(this::pass, SECONDS, SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public String name() {
        return "vendor-shares";
    }

    /** Decided on this pass's own thread, behind the event's transaction; should that be lost, the next pass decides. */
    @Override
    public void on(Tx tx, ClientId client, Event event) {
        if (event.kind() == EventKind.WALL_CHANGED) {
            passes.execute(() -> look(client));
        }
    }

    private synchronized void look(ClientId client) {
        try {
            routings.routed(client).forEach(project -> look(client, project));
        } catch (RuntimeException e) {
            LOG.warn("routing not looked at client={} reason={}", client, e.toString());
        }
    }

    /** Looks at everything once; on one thread at a time. */
    synchronized void pass() {
        try {
            drains.finish();
        } catch (RuntimeException e) {
            LOG.warn("drain not finished reason={}", e.toString());
        }
        for (var client : clients.all()) {
            look(client.id());
        }
    }

    private void look(ClientId client, ProjectId id) {
        var policy = routings.policy(client, id);
        if (policy.isEmpty()) {
            return;
        }
        var closed = closed(client, id);
        var before = looks.get(id);
        var now = clock.instant();
        var due = before == null
                || !now.isBefore(before.decided()
                        .plus(Duration.ofMinutes(policy.get().policy().minutes())));
        if (before == null || due || !closed.equals(before.closed())) {
            routings.decide(
                    client,
                    id,
                    due ? Routings.Occasion.DUE : new Routings.Occasion(null, "system", "workforces that can work"));
            looks.put(id, new Look(closed, before == null || due ? now : before.decided()));
        }
    }

    private Set<UUID> closed(ClientId client, ProjectId id) {
        return ground.candidates()
                .closed(client, ground.projects().get(client, id))
                .keySet();
    }

    @Override
    public void close() {
        passes.close();
    }
}
