package io.etalon.server.work;

import io.etalon.server.access.ClientCaller;
import io.etalon.server.audit.AuditEvent;
import io.etalon.server.audit.AuditLog;
import io.etalon.server.audit.AuditOp;
import io.etalon.server.base.EtalonException;
import io.etalon.server.project.Project;
import io.etalon.server.project.ProjectState;
import io.etalon.server.tenant.TenantScope;
import io.etalon.server.work.engine.OpenLease;
import io.etalon.server.work.engine.WorkCodes;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * What is asked before a lease, in this order: is the queue open, does a wall stand, is the person of a workforce that
 * works here; then {@link io.etalon.server.work.queue.Admissions} asks the queue's rules, the dispatcher how many leases
 * the person holds, and the frontier what is left. Thread-safe.
 */
@Component
final class LeaseRules {
    private final List<LeaseRule> walls;
    private final AuditLog audit;
    private final TenantScope scope;

    LeaseRules(ObjectProvider<LeaseRule> walls, AuditLog audit, TenantScope scope) {
        this.walls = walls.orderedStream().toList();
        this.audit = audit;
        this.scope = scope;
    }

    /** @throws EtalonException naming the first rule that refuses */
    void check(ClientCaller caller, Project project, OpenLease.Kind kind) {
        var refusal = refusal(caller, project, kind);
        if (refusal.isEmpty()) {
            return;
        }
        if (refusal.get().code().equals(WorkCodes.WALL)) {
            scope.clientDo(
                    caller.client().id(),
                    tx -> audit.append(
                            tx,
                            AuditEvent.of(AuditOp.WALL_DENY, caller.person(), caller.via(), project.id())
                                    .with("rule", String.valueOf(refusal.get().getMessage()))));
        }
        throw refusal.get();
    }

    /** What {@link #check} would throw, without a trace: for who asks why nothing comes. */
    Optional<EtalonException> refusal(ClientCaller caller, Project project, OpenLease.Kind kind) {
        if (project.state() != ProjectState.ACTIVE) {
            return Optional.of(new EtalonException(
                    WorkCodes.QUEUE_CLOSED, "The project is paused; its requester has to take it up again."));
        }
        for (var wall : walls) {
            var reason = wall.deny(caller, project);
            if (reason.isPresent()) {
                return Optional.of(new EtalonException(WorkCodes.WALL, reason.get()));
            }
        }
        return worksHere(caller.workforce(), project, kind)
                ? Optional.empty()
                : Optional.of(new EtalonException(
                        WorkCodes.NOT_IN_WORKFORCE, "Your workforce is not among those of this project."));
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
