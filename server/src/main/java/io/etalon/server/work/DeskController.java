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
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The annotator's leases under {@code /clients/{client}/projects/{project}/leases}. */
@RestController
@RequestMapping("/api/v1/clients/{client}/projects/{project}/leases")
final class DeskController {
    static final String REPLAY = "Idempotent-Replay";

    private final Desk desk;

    DeskController(Desk desk) {
        this.desk = desk;
    }

    @PostMapping
    @Allow(Role.ANNOTATOR)
    ResponseEntity<WorkBodies.LeaseBody> lease(ClientCaller caller, @PathVariable ProjectId project) {
        return desk.next(caller, project)
                .map(lease -> ResponseEntity.status(HttpStatus.CREATED).body(lease))
                .orElseGet(() -> ResponseEntity.noContent().build());
    }

    @GetMapping
    @Allow(Role.ANNOTATOR)
    Page<WorkBodies.LeaseBody> open(ClientCaller caller, @PathVariable ProjectId project) {
        return Page.all(desk.open(caller, project));
    }

    @PostMapping("/{lease}/heartbeat")
    @Allow(Role.ANNOTATOR)
    WorkBodies.Deadline heartbeat(
            ClientCaller caller,
            @PathVariable ProjectId project,
            @PathVariable long lease,
            @RequestBody WorkBodies.TokenRequest body) {
        var ticket = Requests.ticket(lease, body.token());
        return new WorkBodies.Deadline(desk.heartbeat(caller, project, ticket, OpenLease.Kind.ANNOTATE));
    }

    @PutMapping("/{lease}/draft")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Allow(Role.ANNOTATOR)
    void draft(
            ClientCaller caller,
            @PathVariable ProjectId project,
            @PathVariable long lease,
            @RequestBody WorkBodies.DraftRequest body) {
        var ticket = Requests.ticket(lease, body.token());
        desk.saveDraft(caller, project, new Desk.Handed(ticket, body.answer(), Requests.seconds(body.activeSeconds())));
    }

    @PostMapping("/{lease}/submission")
    @Allow(Role.ANNOTATOR)
    ResponseEntity<WorkBodies.Submitted> submit(
            ClientCaller caller,
            Attempt attempt,
            @PathVariable ProjectId project,
            @PathVariable long lease,
            @RequestBody WorkBodies.SubmissionRequest body) {
        var key = Requests.key(attempt, lease, body);
        var handed = new Desk.Handed(
                Requests.ticket(lease, body.token()), body.answer(), Requests.seconds(body.activeSeconds()));
        var outcome = desk.submit(caller, project, handed, key, Boolean.TRUE.equals(body.next()));
        var made = new WorkBodies.MadeSubmission(outcome.made(), outcome.state());
        var next = desk.next(caller, project, outcome).orElse(null);
        return Requests.created(outcome, new WorkBodies.Submitted(made, next));
    }

    @PostMapping("/{lease}/skip")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Allow(Role.ANNOTATOR)
    void skip(
            ClientCaller caller,
            @PathVariable ProjectId project,
            @PathVariable long lease,
            @RequestBody WorkBodies.SkipRequest body) {
        desk.skip(caller, project, Requests.ticket(lease, body.token()), body.reason(), body.note());
    }

    @PostMapping("/{lease}/release")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Allow(Role.ANNOTATOR)
    void release(
            ClientCaller caller,
            @PathVariable ProjectId project,
            @PathVariable long lease,
            @RequestBody WorkBodies.TokenRequest body) {
        desk.release(caller, project, Requests.ticket(lease, body.token()), OpenLease.Kind.ANNOTATE);
    }
}
