package io.etalon.server.vendor;

import io.etalon.server.access.ClientCaller;
import io.etalon.server.base.ClientId;
import io.etalon.server.project.Project;
import io.etalon.server.tenant.ClientCache;
import io.etalon.server.tenant.TenantScope;
import io.etalon.server.work.LeaseRule;
import io.etalon.server.workforce.Profiles;
import io.etalon.server.workforce.Workforces;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Keeps people from work who are outside the countries that their vendor's contract in force names. A person is where he says
 * that he lives and where his manager says that he works: each place that is known has to be among them, and one has to be
 * known. Contracts are one second old at most; what this server changed counts at once. Thread-safe.
 */
@Component
final class ContractDoor implements LeaseRule {
    private final Profiles profiles;
    private final Clock clock;
    /** The versions of the contract behind each workforce, newest first. */
    private final ClientCache<Map<UUID, List<Vendors.Agreed>>> kept;

    ContractDoor(TenantScope scope, Vendors vendors, Workforces workforces, Profiles profiles, Clock clock) {
        this.profiles = profiles;
        this.clock = clock;
        this.kept = new ClientCache<>(scope, clock, client -> behind(client, vendors, workforces));
        vendors.onAgreed(kept::forget);
    }

    private static Map<UUID, List<Vendors.Agreed>> behind(ClientId client, Vendors vendors, Workforces workforces) {
        var all = vendors.contracts(client);
        var behind = new HashMap<UUID, List<Vendors.Agreed>>();
        if (!all.isEmpty()) {
            for (var workforce : workforces.all(client)) {
                var party = Vendors.party(workforce);
                behind.put(
                        workforce.id(),
                        all.stream().filter(one -> one.party().equals(party)).toList());
            }
        }
        return behind;
    }

    @Override
    public Optional<String> deny(ClientCaller caller, Project project) {
        var workforce = caller.workforce();
        var client = caller.client().id();
        var versions = workforce == null ? null : kept.get(client).get(workforce);
        if (versions == null) {
            return Optional.empty();
        }
        var today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        for (var version : versions) {
            if (version.contract().isInForce(today)) {
                return refusal(version, client, caller);
            }
        }
        return Optional.empty();
    }

    private Optional<String> refusal(Vendors.Agreed version, ClientId client, ClientCaller caller) {
        var countries = version.contract().countries();
        if (countries == null
                || countries.isEmpty()
                || profiles.of(client, caller.person()).isWithin(countries)) {
            return Optional.empty();
        }
        return Optional.of("The contract of your workforce (version " + version.version() + ") is for people in: "
                + String.join(", ", countries)
                + ". Say where you live, or ask your workforce's manager to say where you work.");
    }
}
