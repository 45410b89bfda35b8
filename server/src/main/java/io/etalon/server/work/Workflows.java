package io.etalon.server.work;

import io.etalon.server.access.Attempt;
import io.etalon.server.access.ClientCaller;
import io.etalon.server.access.Idempotency;
import io.etalon.server.access.Role;
import io.etalon.server.audit.AuditEvent;
import io.etalon.server.audit.AuditLog;
import io.etalon.server.audit.AuditOp;
import io.etalon.server.base.ClientId;
import io.etalon.server.base.PersonId;
import io.etalon.server.base.ProjectId;
import io.etalon.server.project.Projects;
import io.etalon.server.qualification.Qualifications;
import io.etalon.server.tenant.TenantScope;
import io.etalon.server.work.engine.Reach;
import io.etalon.server.work.review.Stage;
import io.etalon.server.work.review.Workflow;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.springframework.stereotype.Component;
import tools.jackson.databind.ObjectMapper;

/**
 * How each project's answers are reviewed. As long as a project has no workflow, its review share is one of a single stage.
 * Read from memory, which follows every committed change of this process. Thread-safe.
 */
@Component
final class Workflows {
    private record Place(ClientId client, ProjectId project) {}

    private final TenantScope scope;
    private final Projects projects;
    private final Qualifications qualifications;
    private final AuditLog audit;
    private final Idempotency idempotency;
    private final ObjectMapper mapper;
    private final Clock clock;
    private final WorkflowStore store = new WorkflowStore();
    private final ConcurrentMap<Place, Optional<Workflow>> known = new ConcurrentHashMap<>();

    /** What workflows are about. */
    @Component
    record Ground(Projects projects, Qualifications qualifications) {}

    Workflows(
            TenantScope scope,
            Ground ground,
            AuditLog audit,
            Idempotency idempotency,
            ObjectMapper mapper,
            Clock clock) {
        this.scope = scope;
        this.projects = ground.projects();
        this.qualifications = ground.qualifications();
        this.audit = audit;
        this.idempotency = idempotency;
        this.mapper = mapper;
        this.clock = clock;
    }

    /** What is remembered of a client's workflows may be old: it is read anew. */
    void forget(ClientId client) {
        known.keySet().removeIf(place -> place.client().equals(client));
    }

    /** @throws io.etalon.server.base.EtalonException not found, when the client has no such project */
    Workflow of(ClientId client, ProjectId project) {
        var share = projects.get(client, project).reviewShare();
        return known.computeIfAbsent(
                        new Place(client, project),
                        place -> scope.client(client, tx -> store.latest(tx, project))
                                .map(stored -> opened(stored)))
                .orElseGet(() -> Workflow.ofShare(share));
    }

    private Workflow opened(WorkflowStore.Stored stored) {
        var stages = List.of(mapper.readValue(stored.stages(), WorkflowBodies.StageBody[].class));
        return new Workflow(
                stored.version(),
                stages.stream().map(WorkflowBodies.StageBody::stage).toList());
    }

    /** Adds a version; answers that are on their way keep the stages they were given. The same attempt adds nothing. */
    Workflow set(ClientCaller caller, ProjectId project, WorkflowBodies.NewWorkflow asked, Attempt attempt) {
        WorkflowBodies.check(asked);
        var client = caller.client().id();
        projects.get(client, project);
        scope.clientDo(
                client,
                tx -> idempotency.once(tx, attempt, asked, Integer.class, same -> {
                    var version = store.add(
                            same,
                            project,
                            mapper.writeValueAsString(asked.stages()),
                            new WorkflowStore.Setter(caller.person(), clock.instant()));
                    audit.append(
                            same,
                            AuditEvent.of(AuditOp.PROJECT_CHANGE, caller.person(), caller.via(), project)
                                    .with("change", "workflow")
                                    .with("workflowVersion", version));
                    return version;
                }));
        known.remove(new Place(client, project));
        return of(client, project);
    }

    /**
     * What somebody with these roles may decide on: stages by the role and the qualification they ask for, those that the
     * workflow no longer has by reviewers; escalations by quality leads and requesters; appeals by reviewers and quality
     * leads.
     */
    Reach reach(ClientId client, ProjectId project, PersonId person, Set<Role> roles) {
        var workflow = of(client, project);
        return (seat, stage) -> switch (seat) {
            case REVIEW ->
                workflow.stage(stage)
                        .map(one -> roles.contains(role(one.who())) && isQualified(client, person, one))
                        .orElseGet(() -> roles.contains(Role.REVIEWER));
            case ESCALATION -> roles.contains(Role.QUALITY_LEAD) || roles.contains(Role.REQUESTER);
            case APPEAL -> roles.contains(Role.REVIEWER) || roles.contains(Role.QUALITY_LEAD);
        };
    }

    /** Whether a person has what a stage asks for besides a role. */
    boolean isQualified(ClientId client, PersonId person, Stage stage) {
        var asked = stage.qualification();
        return asked == null || qualifications.of(client, person).contains(asked);
    }

    static Role role(Stage.Who who) {
        return switch (who) {
            case REVIEWER -> Role.REVIEWER;
            case QUALITY_LEAD -> Role.QUALITY_LEAD;
        };
    }
}
