package io.etalon.server.discussion;

import io.etalon.server.access.Allow;
import io.etalon.server.access.AllowSignedIn;
import io.etalon.server.access.Attempt;
import io.etalon.server.access.Caller;
import io.etalon.server.access.ClientCaller;
import io.etalon.server.access.Grants;
import io.etalon.server.access.MayAnswer;
import io.etalon.server.access.Role;
import io.etalon.server.base.ErrorCode;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.Page;
import io.etalon.server.base.ProjectId;
import io.etalon.server.discussion.CommentBodies.MentionBody;
import io.etalon.server.discussion.CommentBodies.NewComment;
import io.etalon.server.discussion.CommentBodies.ThreadBody;
import io.etalon.server.tenant.Clients;
import java.util.Comparator;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Threads about submissions, and a person's own list of where he is called upon. */
@RestController
@RequestMapping("/api/v1")
final class CommentController {
    private final Comments comments;
    private final Clients clients;
    private final Grants grants;

    CommentController(Comments comments, Clients clients, Grants grants) {
        this.comments = comments;
        this.clients = clients;
        this.grants = grants;
    }

    @PostMapping("/clients/{client}/projects/{project}/submissions/{submission}/comments")
    @ResponseStatus(HttpStatus.CREATED)
    @Allow({Role.ANNOTATOR, Role.REVIEWER, Role.QUALITY_LEAD, Role.REQUESTER})
    ThreadBody add(
            ClientCaller caller,
            Attempt attempt,
            @PathVariable ProjectId project,
            @PathVariable long submission,
            @RequestBody NewComment body) {
        return comments.add(caller, project, submission, body, attempt);
    }

    @GetMapping("/clients/{client}/projects/{project}/submissions/{submission}/comments")
    @Allow({Role.ANNOTATOR, Role.REVIEWER, Role.QUALITY_LEAD, Role.REQUESTER})
    Page<ThreadBody> threads(ClientCaller caller, @PathVariable ProjectId project, @PathVariable long submission) {
        return Page.all(comments.threads(caller, project, submission));
    }

    @PostMapping("/clients/{client}/projects/{project}/threads/{thread}/resolution")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Allow({Role.ANNOTATOR, Role.REVIEWER, Role.QUALITY_LEAD, Role.REQUESTER})
    void resolve(ClientCaller caller, Attempt attempt, @PathVariable ProjectId project, @PathVariable UUID thread) {
        comments.resolve(caller, project, thread, attempt);
    }

    @GetMapping("/mentions")
    @AllowSignedIn
    @MayAnswer(status = 403, when = "A key works at one client; the list over all clients is a person's own.")
    Page<MentionBody> mentions(Caller caller) {
        if (!caller.via().equals(Caller.VIA_SESSION)) {
            throw new EtalonException(
                    ErrorCode.FORBIDDEN, "A key works at one client; the list over all clients is a person's own.");
        }
        return Page.all(clients.all().stream()
                .filter(client -> !grants.rolesAt(caller.person(), client.id()).isEmpty())
                .flatMap(client -> comments.mentions(client, caller).stream())
                .sorted(Comparator.comparing(
                                (MentionBody mention) -> mention.comment().at())
                        .reversed())
                .toList());
    }
}
