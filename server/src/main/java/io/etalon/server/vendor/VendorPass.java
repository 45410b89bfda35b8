package io.etalon.server.vendor;

import io.etalon.server.base.ClientId;
import io.etalon.server.base.ProjectId;
import io.etalon.server.project.Projects;
import io.etalon.server.tenant.Clients;
import io.etalon.server.workforce.Workforces;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
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
 * or where a workforce may not work any more, or again. Projects without a policy cost nothing.
 */
@Component
final class VendorPass implements AutoCloseable {
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
    record Ground(Candidates candidates, Projects projects, Workforces workforces) {}

    private record Look(Set<UUID> closed, Instant decided) {}

    VendorPass(Clients clients, Drains drains, Routings routings, Clock clock, Ground ground) {
        this.clients = clients;
        this.drains = drains;
        this.routings = routings;
        this.clock = clock;
        this.ground = ground;
        passes.scheduleWithFixedDelay(this::pass, SECONDS, SECONDS, TimeUnit.SECONDS);
    }

    private void pass() {
        try {
            drains.finish();
        } catch (RuntimeException e) {
            LOG.warn("drain not finished reason={}", e.toString());
        }
        for (var client : clients.all()) {
            try {
                routings.routed(client.id()).forEach(project -> look(client.id(), project));
            } catch (RuntimeException e) {
                LOG.warn("routing not looked at client={} reason={}", client.id(), e.toString());
            }
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
                    due ? Routings.Occasion.DUE : new Routings.Occasion(null, "system", "workforces that may work"));
            looks.put(id, new Look(closed, before == null || due ? now : before.decided()));
        }
    }

    private Set<UUID> closed(ClientId client, ProjectId id) {
        var project = ground.projects().get(client, id);
        var closed = new TreeSet<UUID>();
        for (var workforce : ground.workforces().all(client)) {
            if (project.workforces().contains(workforce.id())
                    && Optional.ofNullable(ground.candidates().closed(client, project, workforce))
                            .isPresent()) {
                closed.add(workforce.id());
            }
        }
        return closed;
    }

    @Override
    public void close() {
        passes.close();
    }
}
