package io.etalon.server.vendor;

import io.etalon.server.access.AllowOperator;
import io.etalon.server.access.Attempt;
import io.etalon.server.access.Caller;
import io.etalon.server.access.Checks;
import io.etalon.server.access.Idempotency;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.Page;
import io.etalon.server.tenant.Client;
import io.etalon.server.tenant.Clients;
import io.etalon.server.tenant.TenantScope;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Vendors as the operator of the installation sees them: with all clients at once, and nothing of their content. */
@RestController
@RequestMapping("/api/v1/vendors")
@Tag(name = "Organisations")
final class VendorOperatorController {
    private final Clients clients;
    private final Vendors vendors;
    private final Drains drains;
    private final Idempotency idempotency;
    private final TenantScope scope;

    VendorOperatorController(
            Clients clients, Vendors vendors, Drains drains, Idempotency idempotency, TenantScope scope) {
        this.clients = clients;
        this.vendors = vendors;
        this.drains = drains;
        this.idempotency = idempotency;
        this.scope = scope;
    }

    /** Drains an organisation at all clients; each client's requester finds the hand-over reports. */
    @PostMapping("/{vendor}/drain")
    @AllowOperator
    @ResponseStatus(HttpStatus.CREATED)
    Page<VendorBodies.DrainedView> drain(
            Caller caller, Attempt attempt, @PathVariable UUID vendor, @RequestBody VendorBodies.DrainRequest body) {
        var reason = Checks.text(body.reason(), "/reason", 500);
        var served = new LinkedHashMap<Client, Vendor>();
        for (var client : clients.all()) {
            vendors.all(client.id()).stream()
                    .filter(one -> one.id().equals(vendor) && one.kind().equals("vendor"))
                    .findFirst()
                    .ifPresent(one -> served.put(client, one));
        }
        if (served.isEmpty()) {
            throw EtalonException.notFound();
        }
        var by = new Drains.By(caller.person(), caller.via());
        var ordered = scope.control(tx -> idempotency.once(tx, attempt, body, Drains.Ordered.class, same -> {
            var ids = new ArrayList<UUID>();
            for (var one : served.entrySet()) {
                var drained = drains.drained(one.getKey().id());
                if (one.getValue().workforces().stream().anyMatch(team -> !drained.contains(team.id()))) {
                    ids.addAll(drains.order(same, one.getKey().id(), one.getValue(), reason, by)
                            .drains());
                }
            }
            return new Drains.Ordered(ids);
        }));
        drains.finish();
        var views = new ArrayList<VendorBodies.DrainedView>();
        for (var client : served.keySet()) {
            var reports = drains.reports(client.id(), vendor).stream()
                    .filter(report -> ordered.drains().contains(report.drain()))
                    .toList();
            views.add(new VendorBodies.DrainedView(
                    client.slug(),
                    reports.size(),
                    reports.stream().mapToInt(report -> report.people().size()).sum(),
                    reports.stream()
                            .flatMap(report -> report.projects().stream())
                            .mapToInt(HandOver.ProjectLine::leasesEnded)
                            .sum()));
        }
        return Page.all(views);
    }
}
