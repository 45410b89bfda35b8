package io.etalon.server.pay;

import io.etalon.server.access.Allow;
import io.etalon.server.access.Attempt;
import io.etalon.server.access.ClientCaller;
import io.etalon.server.access.Role;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.Page;
import io.etalon.server.base.ProjectId;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What work in a project pays. */
@RestController
@RequestMapping("/api/v1/clients/{client}/projects/{project}/pay")
@Tag(name = "Pay")
final class RuleController {
    private static final Pattern VERSION = Pattern.compile("\"?(\\d{1,9})\"?");

    private final PayRules rules;

    RuleController(PayRules rules) {
        this.rules = rules;
    }

    /** All versions of the project's rules, newest first; a manager sees his own workforce's and those for all. */
    @GetMapping("/rules")
    @Allow({Role.REQUESTER, Role.AUDITOR, Role.WORKFORCE_MANAGER})
    Page<PayBodies.RuleView> rules(ClientCaller caller, @PathVariable ProjectId project) {
        return Page.all(
                rules.all(caller, project).stream().map(PayBodies.RuleView::of).toList());
    }

    /**
     * Adds a version of a rule: of one workforce, or without {@code workforce} for everybody who has none of his own. It holds
     * for leases taken from now on. With If-Match only if that version is still the newest.
     */
    @PutMapping("/rule")
    @Allow({Role.REQUESTER, Role.WORKFORCE_MANAGER})
    ResponseEntity<PayBodies.RuleView> set(
            ClientCaller caller,
            Attempt attempt,
            @PathVariable ProjectId project,
            @RequestParam(required = false) @Nullable UUID workforce,
            @RequestHeader(name = "If-Match", required = false) @Nullable String match,
            @RequestBody PayRule body) {
        var set = rules.set(caller, project, new PayRules.Draft(workforce, body, version(match)), attempt);
        return ResponseEntity.ok().eTag("\"" + set.version() + "\"").body(PayBodies.RuleView.of(set));
    }

    private static @Nullable Integer version(@Nullable String match) {
        if (match == null) {
            return null;
        }
        var found = VERSION.matcher(match);
        if (!found.matches()) {
            throw EtalonException.invalid(
                    "The header If-Match must be a version as it came in the ETag, such as \"3\".");
        }
        return Integer.valueOf(found.group(1));
    }

    /** What a task that the caller takes now pays, and how long the last ones took. */
    @GetMapping("/offer")
    @Allow({Role.ANNOTATOR, Role.REVIEWER})
    PayBodies.OfferView offer(ClientCaller caller, @PathVariable ProjectId project) {
        var offer = rules.offer(caller, project);
        var hourly = offer.hourly();
        return new PayBodies.OfferView(
                offer.rule().map(PayBodies.RuleView::of).orElse(null),
                offer.seconds(),
                hourly == null ? null : hourly.toPlainString());
    }
}
