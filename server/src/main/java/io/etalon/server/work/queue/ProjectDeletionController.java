package io.etalon.server.work.queue;

import io.etalon.server.access.Allow;
import io.etalon.server.access.Attempt;
import io.etalon.server.access.ClientCaller;
import io.etalon.server.access.Role;
import io.etalon.server.base.Page;
import io.swagger.v3.oas.annotations.Operation;
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

/** The projects that a client deleted. They stand beside its projects: below a deleted project's own address nothing is found. */
@RestController
@RequestMapping("/api/v1/clients/{client}/project-deletions")
@Tag(name = "Projects")
final class ProjectDeletionController {
    private final ProjectDeletions deletions;

    ProjectDeletionController(ProjectDeletions deletions) {
        this.deletions = deletions;
    }

    @PostMapping("/preview")
    @Allow(Role.REQUESTER)
    @Operation(summary = "What goes with a project")
    DeletionBodies.ProjectDeletionPreview preview(
            ClientCaller caller, @RequestBody DeletionBodies.ProjectPreviewRequest body) {
        return deletions.preview(caller, body);
    }

    @PostMapping
    @Allow(Role.REQUESTER)
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            summary = "Delete a project with all it holds, for thirty days",
            description = "Its name has to be given as it is, and the numbers of its finished releases if it has any."
                    + " 409 while a job or a release of it is under way.")
    DeletionBodies.ProjectDeletionBody delete(
            ClientCaller caller, Attempt attempt, @RequestBody DeletionBodies.ProjectDeletionRequest body) {
        return deletions.delete(caller, body, attempt);
    }

    @GetMapping
    @Allow({Role.REQUESTER, Role.AUDITOR})
    @Operation(summary = "The projects that were deleted, the newest deletion first")
    Page<DeletionBodies.ProjectDeletionBody> all(
            ClientCaller caller,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        return deletions.list(caller.client().id(), limit, cursor);
    }

    @PostMapping("/{deletion}/undo")
    @Allow(Role.REQUESTER)
    @Operation(summary = "Bring a deleted project back, within thirty days; once more does nothing")
    DeletionBodies.ProjectDeletionBody undo(ClientCaller caller, @PathVariable long deletion) {
        return deletions.undo(caller, deletion);
    }
}
