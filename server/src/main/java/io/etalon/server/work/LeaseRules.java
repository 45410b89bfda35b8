package io.etalon.server.work;

import io.etalon.server.access.ClientCaller;
import io.etalon.server.audit.AuditEvent;
import io.etalon.server.audit.AuditLog;
import io.etalon.server.audit.AuditOp;
import io.etalon.server.base.EtalonException;
import io.etalon.server.project.Project;
import io.etalon.server.project.ProjectState;
import io.etalon.server.tenant.TenantScope;
import io.etalon.server.wall.Act;
import io.etalon.server.wall.Walls;
import io.etalon.server.work.engine.OpenLease;
import io.etalon.server.work.engine.WorkCodes;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * What is asked before a lease, in this order: is the queue open, does a wall or another rule stand, is the person of a workforce that
 * works here; then {@link io.etalon.server.work.queue.Admissions} asks the queue's rules, the dispatcher how many leases
 * the person holds, and the frontier what is left. Thread-safe.
 */
@Component
final class LeaseRules {
    private final Walls walls;
    private final List<LeaseRule> rules;
    private final AuditLog audit;
    private final TenantScope scope;

    LeaseRules(Walls walls, ObjectProvider<LeaseRule> rules, AuditLog audit, TenantScope scope) {
        this.walls = walls;
        this.rules = rules.orderedStream().toList();
        this.audit = audit;
        this.scope = scope;
    }

    /** Asks and grants while no wall changes, so that no lease is granted on an old answer. */
    <T extends @Nullable Object> T steady(Supplier<T> work) {
        return walls.steady(work);
    }

    /** @throws EtalonException naming the first rule that refuses */
    void check(ClientCaller caller, Project project, OpenLease.Kind kind) {
        unlessActive(project).ifPresent(LeaseRules::refuse);
        walls.require(caller, project.id(), act(kind));
        var refusal = further(caller, project, kind);
        if (refusal.isPresent() && refusal.get().code().equals(WorkCodes.WALL)) {
            scope.clientDo(
                    caller.client().id(),
                    tx -> audit.append(
                            tx,
                            AuditEvent.of(AuditOp.WALL_DENY, caller.person(), caller.via(), project.id())
                                    .with("rule", String.valueOf(refusal.get().getMessage()))));
        }
        refusal.ifPresent(LeaseRules::refuse);
    }

    private static void refuse(EtalonException refusal) {
        throw refusal;
    }

    /** What {@link #check} would throw, without a trace: for who asks why nothing comes. */
    Optional<EtalonException> refusal(ClientCaller caller, Project project, OpenLease.Kind kind) {
        return unlessActive(project)
                .or(() -> walls.look(caller.client().id(), caller.person(), caller.workforce(), act(kind))
                        .map(Walls::refusal))
                .or(() -> further(caller, project, kind));
    }

    private static Optional<EtalonException> unlessActive(Project project) {
        return project.state() == ProjectState.ACTIVE
                ? Optional.empty()
                : Optional.of(new EtalonException(
                        WorkCodes.QUEUE_CLOSED, "The project is paused; its requester has to take it up again."));
    }

    private Optional<EtalonException> further(ClientCaller caller, Project project, OpenLease.Kind kind) {
        for (var rule : rules) {
            var reason = rule.deny(caller, project);
            if (reason.isPresent()) {
                return Optional.of(new EtalonException(WorkCodes.WALL, reason.get()));
            }
        }
        return worksHere(caller.workforce(), project, kind)
                ? Optional.empty()
                : Optional.of(new EtalonException(
                        WorkCodes.NOT_IN_WORKFORCE, "Your workforce is not among those of this project."));
    }

    private static Act act(OpenLease.Kind kind) {
        return switch (kind) {
            case ANNOTATE -> Act.LEASE;
            case REVIEW -> Act.REVIEW;
        };
    }

    /** People of a workforce need theirs to be named; the client's own annotate where none is, and review anywhere. */
    static boolean worksHere(@Nullable UUID workforce, Project project, OpenLease.Kind kind) {
        if (workforce != null) {
            return project.workforces().contains(workforce);
        }
        return switch (kind) {
            case REVIEW -> true;
            case ANNOTATE -> project.workforces().isEmpty();
        };
    }
}
