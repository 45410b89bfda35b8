package io.etalon.server.work;

import io.etalon.server.access.Allow;
import io.etalon.server.access.Attempt;
import io.etalon.server.access.Checks;
import io.etalon.server.access.ClientCaller;
import io.etalon.server.access.MayAnswer;
import io.etalon.server.access.Role;
import io.etalon.server.base.Page;
import io.etalon.server.base.ProjectId;
import io.etalon.server.work.engine.Decision;
import io.etalon.server.work.engine.OpenLease;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The leases of who decides on answers, under {@code /clients/{client}/projects/{project}/reviews}. */
@RestController
@RequestMapping("/api/v1/clients/{client}/projects/{project}/reviews")
final class ReviewController {
    private final Reviews reviews;
    private final Leases leases;

    ReviewController(Reviews reviews, Leases leases) {
        this.reviews = reviews;
        this.leases = leases;
    }

    @PostMapping
    @Allow({Role.REVIEWER, Role.QUALITY_LEAD, Role.REQUESTER})
    @MayAnswer(status = 204, when = "There is nothing to decide now.")
    ResponseEntity<WorkBodies.ReviewBody> lease(
            ClientCaller caller,
            Attempt attempt,
            @PathVariable ProjectId project,
            @RequestBody(required = false) WorkBodies.@Nullable LeaseRequest body) {
        return Requests.given(attempt, reviews.next(caller, project, Requests.key(attempt, null)));
    }

    @GetMapping
    @Allow({Role.REVIEWER, Role.QUALITY_LEAD, Role.REQUESTER})
    Page<WorkBodies.ReviewBody> open(ClientCaller caller, @PathVariable ProjectId project) {
        return Page.all(reviews.open(caller, project));
    }

    @PostMapping("/{review}/heartbeat")
    @Allow({Role.REVIEWER, Role.QUALITY_LEAD, Role.REQUESTER})
    WorkBodies.Deadline heartbeat(
            ClientCaller caller,
            @PathVariable ProjectId project,
            @PathVariable long review,
            @RequestBody WorkBodies.TokenRequest body) {
        var ticket = Requests.ticket(review, body.token());
        return new WorkBodies.Deadline(leases.heartbeat(caller, project, ticket, OpenLease.Kind.REVIEW));
    }

    @PostMapping("/{review}/release")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Allow({Role.REVIEWER, Role.QUALITY_LEAD, Role.REQUESTER})
    void release(
            ClientCaller caller,
            Attempt attempt,
            @PathVariable ProjectId project,
            @PathVariable long review,
            @RequestBody WorkBodies.TokenRequest body) {
        var ticket = Requests.ticket(review, body.token());
        var key = Requests.key(attempt, body);
        Requests.told(attempt, leases.release(caller, project, ticket, OpenLease.Kind.REVIEW, key));
    }

    @PostMapping("/{review}/decision")
    @Allow({Role.REVIEWER, Role.QUALITY_LEAD, Role.REQUESTER})
    @ResponseStatus(HttpStatus.CREATED)
    WorkBodies.Decided decide(
            ClientCaller caller,
            Attempt attempt,
            @PathVariable ProjectId project,
            @PathVariable long review,
            @RequestBody WorkBodies.DecisionRequest body) {
        var key = Requests.requiredKey(attempt, body);
        var handed = new Reviews.Handed(
                Requests.ticket(review, body.token()),
                decision(body.decision()),
                body.answer(),
                body.comments() == null ? List.of() : body.comments());
        var outcome =
                Requests.told(attempt, reviews.decide(caller, project, handed, key, Boolean.TRUE.equals(body.next())));
        var submission = reviews.judged(caller, outcome.made());
        return new WorkBodies.Decided(
                new WorkBodies.MadeSubmission(submission, outcome.state()),
                reviews.diff(caller, project, submission),
                reviews.next(caller, project, outcome).orElse(null));
    }

    private static Decision decision(@Nullable String key) {
        return Decision.find(Checks.required(key, "/decision"))
                .orElseThrow(
                        () -> Checks.fault("/decision", "is “" + key + "”; it must be one of " + Decision.words()));
    }
}
