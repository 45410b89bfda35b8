package io.etalon.server.work.queue;

import io.etalon.server.access.Allow;
import io.etalon.server.access.Attempt;
import io.etalon.server.access.ClientCaller;
import io.etalon.server.access.Role;
import io.etalon.server.base.ProjectId;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Acts on many tasks at once. */
@RestController
@RequestMapping("/api/v1/clients/{client}/projects/{project}/task-acts")
@Tag(name = "Queues")
final class BulkController {
    private final BulkActs acts;

    BulkController(BulkActs acts) {
        this.acts = acts;
    }

    @PostMapping("/preview")
    @Allow(Role.REQUESTER)
    QueueBodies.ActPreview preview(
            ClientCaller caller, @PathVariable ProjectId project, @RequestBody QueueBodies.ActRequest body) {
        return acts.preview(caller, project, body);
    }

    @PostMapping
    @Allow(Role.REQUESTER)
    QueueBodies.ActBody run(
            ClientCaller caller,
            Attempt attempt,
            @PathVariable ProjectId project,
            @RequestBody QueueBodies.ActRequest body) {
        return new QueueBodies.ActBody(acts.run(caller, project, body, attempt));
    }
}
