package io.etalon.server.residency;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.etalon.server.access.Allow;
import io.etalon.server.access.Checks;
import io.etalon.server.access.ClientCaller;
import io.etalon.server.access.Role;
import io.etalon.server.base.Page;
import io.etalon.server.base.PersonId;
import io.etalon.server.base.Places;
import io.etalon.server.base.ProjectId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** A client's lists of countries. */
@RestController
@RequestMapping("/api/v1/clients/{client}/residency")
@Tag(name = "Residency")
final class ResidencyController {
    private static final int MOST = 250;

    private final Residency residency;

    /**
     * @param concern {@code storage}, {@code processing} or {@code people}
     * @param project for a list of people that is narrower than the client's; absent for the client's own
     * @param countries of ISO 3166-1 in two capitals
     * @param inForce absent for in force
     */
    @Schema(name = "ResidencyBody")
    record Body(
            @Nullable String concern,
            @Nullable UUID project,
            @Nullable List<String> countries,
            @Nullable Boolean inForce) {
        Residency.Wish wish() {
            var about = Concern.of(Checks.required(concern, "/concern"))
                    .orElseThrow(() -> Checks.fault("/concern", "must be storage, processing or people"));
            if (project != null && about != Concern.PEOPLE) {
                throw Checks.fault("/project", "belongs to a list of people: a client's data lie in one place");
            }
            var listed = Checks.required(countries, "/countries");
            for (var i = 0; i < listed.size(); i++) {
                if (!Places.isCountry(listed.get(i))) {
                    throw Checks.fault(
                            "/countries/" + i, "must be a country of ISO 3166-1 in two capitals, such as FR");
                }
            }
            if (listed.isEmpty() || listed.size() > MOST) {
                throw Checks.fault("/countries", "must hold 1 to " + MOST + " countries");
            }
            return new Residency.Wish(
                    about,
                    project == null ? null : new ProjectId(project),
                    List.copyOf(new TreeSet<>(listed)),
                    inForce == null || inForce);
        }
    }

    /** @param sentence what the list says, in English */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "ResidencyRuleView")
    record RuleView(
            UUID id,
            int version,
            String concern,
            @Nullable UUID project,
            List<String> countries,
            boolean inForce,
            String sentence,
            UUID setBy,
            Instant setAt) {
        static RuleView of(ResidencyRule rule) {
            var project = rule.project();
            return new RuleView(
                    rule.id(),
                    rule.version(),
                    rule.concern().key(),
                    project == null ? null : project.value(),
                    rule.countries(),
                    rule.inForce(),
                    rule.sentence(),
                    rule.setBy(),
                    rule.setAt());
        }
    }

    /**
     * @param country in which this server stands, by its operator's word; absent when he said none
     * @param networks how many networks the operator's table places; 0 for no table
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "ResidencyView")
    record View(@Nullable String country, int networks, List<RuleView> rules) {}

    @Schema(name = "ResidencyLoad")
    record LoadView(UUID project, String name, int openLeases, long waiting) {}

    /**
     * @param served whether this server could go on working for the client
     * @param people who would be refused and are not now
     */
    @Schema(name = "ResidencyWhatIf")
    record WhatIfView(boolean served, List<UUID> people, List<LoadView> projects) {}

    ResidencyController(Residency residency) {
        this.residency = residency;
    }

    @GetMapping
    @Allow({Role.REQUESTER, Role.QUALITY_LEAD, Role.AUDITOR, Role.WORKFORCE_MANAGER})
    @Operation(
            summary = "Read the lists of countries",
            description = "The newest version of each, in force or not, and where this server stands.")
    View all(ClientCaller caller) {
        var place = residency.place();
        return new View(
                place.country(),
                place.networks(),
                residency.all(caller.client().id()).stream().map(RuleView::of).toList());
    }

    @PutMapping
    @Allow(Role.REQUESTER)
    @Operation(
            summary = "Set a list of countries",
            description =
                    "In force at once unless inForce is false. Refused where this server, or the caller himself, would"
                            + " be outside. Ask what-if before.")
    RuleView set(ClientCaller caller, HttpServletRequest request, @RequestBody Body body) {
        return RuleView.of(residency.set(caller, body.wish(), request.getRemoteAddr()));
    }

    @GetMapping("/{rule}/versions")
    @Allow({Role.REQUESTER, Role.QUALITY_LEAD, Role.AUDITOR})
    @Operation(summary = "List a list's versions", description = "Newest first.")
    Page<RuleView> versions(ClientCaller caller, @PathVariable UUID rule) {
        return Page.all(residency.versions(caller.client().id(), rule).stream()
                .map(RuleView::of)
                .toList());
    }

    @PostMapping("/what-if")
    @Allow({Role.REQUESTER, Role.QUALITY_LEAD, Role.AUDITOR})
    @Operation(
            summary = "Ask whom a list would stop",
            description =
                    "Who would be refused that is not now, by what is said of people; what they hold, and what waits."
                            + " Changes nothing.")
    WhatIfView whatIf(ClientCaller caller, @RequestBody Body body) {
        var stopped = residency.whatIf(caller.client().id(), body.wish());
        return new WhatIfView(
                stopped.served(),
                stopped.people().stream().map(PersonId::value).sorted().toList(),
                stopped.loads().stream()
                        .map(load -> new LoadView(load.project().value(), load.name(), load.open(), load.waiting()))
                        .toList());
    }
}
