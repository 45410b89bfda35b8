package io.etalon.server.vendor;

import io.etalon.server.access.Allow;
import io.etalon.server.access.Checks;
import io.etalon.server.access.ClientCaller;
import io.etalon.server.access.Role;
import io.etalon.server.base.Cursor;
import io.etalon.server.base.Page;
import io.etalon.server.base.ProjectId;
import io.etalon.server.project.Projects;
import io.etalon.server.vendor.score.RoutingPolicy;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** How a project's waiting work is divided among workforces. */
@RestController
@RequestMapping("/api/v1/clients/{client}/projects/{project}/routing")
@Tag(name = "Vendors")
final class RoutingController {
    private static final int STEPS = 10;
    private static final int MOST_STEPS = 100;

    private final Routings routings;
    private final Projects projects;

    RoutingController(Routings routings, Projects projects) {
        this.routings = routings;
        this.projects = projects;
    }

    @GetMapping
    @Allow({Role.REQUESTER, Role.QUALITY_LEAD, Role.AUDITOR})
    ResponseEntity<VendorBodies.RoutingView> get(ClientCaller caller, @PathVariable ProjectId project) {
        projects.get(caller.client().id(), project);
        return view(caller, project);
    }

    /** Replaces the policy and decides by it at once. With If-Match only if that version is still in force. */
    @PutMapping
    @Allow(Role.REQUESTER)
    ResponseEntity<VendorBodies.RoutingView> set(
            ClientCaller caller,
            @PathVariable ProjectId project,
            @RequestHeader(name = "If-Match", required = false) @Nullable String match,
            @RequestBody RoutingPolicy body) {
        routings.set(caller, project, body, VendorController.Matches.version(match));
        return view(caller, project);
    }

    private ResponseEntity<VendorBodies.RoutingView> view(ClientCaller caller, ProjectId project) {
        var client = caller.client().id();
        var version = routings.policy(client, project);
        var portions = routings.portions(client, project);
        var view = new VendorBodies.RoutingView(
                version.map(Routings.Version::version).orElse(0),
                version.map(Routings.Version::policy).orElse(null),
                version.map(Routings.Version::at).orElse(null),
                routings.current(client, project)
                        .map(VendorBodies.DecisionView::of)
                        .orElse(null),
                portions.waiting(),
                portions.inWork(),
                VendorBodies.RoutingView.lines(portions));
        return ResponseEntity.ok().eTag("\"" + view.version() + "\"").body(view);
    }

    /** Every shift of shares, newest first. */
    @GetMapping("/decisions")
    @Allow({Role.REQUESTER, Role.QUALITY_LEAD, Role.AUDITOR})
    Page<VendorBodies.DecisionView> decisions(
            ClientCaller caller,
            @PathVariable ProjectId project,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        projects.get(caller.client().id(), project);
        var most = Page.limit(limit);
        var before = cursor == null ? Long.MAX_VALUE : Cursor.decode(cursor, 1).number(0);
        var found = routings.decisions(caller.client().id(), project, before, most + 1).stream()
                .map(VendorBodies.DecisionView::of)
                .toList();
        return Page.cut(found, most, one -> Cursor.of(one.id()));
    }

    /** Decides anew with what is known now; shares that hardly change stay. */
    @PostMapping("/decisions")
    @Allow(Role.REQUESTER)
    VendorBodies.Reconsidered reconsider(ClientCaller caller, @PathVariable ProjectId project) {
        var made = routings.decide(
                caller.client().id(), project, new Routings.Occasion(caller.person(), caller.via(), "asked"));
        return new VendorBodies.Reconsidered(
                made.isPresent(), made.map(VendorBodies.DecisionView::of).orElse(null));
    }

    /** What a policy would have done with the past answers. Changes nothing. */
    @PostMapping("/preview")
    @Allow({Role.REQUESTER, Role.QUALITY_LEAD})
    VendorBodies.PreviewView preview(
            ClientCaller caller, @PathVariable ProjectId project, @RequestBody VendorBodies.PreviewRequest body) {
        var policy = Checks.required(body.policy(), "/policy");
        var steps = body.steps() == null ? STEPS : body.steps();
        if (steps < 1 || steps > MOST_STEPS) {
            throw Checks.fault("/steps", "must be from 1 to " + MOST_STEPS);
        }
        return VendorBodies.PreviewView.of(routings.dryRun(caller.client().id(), project, policy, steps));
    }
}
