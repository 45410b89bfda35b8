package io.etalon.server.work.queue;

import io.etalon.server.access.Attempt;
import io.etalon.server.access.Checks;
import io.etalon.server.access.ClientCaller;
import io.etalon.server.access.Grants;
import io.etalon.server.access.Idempotency;
import io.etalon.server.access.Role;
import io.etalon.server.audit.AuditEvent;
import io.etalon.server.audit.AuditLog;
import io.etalon.server.audit.AuditOp;
import io.etalon.server.base.ClientId;
import io.etalon.server.base.ErrorCode;
import io.etalon.server.base.ErrorKind;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.PersonId;
import io.etalon.server.base.ProjectId;
import io.etalon.server.project.Projects;
import io.etalon.server.work.engine.Dispatcher;
import io.etalon.server.work.engine.TaskAct;
import io.etalon.server.work.engine.TaskLists;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Service;

/**
 * Acts on all tasks that a filter finds: each is one transaction, one entry of the log, and never more or other tasks than
 * were counted before. Thread-safe.
 */
@Service
public final class BulkActs {
    static final ErrorCode OTHER_COUNT =
            ErrorCode.of("tasks-changed", ErrorKind.CONFLICT, "The filter finds another number of tasks than expected");
    private static final int MOST_PEOPLE = 100;
    private static final int FIRST = 20;

    private final Engines engines;
    private final Projects projects;
    private final Batches batches;
    private final Idempotency idempotency;
    private final Ground ground;
    private final TaskFilters filters;

    /** What acts stand on besides the engine. */
    @org.springframework.stereotype.Component
    record Ground(AuditLog audit, Grants grants, TaskFilters filters) {}

    BulkActs(Engines engines, Projects projects, Batches batches, Idempotency idempotency, Ground ground) {
        this.engines = engines;
        this.projects = projects;
        this.batches = batches;
        this.idempotency = idempotency;
        this.ground = ground;
        this.filters = ground.filters();
    }

    /** To how many tasks the act would do something now, and the first of them. */
    QueueBodies.ActPreview preview(ClientCaller caller, ProjectId project, QueueBodies.ActRequest request) {
        var client = caller.client().id();
        projects.get(client, project);
        var act = act(client, project, request);
        var pick = filters.pick(client, project, request.filter());
        return engines.of(client).with(project, queue -> {
            var found = TaskLists.tasksOf(queue, pick, act);
            return new QueueBodies.ActPreview(
                    found.length, Arrays.stream(found).limit(FIRST).boxed().toList());
        });
    }

    /**
     * Does the act; returns to how many tasks. The same attempt again does nothing and tells of the first.
     *
     * @throws EtalonException conflict, when the filter finds another number of tasks than expected
     */
    int run(ClientCaller caller, ProjectId project, QueueBodies.ActRequest request, Attempt attempt) {
        attempt.requiredKey();
        var client = caller.client().id();
        projects.get(client, project);
        var expected = Checks.required(request.expected(), "/expected");
        var act = act(client, project, request);
        var order = new Dispatcher.ActOrder(
                act, filters.pick(client, project, request.filter()), caller.person(), caller.via(), (tx, tally) -> {
                    var tasks = tally.tasks();
                    if (tasks != expected) {
                        throw new EtalonException(
                                OTHER_COUNT,
                                "The filter finds " + tasks + " tasks now, not " + expected
                                        + "; nothing was done. Look at a preview again.");
                    }
                    ground.audit()
                            .append(
                                    tx,
                                    AuditEvent.of(AuditOp.TASK_CHANGE, caller.person(), caller.via(), project)
                                            .with("act", String.valueOf(request.act()))
                                            .with("tasks", tasks));
                });
        return engines.of(client)
                .act(project, order, work -> tx -> idempotency.once(tx, attempt, request, Integer.class, work));
    }

    private TaskAct act(ClientId client, ProjectId project, QueueBodies.ActRequest request) {
        var name = Checks.required(request.act(), "/act");
        return switch (name) {
            case "cancel" -> new TaskAct.Cancel();
            case "reopen" -> new TaskAct.Reopen();
            case "set_priority" ->
                new TaskAct.SetPriority(
                        Batches.priority(Checks.required(request.priority(), "/priority"), "/priority"));
            case "move" -> {
                var number = Checks.required(request.batch(), "/batch");
                yield new TaskAct.Move(
                        number == 0 ? 0 : batches.get(client, project, number).number());
            }
            case "assign" -> new TaskAct.Assign(people(client, Checks.required(request.people(), "/people")));
            case "unassign" -> new TaskAct.Assign(List.of());
            default -> throw Checks.fault("/act", "must be cancel, reopen, set_priority, move, assign or unassign");
        };
    }

    private List<PersonId> people(ClientId client, List<UUID> ids) {
        if (ids.isEmpty() || ids.size() > MOST_PEOPLE) {
            throw Checks.fault("/people", "must name 1 to " + MOST_PEOPLE + " people");
        }
        var annotators = ground.grants().members(client).stream()
                .filter(member -> member.roles().contains(Role.ANNOTATOR))
                .map(member -> member.person().id())
                .toList();
        var people = ids.stream().distinct().map(PersonId::new).toList();
        for (var i = 0; i < people.size(); i++) {
            if (!annotators.contains(people.get(i))) {
                throw Checks.fault("/people/" + i, "is not an annotator of this client");
            }
        }
        return people;
    }
}
