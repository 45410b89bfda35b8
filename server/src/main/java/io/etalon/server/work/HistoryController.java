package io.etalon.server.work;

import io.etalon.server.access.Allow;
import io.etalon.server.access.Attempt;
import io.etalon.server.access.ClientCaller;
import io.etalon.server.access.Role;
import io.etalon.server.base.ProjectId;
import io.swagger.v3.oas.annotations.Operation;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What happened to a task, and the way back to an earlier answer. */
@RestController
@RequestMapping("/api/v1/clients/{client}/projects/{project}/tasks/{task}")
final class HistoryController {
    private final Histories histories;

    HistoryController(Histories histories) {
        this.histories = histories;
    }

    @GetMapping("/history")
    @Operation(summary = "Everything that happened to a task, oldest first, under pseudonyms")
    @Allow({Role.REQUESTER, Role.REVIEWER, Role.QUALITY_LEAD, Role.AUDITOR})
    HistoryBodies.TaskHistory history(ClientCaller caller, @PathVariable ProjectId project, @PathVariable long task) {
        return histories.of(caller, project, task);
    }

    @PostMapping("/restore")
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            summary = "Put an earlier answer in effect again",
            description =
                    "Adds a row that stands in the place of the newest answer of the same person; nothing is rewritten."
                            + " 409 unless the task is done.")
    @Allow({Role.REQUESTER, Role.QUALITY_LEAD})
    HistoryBodies.Restored restore(
            ClientCaller caller,
            Attempt attempt,
            @PathVariable ProjectId project,
            @PathVariable long task,
            @RequestBody HistoryBodies.RestoreRequest body) {
        return histories.restore(caller, project, task, body, attempt);
    }
}
