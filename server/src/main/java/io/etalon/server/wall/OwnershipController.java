package io.etalon.server.wall;

import io.etalon.server.access.Allow;
import io.etalon.server.access.Checks;
import io.etalon.server.access.ClientCaller;
import io.etalon.server.access.Role;
import io.etalon.server.ownership.Organisation;
import io.etalon.server.ownership.Organisations;
import io.etalon.server.ownership.StakeView;
import io.etalon.server.ownership.Stakes;
import io.etalon.server.workforce.Workforces;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What concerns a client in the register: who stands above its vendors. */
@RestController
@RequestMapping("/api/v1/clients/{client}")
@Tag(name = "Walls")
final class OwnershipController {
    private final Stakes stakes;
    private final Organisations organisations;
    private final Workforces workforces;

    /** The graph above a client's vendors on one day. */
    record OwnershipView(
            List<WallBodies.VendorTeam> vendors,
            List<WallBodies.NamedOrganisation> organisations,
            List<StakeView> stakes,
            List<WallBodies.HoldingView> holdings) {}

    OwnershipController(Stakes stakes, Organisations organisations, Workforces workforces) {
        this.stakes = stakes;
        this.organisations = organisations;
        this.workforces = workforces;
    }

    @GetMapping("/ownership")
    @Allow({Role.REQUESTER, Role.QUALITY_LEAD, Role.AUDITOR})
    @Operation(
            summary = "Who owns the vendors",
            description =
                    "The stakes above this client's vendors on a day, today when asOf is absent, and what each owner"
                            + " holds of each vendor directly and through others.")
    OwnershipView ownership(ClientCaller caller, @RequestParam(required = false) @Nullable String asOf) {
        var vendors = new ArrayList<WallBodies.VendorTeam>();
        for (var team : workforces.all(caller.client().id())) {
            if (team.organisation() != null) {
                vendors.add(new WallBodies.VendorTeam(team.id(), team.name(), team.organisation()));
            }
        }
        var roots = vendors.stream()
                .map(WallBodies.VendorTeam::organisation)
                .distinct()
                .toList();
        var holdings = stakes.on(stakes.day(asOf));
        var above = holdings.upward(roots);
        var held = new ArrayList<WallBodies.HoldingView>();
        for (var owner : above) {
            var controlled = holdings.controlled(owner);
            for (var vendor : roots) {
                var percent = holdings.percent(owner, vendor);
                if (!owner.equals(vendor) && percent.signum() > 0) {
                    held.add(new WallBodies.HoldingView(
                            owner, vendor, percent.setScale(4, RoundingMode.HALF_UP), controlled.contains(vendor)));
                }
            }
        }
        return new OwnershipView(
                vendors,
                organisations.all().stream()
                        .filter(organisation -> above.contains(organisation.id()))
                        .map(OwnershipController::view)
                        .toList(),
                holdings.stakes().stream()
                        .filter(stake -> above.contains(stake.held()))
                        .map(StakeView::of)
                        .toList(),
                held);
    }

    @GetMapping("/organisations")
    @Allow(Role.REQUESTER)
    @Operation(
            summary = "Find an organisation by its name",
            description = "In whatever case; a client names its competitors by their ids. There is no list of all.")
    WallBodies.OrganisationsFound named(ClientCaller caller, @RequestParam String name) {
        var wanted = Checks.text(name, "/name", 200);
        return new WallBodies.OrganisationsFound(organisations.all().stream()
                .filter(organisation -> organisation.name().equalsIgnoreCase(wanted))
                .map(OwnershipController::view)
                .toList());
    }

    private static WallBodies.NamedOrganisation view(Organisation organisation) {
        return new WallBodies.NamedOrganisation(organisation.id(), organisation.name());
    }
}
