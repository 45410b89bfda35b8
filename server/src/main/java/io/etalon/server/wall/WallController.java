package io.etalon.server.wall;

import io.etalon.server.access.Allow;
import io.etalon.server.access.Attempt;
import io.etalon.server.access.Checks;
import io.etalon.server.access.ClientCaller;
import io.etalon.server.access.Idempotency;
import io.etalon.server.access.Listing;
import io.etalon.server.access.Role;
import io.etalon.server.base.Cursor;
import io.etalon.server.base.Ids;
import io.etalon.server.base.Page;
import io.etalon.server.ownership.Stake;
import io.etalon.server.ownership.Stakes;
import io.etalon.server.tenant.TenantScope;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** A client's walls. */
@RestController
@RequestMapping("/api/v1/clients/{client}/walls")
@Tag(name = "Walls")
final class WallController {
    private static final int MOST_SUPPOSED = 20;

    private final Rules rules;
    private final Closings closings;
    private final WhatIf whatIf;
    private final Stakes stakes;
    private final Idempotency idempotency;
    private final TenantScope scope;
    private final Ids ids;
    private final ClosingStore store = new ClosingStore();

    WallController(Rules rules, Closings closings, WhatIf whatIf, Stakes stakes, Idempotency idempotency, Desk desk) {
        this.rules = rules;
        this.closings = closings;
        this.whatIf = whatIf;
        this.stakes = stakes;
        this.idempotency = idempotency;
        this.scope = desk.scope();
        this.ids = desk.ids();
    }

    /** Where databases and ids come from. */
    @Component("wallDesk")
    record Desk(TenantScope scope, Ids ids) {}

    @GetMapping
    @Allow({Role.REQUESTER, Role.QUALITY_LEAD, Role.AUDITOR})
    @Operation(summary = "List walls", description = "The newest version of each rule, in force or not.")
    Page<WallBodies.WallView> all(
            ClientCaller caller,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        var names = rules.names();
        var views = rules.all(caller.client().id()).stream()
                .map(rule -> WallBodies.WallView.of(rule, names))
                .toList();
        return Listing.page(views, view -> view.id().toString(), limit, cursor);
    }

    @PostMapping
    @Allow(Role.REQUESTER)
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            summary = "Make a wall",
            description =
                    "In force at once unless inForce is false: whoever it keeps out is out when this is answered, and"
                            + " open work is fenced. Ask what-if before.")
    WallBodies.WallView make(ClientCaller caller, Attempt attempt, @RequestBody WallBodies.WallBody body) {
        var terms = rules.known(body.terms(""));
        return closings.around(() -> scope.control(tx -> idempotency.once(
                tx,
                attempt,
                body,
                WallBodies.WallView.class,
                same -> WallBodies.WallView.of(rules.make(same, caller, terms, body.isInForce()), rules.names()))));
    }

    @PutMapping("/{rule}")
    @Allow(Role.REQUESTER)
    @Operation(summary = "Change a wall", description = "Another version under the same id; it bites at once.")
    WallBodies.WallView set(ClientCaller caller, @PathVariable UUID rule, @RequestBody WallBodies.WallBody body) {
        var terms = rules.known(body.terms(""));
        return closings.around(() -> scope.control(
                tx -> WallBodies.WallView.of(rules.set(tx, caller, rule, terms, body.isInForce()), rules.names())));
    }

    @GetMapping("/{rule}/versions")
    @Allow({Role.REQUESTER, Role.QUALITY_LEAD, Role.AUDITOR})
    @Operation(summary = "List a wall's versions", description = "Newest first.")
    WallBodies.WallVersions versions(ClientCaller caller, @PathVariable UUID rule) {
        var names = rules.names();
        return new WallBodies.WallVersions(rules.versions(caller.client().id(), rule).stream()
                .map(version -> WallBodies.WallView.of(version, names))
                .toList());
    }

    @GetMapping("/closings")
    @Allow({Role.REQUESTER, Role.QUALITY_LEAD, Role.AUDITOR})
    @Operation(
            summary = "List closings",
            description =
                    "Newest first: whom a wall shut out or let in, by which rule, and how many leases were fenced.")
    Page<WallBodies.ClosingView> closings(
            ClientCaller caller,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        var most = Page.limit(limit);
        var before = cursor == null ? null : Cursor.decode(cursor, 1).number(0);
        var found = scope.client(caller.client().id(), tx -> store.page(tx, before, most + 1));
        return Page.cut(found.stream().map(WallBodies.ClosingView::of).toList(), most, view -> Cursor.of(view.id()));
    }

    @PostMapping("/what-if")
    @Allow({Role.REQUESTER, Role.QUALITY_LEAD, Role.AUDITOR})
    @Operation(
            summary = "Ask whom walls would stop",
            description =
                    "With rules as if they were in force besides those that are, and a stake as if it were held today:"
                            + " who would be stopped that is not now, what they hold, and what waits. Changes nothing.")
    WallBodies.WhatIfView whatIf(ClientCaller caller, @RequestBody WallBodies.WhatIfBody body) {
        var supposed = new ArrayList<Terms>();
        if (body.rules() != null) {
            if (body.rules().size() > MOST_SUPPOSED) {
                throw Checks.fault("/rules", "may be " + MOST_SUPPOSED + " at most");
            }
            for (var i = 0; i < body.rules().size(); i++) {
                var at = "/rules/" + i;
                supposed.add(
                        rules.known(Checks.required(body.rules().get(i), at).terms(at)));
            }
        }
        return view(whatIf.stopped(caller.client().id(), supposed, stake(body.stake())));
    }

    private @Nullable Stake stake(WallBodies.@Nullable Supposed supposed) {
        if (supposed == null) {
            return null;
        }
        return stakes.supposed(supposed.owner(), supposed.held(), supposed.percent(), supposed.voting(), ids.next());
    }

    private static WallBodies.WhatIfView view(WhatIf.Stopped stopped) {
        var out =
                stopped.subjects().stream().map(kept -> kept.closed().subject()).toList();
        var projects = stopped.loads().stream()
                .map(load -> new WallBodies.ProjectLoad(
                        load.project().value(),
                        load.name(),
                        load.open(),
                        load.waiting(),
                        load.workforces().size(),
                        (int) load.workforces().stream()
                                .filter(workforce -> !out.contains(workforce))
                                .count()))
                .toList();
        return new WallBodies.WhatIfView(
                stopped.subjects().stream()
                        .map(kept -> new WallBodies.StoppedView(
                                kept.closed().subject(),
                                kept.closed().kind(),
                                kept.people().size()))
                        .toList(),
                stopped.people().size(),
                projects.stream().mapToInt(WallBodies.ProjectLoad::openLeases).sum(),
                List.copyOf(projects));
    }
}
