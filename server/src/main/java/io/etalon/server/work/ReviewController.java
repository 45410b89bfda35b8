package io.etalon.server.work;

import io.etalon.server.access.Allow;
import io.etalon.server.access.Attempt;
import io.etalon.server.access.ClientCaller;
import io.etalon.server.access.Role;
import io.etalon.server.base.ProjectId;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The reviewer's leases under {@code /clients/{client}/projects/{project}/reviews}. */
@RestController
@RequestMapping("/api/v1/clients/{client}/projects/{project}/reviews")
final class ReviewController {
    private final Reviews reviews;
    private final Desk desk;

    ReviewController(Reviews reviews, Desk desk) {
        this.reviews = reviews;
        this.desk = desk;
    }

    @PostMapping
    @Allow(Role.REVIEWER)
    ResponseEntity<WorkBodies.ReviewBody> lease(ClientCaller caller, @PathVariable ProjectId project) {
        return reviews.next(caller, project)
                .map(review -> ResponseEntity.status(HttpStatus.CREATED).body(review))
                .orElseGet(() -> ResponseEntity.noContent().build());
    }

    @PostMapping("/{review}/heartbeat")
    @Allow(Role.REVIEWER)
    WorkBodies.Deadline heartbeat(
            ClientCaller caller,
            @PathVariable ProjectId project,
            @PathVariable long review,
            @RequestBody WorkBodies.TokenRequest body) {
        var ticket = Requests.ticket(review, body.token());
        return new WorkBodies.Deadline(desk.heartbeat(caller, project, ticket, OpenLease.Kind.REVIEW));
    }

    @PostMapping("/{review}/release")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Allow(Role.REVIEWER)
    void release(
            ClientCaller caller,
            @PathVariable ProjectId project,
            @PathVariable long review,
            @RequestBody WorkBodies.TokenRequest body) {
        desk.release(caller, project, Requests.ticket(review, body.token()), OpenLease.Kind.REVIEW);
    }

    @PostMapping("/{review}/decision")
    @Allow(Role.REVIEWER)
    ResponseEntity<WorkBodies.Decided> decide(
            ClientCaller caller,
            Attempt attempt,
            @PathVariable ProjectId project,
            @PathVariable long review,
            @RequestBody WorkBodies.DecisionRequest body) {
        var key = Requests.key(attempt, review, body);
        var handed = new Reviews.Handed(
                Requests.ticket(review, body.token()),
                Decision.ofKey(body.decision()),
                body.answer(),
                body.comments() == null ? List.of() : body.comments());
        var outcome = reviews.decide(caller, project, handed, key, Boolean.TRUE.equals(body.next()));
        var submission = reviews.judged(caller, outcome.made());
        var decided = new WorkBodies.Decided(
                new WorkBodies.MadeSubmission(submission, outcome.state()),
                reviews.diff(caller, project, submission),
                reviews.next(caller, project, outcome).orElse(null));
        return Requests.created(outcome, decided);
    }
}
