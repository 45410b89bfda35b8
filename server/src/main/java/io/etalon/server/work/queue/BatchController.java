package io.etalon.server.work.queue;

import io.etalon.server.access.Allow;
import io.etalon.server.access.Attempt;
import io.etalon.server.access.ClientCaller;
import io.etalon.server.access.Listing;
import io.etalon.server.access.Role;
import io.etalon.server.base.Page;
import io.etalon.server.base.ProjectId;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** A project's batches. */
@RestController
@RequestMapping("/api/v1/clients/{client}/projects/{project}/batches")
@Tag(name = "Queues")
final class BatchController {
    private final Batches batches;

    BatchController(Batches batches) {
        this.batches = batches;
    }

    @PostMapping
    @Allow(Role.REQUESTER)
    @ResponseStatus(HttpStatus.CREATED)
    QueueBodies.BatchBody make(
            ClientCaller caller,
            Attempt attempt,
            @PathVariable ProjectId project,
            @RequestBody QueueBodies.NewBatch body) {
        return batches.make(caller, project, body, attempt);
    }

    /** Pauses the batch, takes it up again, or changes its name, priority or deadline. */
    @PatchMapping("/{batch}")
    @Allow(Role.REQUESTER)
    QueueBodies.BatchBody change(
            ClientCaller caller,
            @PathVariable ProjectId project,
            @PathVariable int batch,
            @RequestBody QueueBodies.BatchPatch body) {
        return batches.change(caller, project, batch, body);
    }

    @GetMapping
    @Allow({Role.REQUESTER, Role.QUALITY_LEAD, Role.WORKFORCE_MANAGER})
    Page<QueueBodies.BatchBody> all(
            ClientCaller caller,
            @PathVariable ProjectId project,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        return Listing.page(
                batches.all(caller.client().id(), project),
                batch -> String.format(Locale.ROOT, "%05d", batch.number()),
                limit,
                cursor);
    }
}
