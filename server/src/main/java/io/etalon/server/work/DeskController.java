package io.etalon.server.work;

import io.etalon.server.access.Allow;
import io.etalon.server.access.Attempt;
import io.etalon.server.access.ClientCaller;
import io.etalon.server.access.MayAnswer;
import io.etalon.server.access.OpenBehindWalls;
import io.etalon.server.access.Role;
import io.etalon.server.base.Page;
import io.etalon.server.base.ProjectId;
import io.etalon.server.work.engine.OpenLease;
import org.jspecify.annotations.Nullable;
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
    private final Desk desk;
    private final Leases leases;

    DeskController(Desk desk, Leases leases) {
        this.desk = desk;
        this.leases = leases;
    }

    @PostMapping
    @Allow(Role.ANNOTATOR)
    @MayAnswer(status = 204, when = "There is nothing to do now.")
    ResponseEntity<WorkBodies.LeaseBody> lease(
            ClientCaller caller,
            Attempt attempt,
            @PathVariable ProjectId project,
            @RequestBody(required = false) WorkBodies.@Nullable LeaseRequest body) {
        return Requests.given(attempt, desk.next(caller, project, Requests.key(attempt, null)));
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
        return new WorkBodies.Deadline(leases.heartbeat(caller, project, ticket, OpenLease.Kind.ANNOTATE));
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
    @OpenBehindWalls
    @Allow(Role.ANNOTATOR)
    @ResponseStatus(HttpStatus.CREATED)
    WorkBodies.Submitted submit(
            ClientCaller caller,
            Attempt attempt,
            @PathVariable ProjectId project,
            @PathVariable long lease,
            @RequestBody WorkBodies.SubmissionRequest body) {
        var key = Requests.requiredKey(attempt, body);
        var handed = new Desk.Handed(
                Requests.ticket(lease, body.token()),
                body.answer(),
                Requests.seconds(body.activeSeconds()),
                Boolean.TRUE.equals(body.unsure()));
        var handedIn = desk.submit(caller, project, handed, key, Boolean.TRUE.equals(body.next()));
        var outcome = Requests.told(attempt, handedIn.outcome());
        var made = new WorkBodies.MadeSubmission(outcome.made(), outcome.state());
        var next = desk.next(caller, project, outcome).orElse(null);
        return new WorkBodies.Submitted(made, next, WorkBodies.Feedback.of(handedIn.feedback()));
    }

    @PostMapping("/{lease}/skip")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Allow(Role.ANNOTATOR)
    void skip(
            ClientCaller caller,
            Attempt attempt,
            @PathVariable ProjectId project,
            @PathVariable long lease,
            @RequestBody WorkBodies.SkipRequest body) {
        var ticket = Requests.ticket(lease, body.token());
        Requests.told(attempt, desk.skip(caller, project, ticket, body, Requests.key(attempt, body)));
    }

    @PostMapping("/{lease}/release")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Allow(Role.ANNOTATOR)
    void release(
            ClientCaller caller,
            Attempt attempt,
            @PathVariable ProjectId project,
            @PathVariable long lease,
            @RequestBody WorkBodies.TokenRequest body) {
        var ticket = Requests.ticket(lease, body.token());
        var key = Requests.key(attempt, body);
        Requests.told(attempt, leases.release(caller, project, ticket, OpenLease.Kind.ANNOTATE, key));
    }
}
