package io.etalon.server.work.queue;

import io.etalon.server.access.Allow;
import io.etalon.server.access.Attempt;
import io.etalon.server.access.ClientCaller;
import io.etalon.server.access.Role;
import io.etalon.server.base.Page;
import io.etalon.server.base.ProjectId;
import io.swagger.v3.oas.annotations.tags.Tag;
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

/** What was deleted of a project, and how it is brought back. */
@RestController
@RequestMapping("/api/v1/clients/{client}/projects/{project}/deletions")
@Tag(name = "Queues")
final class DeletionController {
    private final Deletions deletions;

    DeletionController(Deletions deletions) {
        this.deletions = deletions;
    }

    /** Counts what would be deleted. */
    @PostMapping("/preview")
    @Allow(Role.REQUESTER)
    DeletionBodies.DeletionPreview preview(
            ClientCaller caller, @PathVariable ProjectId project, @RequestBody DeletionBodies.DeletionRequest body) {
        return deletions.preview(caller, project, body);
    }

    /** Deletes the tasks that the filter finds with their answers, or assets with their tasks, if they are as many as expected. */
    @PostMapping
    @Allow(Role.REQUESTER)
    @ResponseStatus(HttpStatus.CREATED)
    DeletionBodies.DeletionBody delete(
            ClientCaller caller,
            Attempt attempt,
            @PathVariable ProjectId project,
            @RequestBody DeletionBodies.DeletionRequest body) {
        return deletions.delete(caller, project, body, attempt);
    }

    @GetMapping
    @Allow({Role.REQUESTER, Role.QUALITY_LEAD, Role.AUDITOR})
    Page<DeletionBodies.DeletionBody> all(
            ClientCaller caller,
            @PathVariable ProjectId project,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        return deletions.list(caller.client().id(), project, limit, cursor);
    }

    /** Brings back what was deleted, within thirty days; once more does nothing. */
    @PostMapping("/{deletion}/undo")
    @Allow(Role.REQUESTER)
    DeletionBodies.DeletionBody undo(
            ClientCaller caller, @PathVariable ProjectId project, @PathVariable long deletion) {
        return deletions.undo(caller, project, deletion);
    }
}
