package io.etalon.server.work;

import io.etalon.server.access.Allow;
import io.etalon.server.access.Attempt;
import io.etalon.server.access.ClientCaller;
import io.etalon.server.access.Role;
import io.etalon.server.base.ProjectId;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** How a project's answers are reviewed, under {@code /clients/{client}/projects/{project}/workflow}. */
@RestController
@RequestMapping("/api/v1/clients/{client}/projects/{project}/workflow")
final class WorkflowController {
    private final Workflows workflows;

    WorkflowController(Workflows workflows) {
        this.workflows = workflows;
    }

    @GetMapping
    @Allow({Role.REQUESTER, Role.QUALITY_LEAD, Role.REVIEWER})
    WorkflowBodies.WorkflowBody get(ClientCaller caller, @PathVariable ProjectId project) {
        return WorkflowBodies.WorkflowBody.of(workflows.of(caller.client().id(), project));
    }

    @PutMapping
    @Allow({Role.REQUESTER, Role.QUALITY_LEAD})
    WorkflowBodies.WorkflowBody set(
            ClientCaller caller,
            Attempt attempt,
            @PathVariable ProjectId project,
            @RequestBody WorkflowBodies.NewWorkflow body) {
        return WorkflowBodies.WorkflowBody.of(workflows.set(caller, project, body, attempt));
    }
}
