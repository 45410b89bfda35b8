package io.etalon.server.work.prelabel;

import io.etalon.server.access.Allow;
import io.etalon.server.access.Attempt;
import io.etalon.server.access.ClientCaller;
import io.etalon.server.access.Role;
import io.etalon.server.base.Page;
import io.etalon.server.base.ProjectId;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What models answered before people do, under {@code /clients/{client}/projects/{project}}. */
@RestController
@RequestMapping("/api/v1/clients/{client}/projects/{project}")
@Tag(name = "Pre-labels")
final class PreLabelController {
    private final PreLabelActs acts;

    PreLabelController(PreLabelActs acts) {
        this.acts = acts;
    }

    /** How the project stands with pre-labels, model by model. */
    @GetMapping("/pre-labels")
    @Allow({Role.REQUESTER, Role.QUALITY_LEAD})
    PreLabelBodies.PreLabelStanding preLabels(ClientCaller caller, @PathVariable ProjectId project) {
        return acts.standing(caller.client().id(), project);
    }

    /** For tasks that are there; all are added, or none. */
    @PostMapping("/pre-labels")
    @Allow({Role.REQUESTER, Role.QUALITY_LEAD})
    @ResponseStatus(HttpStatus.CREATED)
    PreLabelBodies.PreLabelsAdded addPreLabels(
            ClientCaller caller,
            Attempt attempt,
            @PathVariable ProjectId project,
            @RequestBody PreLabelBodies.NewPreLabels body) {
        return acts.add(caller, project, body, attempt);
    }

    /** Takes all pre-labels of a model back. */
    @DeleteMapping("/pre-labels/models/{model}")
    @Allow({Role.REQUESTER, Role.QUALITY_LEAD})
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void removePreLabels(ClientCaller caller, @PathVariable ProjectId project, @PathVariable long model) {
        acts.remove(caller, project, model);
    }

    @GetMapping("/tasks/{task}/pre-labels")
    @Allow({Role.REQUESTER, Role.QUALITY_LEAD})
    Page<PreLabelBodies.PreLabelBody> preLabelsOfTask(
            ClientCaller caller, @PathVariable ProjectId project, @PathVariable long task) {
        return Page.all(acts.ofTask(caller.client().id(), project, task));
    }
}
