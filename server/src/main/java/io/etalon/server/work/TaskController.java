package io.etalon.server.work;

import io.etalon.server.access.Allow;
import io.etalon.server.access.Attempt;
import io.etalon.server.access.ClientCaller;
import io.etalon.server.access.Role;
import io.etalon.server.base.Page;
import io.etalon.server.base.ProjectId;
import io.etalon.server.work.engine.Planned;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Tasks under {@code /clients/{client}/projects/{project}/tasks}. */
@RestController
@RequestMapping("/api/v1/clients/{client}/projects/{project}/tasks")
final class TaskController {
    private final Tasks tasks;
    private final TaskReading reading;

    TaskController(Tasks tasks, TaskReading reading) {
        this.tasks = tasks;
        this.reading = reading;
    }

    @PostMapping
    @Allow(Role.REQUESTER)
    Planned plan(
            ClientCaller caller,
            Attempt attempt,
            @PathVariable ProjectId project,
            @RequestBody WorkBodies.PlanRequest body) {
        return tasks.plan(caller.client().id(), project, body, attempt);
    }

    @GetMapping
    @Allow(
            value = {Role.REQUESTER, Role.REVIEWER, Role.QUALITY_LEAD},
            ownPeopleOnly = true)
    Page<WorkBodies.TaskLine> list(
            ClientCaller caller,
            @PathVariable ProjectId project,
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(required = false) @Nullable Integer batch,
            @RequestParam(required = false) @Nullable Integer priority,
            @RequestParam(required = false) @Nullable String assetName,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        return reading.list(
                caller, project, new TaskBodies.Wanted(state, batch, priority, assetName), Page.limit(limit), cursor);
    }

    @GetMapping("/{task}")
    @Allow({Role.REQUESTER, Role.REVIEWER, Role.QUALITY_LEAD})
    WorkBodies.TaskDetail detail(ClientCaller caller, @PathVariable ProjectId project, @PathVariable long task) {
        return reading.read(caller, project, task);
    }

    @PostMapping("/{task}/cancellation")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Allow(Role.REQUESTER)
    void cancel(ClientCaller caller, Attempt attempt, @PathVariable ProjectId project, @PathVariable long task) {
        Requests.told(attempt, tasks.cancel(caller, project, task, Requests.key(attempt, null)));
    }

    /** Ends the leases on a task; nothing happens when there are none. */
    @PostMapping("/{task}/withdrawal")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Allow(Role.REQUESTER)
    void takeBack(ClientCaller caller, @PathVariable ProjectId project, @PathVariable long task) {
        tasks.takeBack(caller, project, task);
    }

    @PostMapping("/{task}/reopening")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Allow(Role.REQUESTER)
    void reopen(ClientCaller caller, Attempt attempt, @PathVariable ProjectId project, @PathVariable long task) {
        Requests.told(attempt, tasks.reopen(caller, project, task, Requests.key(attempt, null)));
    }
}
