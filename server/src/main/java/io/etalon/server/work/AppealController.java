package io.etalon.server.work;

import io.etalon.server.access.Allow;
import io.etalon.server.access.Attempt;
import io.etalon.server.access.ClientCaller;
import io.etalon.server.access.Role;
import io.etalon.server.base.Page;
import io.etalon.server.base.ProjectId;
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

/** Appeals and escalations of a project, and what two versions of an answer differ in. */
@RestController
@RequestMapping("/api/v1/clients/{client}/projects/{project}")
final class AppealController {
    private final Appeals appeals;
    private final Comparisons comparisons;

    AppealController(Appeals appeals, Comparisons comparisons) {
        this.appeals = appeals;
        this.comparisons = comparisons;
    }

    @PostMapping("/submissions/{submission}/appeal")
    @ResponseStatus(HttpStatus.CREATED)
    @Allow(Role.ANNOTATOR)
    WorkBodies.MadeSubmission appeal(
            ClientCaller caller,
            Attempt attempt,
            @PathVariable ProjectId project,
            @PathVariable long submission,
            @RequestBody WorkBodies.AppealRequest body) {
        var key = Requests.key(attempt, body);
        var outcome = Requests.told(attempt, appeals.appeal(caller, project, submission, body.text(), key));
        return new WorkBodies.MadeSubmission(submission, outcome.state());
    }

    @GetMapping("/appeals")
    @Allow({Role.ANNOTATOR, Role.REVIEWER, Role.QUALITY_LEAD, Role.REQUESTER})
    Page<WorkBodies.AppealBody> appeals(
            ClientCaller caller,
            @PathVariable ProjectId project,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        return appeals.appeals(caller, project, Page.limit(limit), cursor);
    }

    /** What the annotator who asks may appeal against. */
    @GetMapping("/refusals")
    @Allow(Role.ANNOTATOR)
    Page<WorkBodies.RefusalBody> refusals(
            ClientCaller caller,
            @PathVariable ProjectId project,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        return appeals.refusals(caller, project, Page.limit(limit), cursor);
    }

    @GetMapping("/escalations")
    @Allow({Role.REVIEWER, Role.QUALITY_LEAD, Role.REQUESTER})
    Page<WorkBodies.EscalationBody> escalations(
            ClientCaller caller,
            @PathVariable ProjectId project,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        return appeals.escalations(caller, project, Page.limit(limit), cursor);
    }

    @GetMapping("/submissions/{submission}/changes")
    @Allow({Role.REVIEWER, Role.QUALITY_LEAD, Role.REQUESTER})
    WorkBodies.ChangesBody changes(
            ClientCaller caller,
            @PathVariable ProjectId project,
            @PathVariable long submission,
            @RequestParam(required = false) @Nullable Long against) {
        return comparisons.changes(caller, project, submission, against);
    }
}
