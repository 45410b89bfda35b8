package io.etalon.server.wall;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.etalon.server.access.Allow;
import io.etalon.server.access.Attempt;
import io.etalon.server.access.Checks;
import io.etalon.server.access.ClientCaller;
import io.etalon.server.access.Idempotency;
import io.etalon.server.access.Listing;
import io.etalon.server.access.Role;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.Page;
import io.etalon.server.base.ProjectId;
import io.etalon.server.tenant.TenantScope;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.UUID;
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

/** Four eyes: asking for leave to export, and giving it. */
@RestController
@RequestMapping("/api/v1/clients/{client}/export-requests")
@Tag(name = "Walls")
final class ExportRequestController {
    private final ExportRequests requests;
    private final KnownProjects projects;
    private final Idempotency idempotency;
    private final TenantScope scope;

    record ExportRequestBody(
            @Nullable String what,
            @Nullable UUID project,
            @Nullable String reason) {}

    record DecisionBody(@Nullable Boolean approved) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ExportRequestView(
            UUID id,
            ExportRequests.What what,
            @Nullable UUID project,
            String reason,
            UUID requestedBy,
            Instant requestedAt,
            @Nullable UUID decidedBy,
            @Nullable Instant decidedAt,
            @Nullable Boolean approved,
            @Nullable Instant until) {
        static ExportRequestView of(ExportRequestStore.ExportRequest request) {
            var by = request.decidedBy();
            var project = request.project();
            return new ExportRequestView(
                    request.id(),
                    request.what(),
                    project == null ? null : project.value(),
                    request.reason(),
                    request.requestedBy().value(),
                    request.requestedAt(),
                    by == null ? null : by.value(),
                    request.decidedAt(),
                    request.approved(),
                    request.until());
        }
    }

    ExportRequestController(
            ExportRequests requests, KnownProjects projects, Idempotency idempotency, TenantScope scope) {
        this.projects = projects;
        this.requests = requests;
        this.idempotency = idempotency;
        this.scope = scope;
    }

    @GetMapping
    @Allow({Role.REQUESTER, Role.QUALITY_LEAD, Role.AUDITOR})
    @Operation(summary = "List requests to export")
    Page<ExportRequestView> all(
            ClientCaller caller,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        var views = requests.all(caller.client().id()).stream()
                .map(ExportRequestView::of)
                .toList();
        return Listing.page(views, view -> view.id().toString(), limit, cursor);
    }

    @PostMapping
    @Allow({Role.REQUESTER, Role.AUDITOR})
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            summary = "Ask to export",
            description =
                    "Where a wall asks for two persons: leave for one project, for the archive of the whole client (what is"
                            + " archive), or for ending that wall (what is two_persons), to be given by another person.")
    ExportRequestView ask(ClientCaller caller, Attempt attempt, @RequestBody ExportRequestBody body) {
        var what = body.what() == null ? ExportRequests.What.PROJECT : what(body.what());
        var project = project(caller, what, body.project());
        return scope.client(
                caller.client().id(),
                tx -> idempotency.once(
                        tx,
                        attempt,
                        body,
                        ExportRequestView.class,
                        same -> ExportRequestView.of(requests.ask(same, caller, what, project, body.reason()))));
    }

    private static ExportRequests.What what(String text) {
        try {
            return ExportRequests.What.of(text);
        } catch (EtalonException e) {
            throw Checks.fault("/what", "must be project, archive or two_persons");
        }
    }

    private @Nullable ProjectId project(ClientCaller caller, ExportRequests.What what, @Nullable UUID named) {
        if (what != ExportRequests.What.PROJECT) {
            if (named != null) {
                throw Checks.fault("/project", "goes with a request for one project only");
            }
            return null;
        }
        var project = new ProjectId(Checks.required(named, "/project"));
        if (!projects.has(caller.client().id(), project)) {
            throw Checks.fault("/project", "must be the id of a project of this client");
        }
        return project;
    }

    @PostMapping("/{request}/decision")
    @Allow({Role.REQUESTER, Role.QUALITY_LEAD, Role.AUDITOR})
    @Operation(
            summary = "Decide on a request to export",
            description = "By another person than the one who asked; leave is good for a day.")
    ExportRequestView decide(
            ClientCaller caller, Attempt attempt, @PathVariable UUID request, @RequestBody DecisionBody body) {
        boolean approved = Checks.required(body.approved(), "/approved");
        return scope.client(
                caller.client().id(),
                tx -> idempotency.once(
                        tx,
                        attempt,
                        body,
                        ExportRequestView.class,
                        same -> ExportRequestView.of(requests.decide(same, caller, request, approved))));
    }
}
