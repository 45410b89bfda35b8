package io.etalon.server.work;

import io.etalon.server.access.Grants;
import io.etalon.server.access.Role;
import io.etalon.server.base.ClientId;
import io.etalon.server.base.PersonId;
import io.etalon.server.base.ProjectId;
import io.etalon.server.event.Events;
import io.etalon.server.project.Project;
import io.etalon.server.project.ProjectState;
import io.etalon.server.project.Projects;
import io.etalon.server.wall.Act;
import io.etalon.server.wall.Walls;
import io.etalon.server.work.engine.Dispatcher;
import io.etalon.server.work.engine.OpenLease;
import io.etalon.server.work.engine.Routing;
import io.etalon.server.work.engine.Settings;
import io.etalon.server.work.engine.WorkConfig;
import io.etalon.server.work.queue.Engines;
import io.etalon.server.work.queue.Policies;
import io.etalon.server.work.queue.Redundancies;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** The dispatchers of all clients, each made when it is first needed, and the passes that end old leases and old returns. Thread-safe. */
@Component
final class Dispatchers implements Engines, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Dispatchers.class);
    private static final int SWEEP_SECONDS = 5;
    private static final int LAPSE_SECONDS = 60;

    private final Dispatcher.Ground ground;
    private final Projects projects;
    private final Grants grants;
    private final Rules rules;
    private final Events events;
    private final ConcurrentMap<ClientId, Dispatcher> all = new ConcurrentHashMap<>();
    private final List<Consumer<ClientId>> taken = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService passes = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("work-sweep").factory());

    /** Where queues' rules come from, and who decides by them; how work is divided is asked of a feature above this one. */
    @Component
    record Rules(Policies policies, Redundancies redundancies, Walls walls, ObjectProvider<Divisions> divisions) {}

    Dispatchers(Dispatcher.Ground ground, Events events, Projects projects, Grants grants, Rules rules) {
        this.ground = ground;
        this.events = events;
        this.rules = rules;
        this.projects = projects;
        this.grants = grants;
        projects.onChange((client, project) -> {
            var dispatcher = all.get(client);
            if (dispatcher != null) {
                dispatcher.need(project.id(), project.redundancy());
            }
        });
        ground.scope().onClose(client -> {
            var dispatcher = all.remove(client);
            if (dispatcher != null) {
                dispatcher.close();
            }
        });
        passes.scheduleWithFixedDelay(this::sweep, SWEEP_SECONDS, SWEEP_SECONDS, TimeUnit.SECONDS);
        passes.scheduleWithFixedDelay(this::lapse, LAPSE_SECONDS, LAPSE_SECONDS, TimeUnit.SECONDS);
    }

    WorkConfig config() {
        return ground.config();
    }

    @Override
    public Dispatcher of(ClientId client) {
        return all.computeIfAbsent(client, id -> {
            var dispatcher = new Dispatcher(id, ground(id), settings(id));
            dispatcher.seat().onTaken(() -> taken.forEach(listener -> listener.accept(id)));
            return dispatcher;
        });
    }

    /** Calls a listener whenever this server took a client's queues. */
    void onTaken(Consumer<ClientId> listener) {
        taken.add(listener);
    }

    private Dispatcher.Ground ground(ClientId client) {
        return new Dispatcher.Ground(
                ground.scope(),
                ground.ids(),
                ground.clock(),
                new WorkNews(client, ground.audit(), events),
                ground.config(),
                ground.gold());
    }

    private Settings settings(ClientId client) {
        return new Settings(
                project -> projects.get(client, project).redundancy(),
                project -> rules.policies().of(client, project),
                (project, policy) -> {
                    var dispatcher = all.get(client);
                    if (dispatcher != null) {
                        rules.redundancies().reconsider(client, project, policy, dispatcher);
                    }
                },
                rules.divisions().getIfAvailable(() -> id -> Routing.NONE).of(client));
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

    private void lapse() {
        all.forEach((client, dispatcher) -> {
            try {
                // One that is brought back is opened again by who asks for it.
                dispatcher.letGo(project -> !projects.has(client, project));
                var taken = dispatcher.lapse(project -> annotators(client, project));
                if (taken > 0) {
                    LOG.info("returns lapsed client={} count={}", client, taken);
                }
                var stranded = projects.all(client).stream()
                        .mapToInt(project ->
                                dispatcher.roster().escalateStranded(project.id(), () -> rounds(client, project)))
                        .sum();
                if (stranded > 0) {
                    LOG.info("skipped tasks escalated client={} count={}", client, stranded);
                }
            } catch (RuntimeException e) {
                LOG.warn("lapsing returns failed client={} reason={}", client, e.toString());
            }
        });
    }

    private Map<PersonId, Integer> rounds(ClientId client, Project project) {
        return annotators(client, project.id()).stream()
                .collect(Collectors.toMap(person -> person, project.repeats()::roundsOf));
    }

    /** Those whom the rules of a lease would let annotate now; in a paused or deleted project nobody. */
    List<PersonId> annotators(ClientId client, ProjectId id) {
        if (!projects.has(client, id)) {
            // Deleted, while its queue is still open.
            return List.of();
        }
        var project = projects.get(client, id);
        return project.state() != ProjectState.ACTIVE
                ? List.of()
                : grants.members(client).stream()
                        .filter(member -> member.roles().contains(Role.ANNOTATOR)
                                && LeaseRules.worksHere(member.workforce(), project, OpenLease.Kind.ANNOTATE)
                                && rules.walls()
                                        .look(client, member.person().id(), member.workforce(), Act.LEASE)
                                        .isEmpty())
                        .map(member -> member.person().id())
                        .toList();
    }

    @Override
    public void close() {
        passes.close();
        all.values().forEach(Dispatcher::close);
    }
}
