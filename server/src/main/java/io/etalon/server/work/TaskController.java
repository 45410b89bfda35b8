package io.etalon.server.work;

import io.etalon.server.access.Allow;
import io.etalon.server.access.Attempt;
import io.etalon.server.access.ClientCaller;
import io.etalon.server.access.Role;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.Page;
import io.etalon.server.base.ProjectId;
import io.etalon.server.work.engine.Planned;
import io.etalon.server.work.state.TaskState;
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

    TaskController(Tasks tasks) {
        this.tasks = tasks;
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
    @Allow({Role.REQUESTER, Role.REVIEWER, Role.QUALITY_LEAD})
    Page<WorkBodies.TaskLine> list(
            ClientCaller caller,
            @PathVariable ProjectId project,
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        var wanted = state == null
                ? null
                : TaskState.ofKey(state)
                        .orElseThrow(
                                () -> EtalonException.invalidAt(
                                        "/state",
                                        "is “" + state
                                                + "”; it must be planned, open, in_review, returned, escalated, done or cancelled"));
        return tasks.list(caller.client().id(), project, wanted, Page.limit(limit), cursor);
    }

    @GetMapping("/{task}")
    @Allow({Role.REQUESTER, Role.REVIEWER, Role.QUALITY_LEAD})
    WorkBodies.TaskDetail detail(ClientCaller caller, @PathVariable ProjectId project, @PathVariable long task) {
        return tasks.detail(caller.client().id(), project, task);
    }

    @PostMapping("/{task}/cancellation")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Allow(Role.REQUESTER)
    void cancel(ClientCaller caller, Attempt attempt, @PathVariable ProjectId project, @PathVariable long task) {
        Requests.told(attempt, tasks.cancel(caller, project, task, Requests.key(attempt, null)));
    }

    @PostMapping("/{task}/reopening")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Allow(Role.REQUESTER)
    void reopen(ClientCaller caller, Attempt attempt, @PathVariable ProjectId project, @PathVariable long task) {
        Requests.told(attempt, tasks.reopen(caller, project, task, Requests.key(attempt, null)));
    }
}
