package io.etalon.server.work.queue;

import io.etalon.annotation.Fault;
import io.etalon.server.access.Allow;
import io.etalon.server.access.ClientCaller;
import io.etalon.server.access.Role;
import io.etalon.server.base.ErrorCode;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.ProjectId;
import io.etalon.server.work.policy.QueuePolicy;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The rules of a project's queue. */
@RestController
@RequestMapping("/api/v1/clients/{client}/projects/{project}/queue")
@Tag(name = "Queues")
final class QueueController {
    private final Queues queues;

    QueueController(Queues queues) {
        this.queues = queues;
    }

    @GetMapping
    @Allow({Role.REQUESTER, Role.QUALITY_LEAD, Role.WORKFORCE_MANAGER, Role.AUDITOR})
    ResponseEntity<QueueBodies.QueueBody> get(ClientCaller caller, @PathVariable ProjectId project) {
        return told(queues.get(caller.client().id(), project));
    }

    /**
     * Replaces the rules; they are in force when this returns. If-Match names the version that they were made from, as it
     * came in the ETag; another one in force is a 412. An asterisk replaces whichever is there.
     */
    @PutMapping
    @Allow(Role.REQUESTER)
    ResponseEntity<QueueBodies.QueueBody> set(
            ClientCaller caller,
            @PathVariable ProjectId project,
            @RequestHeader(name = "If-Match", required = false) @Nullable String match,
            @RequestBody QueuePolicy body) {
        // What is not there is told before what the request lacks.
        queues.get(caller.client().id(), project);
        return told(queues.set(caller, project, body, version(match)));
    }

    private static ResponseEntity<QueueBodies.QueueBody> told(Policies.Version version) {
        return ResponseEntity.ok().eTag("\"" + version.version() + "\"").body(QueueBodies.QueueBody.of(version));
    }

    private static @Nullable Integer version(@Nullable String match) {
        if (match == null) {
            var missing = "The header If-Match is missing; send the version that the rules were made from as it came in"
                    + " the ETag, such as \"3\", or * to replace whichever is there.";
            throw EtalonException.withFaults(ErrorCode.INVALID, missing, List.of(new Fault("", missing)));
        }
        if (match.equals("*")) {
            return null;
        }
        try {
            return Integer.valueOf(match.replace("\"", ""));
        } catch (NumberFormatException e) {
            throw EtalonException.invalid("If-Match is not a version of the rules, such as \"3\"");
        }
    }
}
