package io.etalon.server.glass;

import io.etalon.server.access.Allow;
import io.etalon.server.access.Checks;
import io.etalon.server.access.ClientCaller;
import io.etalon.server.access.EvenWithoutKey;
import io.etalon.server.access.Role;
import io.etalon.server.base.EtalonException;
import io.etalon.server.glass.GlassBodies.Banner;
import io.etalon.server.glass.GlassBodies.GrantBody;
import io.etalon.server.glass.GlassBodies.RuleBody;
import io.etalon.server.tenant.Client;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Breaking the glass, the client's side. */
@RestController
@RequestMapping("/api/v1/clients/{client}/access/break-glass")
@EvenWithoutKey
@Tag(name = "Break-glass")
class GlassController {
    private static final int NEWEST = 200;

    private final BreakGlass glass;

    GlassController(BreakGlass glass) {
        this.glass = glass;
    }

    @GetMapping
    @Allow({Role.REQUESTER, Role.AUDITOR})
    @Operation(
            summary = "Which operators may look into this client's content now, and which did",
            description = "The newest 200 grants; the client's log has all.")
    Banner banner(ClientCaller caller) {
        var client = caller.client();
        var grants = glass.list(client.id(), null, NEWEST).stream()
                .map(one -> body(one, client))
                .toList();
        return new Banner(
                count(grants, GlassState.OPEN),
                count(grants, GlassState.WAITING),
                body(glass.rule(client.id())),
                grants);
    }

    private static int count(List<GrantBody> grants, GlassState state) {
        return (int) grants.stream().filter(one -> one.state() == state).count();
    }

    @PutMapping("/rule")
    @Allow(Role.REQUESTER)
    @Operation(
            summary = "Say what this client asks of operators",
            description =
                    "Whose word a grant waits for (none, operator, client) and how long it may last; 0 minutes let nobody"
                            + " in.")
    RuleBody rule(ClientCaller caller, @RequestBody RuleBody body) {
        var approval = Checks.required(body.approval(), "/approval");
        int longest = Checks.required(body.longestMinutes(), "/longestMinutes");
        if (longest < 0 || longest > BreakGlass.LONGEST_MINUTES) {
            throw EtalonException.invalidAt("/longestMinutes", "must be between 0 and " + BreakGlass.LONGEST_MINUTES);
        }
        return body(glass.setRule(caller, new GlassStore.Rule(approval, longest)));
    }

    @PostMapping("/{grant}/approve")
    @Allow(Role.REQUESTER)
    @Operation(summary = "Let an operator look")
    GrantBody approve(ClientCaller caller, @PathVariable UUID grant) {
        return body(glass.approveAsClient(caller, grant), caller.client());
    }

    @PostMapping("/{grant}/end")
    @Allow(Role.REQUESTER)
    @Operation(summary = "End an operator's grant at once")
    GrantBody end(ClientCaller caller, @PathVariable UUID grant) {
        return body(glass.end(caller.caller(), caller.client().id(), grant), caller.client());
    }

    private GrantBody body(GlassGrant grant, Client client) {
        return GrantBody.of(grant, client.slug(), glass.clock().instant());
    }

    private static RuleBody body(GlassStore.Rule rule) {
        return new RuleBody(rule.approval(), rule.longestMinutes());
    }
}
