package io.etalon.server.work;

import io.etalon.server.access.Allow;
import io.etalon.server.access.Attempt;
import io.etalon.server.access.ClientCaller;
import io.etalon.server.access.Role;
import io.etalon.server.base.Page;
import io.etalon.server.base.ProjectId;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Tasks whose answers are made into one, and what was made. */
@RestController
@RequestMapping("/api/v1/clients/{client}/projects/{project}")
final class AdjudicationController {
    private final Adjudications adjudications;

    AdjudicationController(Adjudications adjudications) {
        this.adjudications = adjudications;
    }

    @PostMapping("/adjudications")
    @Allow({Role.REVIEWER, Role.QUALITY_LEAD})
    ResponseEntity<MergeBodies.AdjudicationBody> next(
            ClientCaller caller, Attempt attempt, @PathVariable ProjectId project) {
        return adjudications
                .next(caller, project, attempt)
                .map(body -> ResponseEntity.status(HttpStatus.CREATED).body(body))
                .orElseGet(() -> ResponseEntity.noContent().build());
    }

    @GetMapping("/adjudications")
    @Allow({Role.REVIEWER, Role.QUALITY_LEAD})
    Page<MergeBodies.AdjudicationBody> open(ClientCaller caller, @PathVariable ProjectId project) {
        return Page.all(adjudications.open(caller, project));
    }

    @GetMapping("/adjudications/{adjudication}")
    @Allow({Role.REVIEWER, Role.QUALITY_LEAD})
    MergeBodies.AdjudicationBody get(
            ClientCaller caller, @PathVariable ProjectId project, @PathVariable long adjudication) {
        return adjudications.get(caller, project, adjudication);
    }

    @PostMapping("/adjudications/{adjudication}/heartbeat")
    @Allow({Role.REVIEWER, Role.QUALITY_LEAD})
    WorkBodies.Deadline heartbeat(
            ClientCaller caller,
            @PathVariable ProjectId project,
            @PathVariable long adjudication,
            @RequestBody WorkBodies.TokenRequest body) {
        var ticket = Requests.ticket(adjudication, body.token());
        return new WorkBodies.Deadline(adjudications.heartbeat(caller, project, ticket));
    }

    @PostMapping("/adjudications/{adjudication}/release")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Allow({Role.REVIEWER, Role.QUALITY_LEAD})
    void release(
            ClientCaller caller,
            Attempt attempt,
            @PathVariable ProjectId project,
            @PathVariable long adjudication,
            @RequestBody WorkBodies.TokenRequest body) {
        adjudications.release(caller, project, Requests.ticket(adjudication, body.token()), attempt);
    }

    @PostMapping("/adjudications/{adjudication}/merge")
    @ResponseStatus(HttpStatus.CREATED)
    @Allow({Role.REVIEWER, Role.QUALITY_LEAD})
    MergeBodies.MergeBody merge(
            ClientCaller caller,
            Attempt attempt,
            @PathVariable ProjectId project,
            @PathVariable long adjudication,
            @RequestBody MergeBodies.MergeRequest body) {
        var ticket = Requests.ticket(adjudication, body.token());
        return adjudications.merge(caller, project, ticket, body, attempt);
    }

    @GetMapping("/tasks/{task}/merges")
    @Allow({Role.REVIEWER, Role.QUALITY_LEAD, Role.REQUESTER})
    Page<MergeBodies.MergeBody> merges(ClientCaller caller, @PathVariable ProjectId project, @PathVariable long task) {
        return Page.all(adjudications.merges(caller, project, task));
    }

    /** Gives all merges of the task, as they stand then. */
    @PostMapping("/tasks/{task}/merges/undo")
    @Allow({Role.REVIEWER, Role.QUALITY_LEAD, Role.REQUESTER})
    Page<MergeBodies.MergeBody> undo(
            ClientCaller caller, Attempt attempt, @PathVariable ProjectId project, @PathVariable long task) {
        return Page.all(adjudications.undo(caller, project, task, attempt));
    }
}
