package io.etalon.server.vendor;

import io.etalon.server.access.Allow;
import io.etalon.server.access.Attempt;
import io.etalon.server.access.Checks;
import io.etalon.server.access.ClientCaller;
import io.etalon.server.access.Listing;
import io.etalon.server.access.Role;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.Page;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Comparator;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** A client's vendors and in-house teams: contracts, dependence, and how one is left. */
@RestController
@RequestMapping("/api/v1/clients/{client}")
@Tag(name = "Vendors")
final class VendorController {
    private static final int LONGEST_REASON = 500;

    private final Vendors vendors;
    private final Parties parties;
    private final Drains drains;
    private final Dependence dependence;
    private final ServiceRecord services;

    VendorController(Vendors vendors, Parties parties, Drains drains, Dependence dependence, ServiceRecord services) {
        this.vendors = vendors;
        this.parties = parties;
        this.drains = drains;
        this.dependence = dependence;
        this.services = services;
    }

    /** Who works for the client; a workforce's manager sees his own employer alone. */
    @GetMapping("/vendors")
    @Allow({Role.REQUESTER, Role.QUALITY_LEAD, Role.AUDITOR, Role.WORKFORCE_MANAGER})
    Page<VendorBodies.VendorView> all(
            ClientCaller caller,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        var views = vendors.all(caller.client().id()).stream()
                .filter(vendor -> Vendors.maySee(caller, vendor))
                .map(vendor -> view(caller, vendor))
                .toList();
        return Listing.page(views, view -> view.id().toString(), limit, cursor);
    }

    @GetMapping("/vendors/{vendor}")
    @Allow({Role.REQUESTER, Role.QUALITY_LEAD, Role.AUDITOR, Role.WORKFORCE_MANAGER})
    VendorBodies.VendorView get(ClientCaller caller, @PathVariable UUID vendor) {
        return view(caller, vendors.visible(caller, vendor));
    }

    private VendorBodies.VendorView view(ClientCaller caller, Vendor vendor) {
        var client = caller.client().id();
        var drained = drains.drained(client);
        var teams = vendor.workforces().stream()
                .map(one -> new VendorBodies.Team(
                        one.id(), one.name(), parties.members(client, one.id()).size(), drained.contains(one.id())))
                .toList();
        var contract = vendors.contracts(client).stream()
                .filter(agreed -> seesContracts(caller) && agreed.party().equals(vendor.id()))
                .findFirst()
                .map(VendorBodies.ContractView::of)
                .orElse(null);
        return new VendorBodies.VendorView(
                vendor.id(), vendor.name(), vendor.kind(), vendor.country(), teams, contract);
    }

    /** Prices are no business of those who judge quality. */
    private static boolean seesContracts(ClientCaller caller) {
        return caller.is(Role.REQUESTER) || caller.is(Role.AUDITOR) || caller.is(Role.WORKFORCE_MANAGER);
    }

    /** All versions of the contract, newest first. */
    @GetMapping("/vendors/{vendor}/contracts")
    @Allow({Role.REQUESTER, Role.AUDITOR, Role.WORKFORCE_MANAGER})
    Page<VendorBodies.ContractView> contracts(ClientCaller caller, @PathVariable UUID vendor) {
        var id = vendors.visible(caller, vendor).id();
        return Page.all(vendors.contracts(caller.client().id()).stream()
                .filter(agreed -> agreed.party().equals(id))
                .sorted(Comparator.comparingInt(Vendors.Agreed::version).reversed())
                .map(VendorBodies.ContractView::of)
                .toList());
    }

    /** What the contract in force promises beside what was measured over the last 28 days. */
    @GetMapping("/vendors/{vendor}/service-levels")
    @Allow({Role.REQUESTER, Role.AUDITOR, Role.WORKFORCE_MANAGER})
    Page<VendorBodies.LevelLine> services(ClientCaller caller, @PathVariable UUID vendor) {
        return Page.all(services.of(caller.client().id(), vendors.visible(caller, vendor)).stream()
                .map(VendorBodies.LevelLine::of)
                .toList());
    }

    /** Adds a version of the contract. With If-Match only if that version is still the newest. */
    @PutMapping("/vendors/{vendor}/contract")
    @Allow(Role.REQUESTER)
    ResponseEntity<VendorBodies.ContractView> agree(
            ClientCaller caller,
            Attempt attempt,
            @PathVariable UUID vendor,
            @RequestHeader(name = "If-Match", required = false) @Nullable String match,
            @RequestBody Contract body) {
        var set = vendors.set(caller, vendor, body, Matches.version(match), attempt);
        return ResponseEntity.ok().eTag("\"" + set.version() + "\"").body(VendorBodies.ContractView.of(set));
    }

    /**
     * Leaves a vendor: its people lose their roles and keys here, open leases are fenced, and their work goes to others. When this
     * returns, nothing of the client's is in their hands; each workforce has a hand-over report.
     */
    @PostMapping("/vendors/{vendor}/drain")
    @Allow(Role.REQUESTER)
    @ResponseStatus(HttpStatus.CREATED)
    Page<HandOver> drain(
            ClientCaller caller,
            Attempt attempt,
            @PathVariable UUID vendor,
            @RequestBody VendorBodies.DrainRequest body) {
        var reason = Checks.text(body.reason(), "/reason", LONGEST_REASON);
        return Page.all(drains.drain(caller.client().id(), vendor, reason, by(caller), attempt));
    }

    /** Takes a vendor up again; its people are invited anew. */
    @DeleteMapping("/vendors/{vendor}/drain")
    @Allow(Role.REQUESTER)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void lift(ClientCaller caller, @PathVariable UUID vendor) {
        drains.lift(caller.client().id(), vendor, by(caller));
    }

    private static Drains.By by(ClientCaller caller) {
        return new Drains.By(caller.person(), caller.via());
    }

    /** What the vendor left behind whenever it was drained, newest first. */
    @GetMapping("/vendors/{vendor}/hand-overs")
    @Allow({Role.REQUESTER, Role.AUDITOR})
    Page<HandOver> handOvers(ClientCaller caller, @PathVariable UUID vendor) {
        vendors.get(caller.client().id(), vendor);
        return Page.all(drains.reports(caller.client().id(), vendor));
    }

    /** What would follow if the vendor stopped tomorrow. */
    @GetMapping("/vendors/{vendor}/stop-preview")
    @Allow({Role.REQUESTER, Role.QUALITY_LEAD, Role.AUDITOR})
    VendorBodies.StopView stopped(ClientCaller caller, @PathVariable UUID vendor) {
        var client = caller.client().id();
        var told = dependence.stopped(client, vendors.get(client, vendor));
        return new VendorBodies.StopView(
                told.readiness(),
                told.projects().stream().map(VendorBodies.StopLine::of).toList());
    }

    /** How much hangs on few: shares and the Herfindahl-Hirschman index by client, data set and skill. */
    @GetMapping("/vendor-concentration")
    @Allow({Role.REQUESTER, Role.QUALITY_LEAD, Role.AUDITOR})
    VendorBodies.ConcentrationView concentration(ClientCaller caller) {
        return VendorBodies.ConcentrationView.of(
                dependence.concentration(caller.client().id()));
    }

    /** The versions that come with If-Match. */
    static final class Matches {
        private Matches() {}

        static @Nullable Integer version(@Nullable String match) {
            if (match == null || match.equals("*")) {
                return null;
            }
            try {
                return Integer.valueOf(match.replace("\"", ""));
            } catch (NumberFormatException e) {
                throw EtalonException.invalid("If-Match is not a version, such as \"3\"");
            }
        }
    }
}
