package io.etalon.server.vendor;

import io.etalon.server.access.ClientCaller;
import io.etalon.server.audit.AuditEvent;
import io.etalon.server.audit.AuditLog;
import io.etalon.server.audit.AuditOp;
import io.etalon.server.base.ClientId;
import io.etalon.server.base.ErrorCode;
import io.etalon.server.base.ErrorKind;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.PersonId;
import io.etalon.server.base.ProjectId;
import io.etalon.server.event.EventKind;
import io.etalon.server.event.Events;
import io.etalon.server.project.Project;
import io.etalon.server.project.ProjectState;
import io.etalon.server.project.Projects;
import io.etalon.server.tenant.TenantScope;
import io.etalon.server.vendor.score.Allocation;
import io.etalon.server.vendor.score.Candidate;
import io.etalon.server.vendor.score.DryRun;
import io.etalon.server.vendor.score.Router;
import io.etalon.server.vendor.score.RoutingPolicy;
import io.etalon.server.work.Crews;
import io.etalon.server.work.Divisions;
import io.etalon.server.work.engine.Routing;
import io.etalon.server.work.engine.WorkQueue;
import io.etalon.server.work.policy.Shares;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.ObjectMapper;

/** How projects' waiting work is divided among workforces; every shift of shares is a decision with its reasons. Thread-safe. */
@Service
public final class Routings implements Divisions {
    static final ErrorCode CHANGED = ErrorCode.of(
                    "routing-changed", ErrorKind.CONFLICT, "The routing policy was changed meanwhile")
            .withStatus(412);
    static final ErrorCode INVALID =
            ErrorCode.of("routing-invalid", ErrorKind.INVALID, "The routing policy has faults");
    private static final TypeReference<TreeMap<UUID, Double>> PARTS = new TypeReference<>() {};
    private static final TypeReference<List<String>> REASONS = new TypeReference<>() {};

    private final Ground ground;
    private final Candidates candidates;
    private final Measures measures;
    private final Parties parties;
    private final Crews crews;
    private final ObjectMapper json;
    private final RoutingStore store = new RoutingStore();
    /** The projects with a policy of each client that was asked for. */
    private final ConcurrentMap<ClientId, Set<ProjectId>> routed = new ConcurrentHashMap<>();

    /** Decisions are put into force in their order. */
    private final ReentrantLock changes = new ReentrantLock();

    /** What this stands on besides. */
    @org.springframework.stereotype.Component
    record Ground(TenantScope scope, Projects projects, AuditLog audit, Events events) {}

    Routings(Ground ground, Candidates candidates, Measures measures, Parties parties, Crews crews, ObjectMapper json) {
        this.ground = ground;
        this.candidates = candidates;
        this.measures = measures;
        this.parties = parties;
        this.crews = crews;
        this.json = json;
    }

    /** A policy in force. */
    record Version(int version, RoutingPolicy policy, Instant at) {}

    /**
     * A shift of shares.
     *
     * @param by null for the system
     */
    record Decision(
            long id,
            int policy,
            TreeMap<UUID, Double> parts,
            double crossed,
            List<String> reasons,
            String cause,
            long waiting,
            @Nullable UUID by,
            Instant at) {}

    /** Who decides, and why now. */
    record Occasion(@Nullable PersonId by, String via, String cause) {
        static final Occasion DUE = new Occasion(null, "system", "due");
    }

    Optional<Version> policy(ClientId client, ProjectId project) {
        return ground.scope().client(client, tx -> store.policy(tx, project)).map(this::version);
    }

    /** The projects of a client that have a policy; from memory, after the first time. */
    Set<ProjectId> routed(ClientId client) {
        return routed.computeIfAbsent(client, id -> {
            Set<ProjectId> projects = ConcurrentHashMap.newKeySet();
            projects.addAll(ground.scope().client(id, store::projects));
            return projects;
        });
    }

    private Version version(RoutingStore.PolicyRow row) {
        return new Version(row.version(), json.readValue(row.settings(), RoutingPolicy.class), row.at());
    }

    /** Newest first. */
    List<Decision> decisions(ClientId client, ProjectId project, long before, int limit) {
        return ground.scope().client(client, tx -> store.decisions(tx, project, before, limit)).stream()
                .map(this::decision)
                .toList();
    }

    private Decision decision(RoutingStore.DecisionRow row) {
        return new Decision(
                row.id(),
                row.policy(),
                json.readValue(row.parts(), PARTS),
                row.crossed(),
                json.readValue(row.reasons(), REASONS),
                row.cause(),
                row.waiting(),
                row.by(),
                row.at());
    }

    /** The decision in force. */
    Optional<Decision> current(ClientId client, ProjectId project) {
        return decisions(client, project, Long.MAX_VALUE, 1).stream().findFirst();
    }

    WorkQueue.Portions portions(ClientId client, ProjectId project) {
        return crews.portions(client, project);
    }

    /**
     * Replaces the policy and decides by it at once.
     *
     * @param expected the version that the caller has seen; null for whichever is there
     * @throws EtalonException invalid, with each fault's place; 412, when another version is in force
     */
    Version set(ClientCaller caller, ProjectId id, RoutingPolicy policy, @Nullable Integer expected) {
        var client = caller.client().id();
        var project = check(client, id, policy);
        changes.lock();
        try {
            ground.scope().clientDo(client, tx -> {
                var before = store.policy(tx, id)
                        .map(RoutingStore.PolicyRow::version)
                        .orElse(0);
                if (expected != null && !expected.equals(before)) {
                    throw new EtalonException(
                            CHANGED, "Version " + before + " is in force, not " + expected + "; read it again.");
                }
                store.addPolicy(tx, id, before + 1, json.writeValueAsString(policy), caller.person());
                ground.audit()
                        .append(
                                tx,
                                AuditEvent.of(AuditOp.VENDOR, caller.person(), caller.via(), id)
                                        .with("act", "routing policy")
                                        .with("version", before + 1));
            });
            routed(client).add(id);
            decide(client, project, new Occasion(caller.person(), caller.via(), "policy"), true);
            return policy(client, id).orElseThrow();
        } finally {
            changes.unlock();
        }
    }

