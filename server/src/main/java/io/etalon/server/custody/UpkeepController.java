package io.etalon.server.custody;

import io.etalon.server.access.Allow;
import io.etalon.server.access.Attempt;
import io.etalon.server.access.ClientCaller;
import io.etalon.server.access.Role;
import io.etalon.server.base.Cursor;
import io.etalon.server.base.Page;
import io.etalon.server.base.ProjectId;
import io.etalon.server.custody.KeyBodies.BrokenBody;
import io.etalon.server.job.JobBodies.JobBody;
import io.etalon.server.job.JobKind;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Work on all that is kept of a project, over HTTP; its course is a job's. */
@RestController
@RequestMapping("/api/v1/clients/{client}/projects/{project}")
@Tag(name = "Keys")
class UpkeepController {
    private final Custody custody;

    UpkeepController(Custody custody) {
        this.custody = custody;
    }

    @PostMapping("/scrubs")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Allow(Role.REQUESTER)
    @Operation(summary = "Read everything of a project through, and list what is broken")
    JobBody scrub(ClientCaller caller, @PathVariable ProjectId project, Attempt attempt) {
        return JobBody.of(custody.begin(caller, project, JobKind.SCRUB, attempt));
    }

    @PostMapping("/reencryptions")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Allow(Role.REQUESTER)
    @Operation(summary = "Seal everything of a project anew that is under an older data key")
    JobBody reencrypt(ClientCaller caller, @PathVariable ProjectId project, Attempt attempt) {
        return JobBody.of(custody.begin(caller, project, JobKind.REENCRYPTION, attempt));
    }

    @GetMapping("/broken")
    @Allow({Role.REQUESTER, Role.AUDITOR})
    @Operation(summary = "What could not be read when the project was last read through")
    Page<BrokenBody> broken(
            ClientCaller caller,
            @PathVariable ProjectId project,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable Integer limit) {
        var most = Page.limit(limit);
        var after = cursor == null ? "" : Cursor.decode(cursor, 1).key(0);
        var fetched = custody.broken(caller, project, after, most + 1).stream()
                .map(one -> new BrokenBody(one.name(), one.asset(), one.foundAt()))
                .toList();
        return Page.cut(fetched, most, one -> Cursor.of(one.name()));
    }
}