    private Project check(ClientId client, ProjectId id, RoutingPolicy policy) {
        var project = ground.projects().get(client, id);
        var faults = policy.faults(new HashSet<>(project.workforces()));
        if (!faults.isEmpty()) {
            throw EtalonException.withFaults(INVALID, "The routing policy has faults; nothing was changed.", faults);
        }
        if (project.workforces().isEmpty()) {
            throw new EtalonException(
                    INVALID, "The project draws on no workforce; name some, then divide its work among them.");
        }
        return project;
    }

    /** Decides anew for all projects of a client that have a policy, such as after a wall has closed. */
    public void reconsider(ClientId client, String cause) {
        routed(client).forEach(id -> decide(client, id, new Occasion(null, "system", cause)));
    }

    /** Decides anew; a decision is written and put into force only where shares shift. */
    Optional<Decision> decide(ClientId client, ProjectId id, Occasion occasion) {
        return decide(client, ground.projects().get(client, id), occasion, false);
    }

    private Optional<Decision> decide(ClientId client, Project project, Occasion occasion, boolean anyway) {
        changes.lock();
        try {
            var version = policy(client, project.id());
            if (version.isEmpty() || (project.state() != ProjectState.ACTIVE && !anyway)) {
                return Optional.empty();
            }
            var policy = version.get().policy();
            var portions = crews.portions(client, project.id());
            var waiting = portions.waiting();
            var turn = ground.scope().client(client, tx -> store.count(tx, project.id()));
            var among = candidates.of(client, project);
            var spent = spent(client, project.id(), version.get(), among);
            // What somebody has in work is paid too.
            var wanted = Router.decide(policy, among, waiting + portions.inWork(), spent, turn);
            var before = current(client, project.id());
            if (!anyway && before.isPresent() && !wanted.differs(before.get().parts())) {
                return Optional.empty();
            }
            var made = write(client, project.id(), version.get(), wanted, waiting, occasion);
            crews.divide(client, project.id(), shares(made), isAnew(before, made));
            return Optional.of(made);
        } finally {
            changes.unlock();
        }
    }

    /** Of a budget since its policy is in force: the answers that were given, each at what it costs now. */
    private double spent(ClientId client, ProjectId id, Version version, List<Candidate> among) {
        if (!RoutingPolicy.BEST.equals(version.policy().kind())) {
            return 0;
        }
        var taken = taken(client, id, version.at());
        return among.stream()
                .mapToDouble(one -> one.cost() * taken.getOrDefault(one.workforce(), 0L))
                .sum();
    }

    private Decision write(
            ClientId client, ProjectId id, Version version, Allocation wanted, long waiting, Occasion occasion) {
        var by = occasion.by();
        return decision(ground.scope().client(client, tx -> {
            var row = store.decide(
                    tx,
                    id,
                    new RoutingStore.DecisionRow(
                            0,
                            version.version(),
                            json.writeValueAsString(wanted.parts()),
                            version.policy().crossed(),
                            json.writeValueAsString(wanted.reasons()),
                            occasion.cause(),
                            waiting,
                            by == null ? null : by.value(),
                            Instant.EPOCH));
            ground.audit()
                    .append(
                            tx,
                            AuditEvent.of(AuditOp.VENDOR, by, occasion.via(), id)
                                    .with("act", "routing decision")
                                    .with("decision", row.id())
                                    .with("cause", occasion.cause()));
            ground.events().append(tx, client, id, EventKind.ROUTING_CHANGED, Map.of("decision", row.id()));
            return row;
        }));
    }

    private static Shares shares(Decision made) {
        return new Shares(made.id(), made.parts(), made.crossed());
    }

    /** What was kept from people since it was spread over the workforces is offered again when the spread changes. */
    private static boolean isAnew(Optional<Decision> before, Decision made) {
        var was = before.map(Routings::shares).orElse(new Shares(0, Map.of(), 0));
        var is = shares(made);
        return was.crossed() != is.crossed() || (is.crossed() > 0 && was.takers() != is.takers());
    }

    /**
     * What a policy would have done with the past. Changes nothing.
     *
     * @param steps into which the past is cut
     */
    DryRun dryRun(ClientId client, ProjectId id, RoutingPolicy policy, int steps) {
        var project = check(client, id, policy);
        return DryRun.of(
                policy,
                candidates.of(client, project),
                measures.findings(client, id).observations(),
                steps);
    }

    @Override
    public Routing of(ClientId client) {
        return new Routing() {
            @Override
            public Standing standing(ProjectId project) {
                return current(client, project)
                        .map(decision -> new Standing(shares(decision), taken(client, project, decision.at())))
                        .orElseGet(() -> new Standing(null, Map.of()));
            }

            @Override
            public Map<UUID, UUID> workforces() {
                return parties.register(client).all();
            }
        };
    }

    private Map<UUID, Long> taken(ClientId client, ProjectId project, Instant from) {
        var register = parties.register(client);
        var taken = new HashMap<UUID, Long>();
        crews.since(client, project, from).forEach((person, answers) -> {
            var workforce = register.now(person);
            if (workforce != null) {
                taken.merge(workforce, answers, Long::sum);
            }
        });
        return taken;
    }
}
