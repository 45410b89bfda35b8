package io.etalon.server.vendor;

import io.etalon.server.access.ClientCaller;
import io.etalon.server.access.Membership;
import io.etalon.server.access.Role;
import io.etalon.server.base.ClientId;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.PersonId;
import io.etalon.server.project.Project;
import io.etalon.server.tenant.Client;
import io.etalon.server.tenant.Clients;
import io.etalon.server.vendor.score.Candidate;
import io.etalon.server.work.Crews;
import io.etalon.server.workforce.Workforce;
import io.etalon.server.workforce.Workforces;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** A project's workforces as a routing decision sees them: prices, measures, and who may not work now and why. Thread-safe. */
@Component
final class Candidates {
    private final Clients clients;
    private final Workforces workforces;
    private final Crews crews;
    private final Clock clock;
    private final Ground ground;

    /** What this stands on besides. */
    @Component
    record Ground(Parties parties, VendorDoor door, Vendors vendors, Measures measures) {}

    Candidates(Clients clients, Workforces workforces, Crews crews, Clock clock, Ground ground) {
        this.clients = clients;
        this.workforces = workforces;
        this.crews = crews;
        this.clock = clock;
        this.ground = ground;
    }

    /** In the order of the workforces' ids. */
    List<Candidate> of(ClientId client, Project project) {
        var flows = ground.measures().flows(client, project);
        var scores = ground.measures().scores(client, project.id());
        var contracts = ground.vendors().contracts(client);
        var today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        var all = workforces.all(client);
        var closed = closed(client, project);
        var currency = new ArrayList<String>();
        var candidates = new ArrayList<Candidate>();
        for (var id : project.workforces()) {
            var workforce = all.stream().filter(one -> one.id().equals(id)).findFirst();
            if (workforce.isEmpty()) {
                continue;
            }
            var price = Vendors.inForce(contracts, Vendors.party(workforce.get()), today)
                    .filter(contract -> isSame(currency, String.valueOf(contract.currency())))
                    .flatMap(contract -> Prices.each(contract, project.template(), flows.get(id)))
                    .orElse(null);
            var score = scores.workforces().get(id);
            candidates.add(new Candidate(
                    id,
                    workforce.get().name(),
                    price,
                    score == null ? Optional.empty() : score.accuracy(),
                    closed.get(id)));
        }
        return candidates;
    }

    /** Amounts of two currencies are not compared: the first contract's counts. */
    private static boolean isSame(List<String> first, String currency) {
        if (first.isEmpty()) {
            first.add(currency);
        }
        return first.getFirst().equals(currency);
    }

    /**
     * The workforces of a project that can take nothing of it now, and why: nobody of theirs may annotate, or all of them
     * have answered whatever waits, so that a share of it would wait for ever. Where that is so of every workforce nobody
     * else can take it either, and it is said of none.
     */
    Map<UUID, String> closed(ClientId client, Project project) {
        var closed = new TreeMap<UUID, String>();
        var done = new TreeMap<UUID, String>();
        var open = 0;
        for (var workforce : workforces.all(client)) {
            if (project.workforces().contains(workforce.id())) {
                var able = able(client, project, workforce);
                if (able.reason() != null) {
                    closed.put(workforce.id(), able.reason());
                } else if (crews.haveDoneTheirs(client, project, able.people())) {
                    done.put(workforce.id(), "its people have answered all that waits.");
                } else {
                    open++;
                }
            }
        }
        if (open > 0) {
            closed.putAll(done);
        }
        return closed;
    }

    /**
     * Who of a workforce may annotate in a project now.
     *
     * @param reason why nobody may; null when somebody may
     */
    private record Able(List<PersonId> people, @Nullable String reason) {}

    private Able able(ClientId client, Project project, Workforce workforce) {
        if (ground.door().drained(client).contains(workforce.id())) {
            return new Able(List.of(), "it was drained.");
        }
        var of = clients.find(client).orElseThrow(EtalonException::notFound);
        var people = new ArrayList<PersonId>();
        var first = "nobody of it may annotate.";
        var refused = false;
        for (var member : ground.parties().members(client, workforce.id())) {
            if (member.roles().contains(Role.ANNOTATOR)) {
                var denied = crews.denied(caller(of, member, workforce.id()), project);
                if (denied.isEmpty()) {
                    people.add(member.person().id());
                } else if (!refused) {
                    first = denied.get();
                    refused = true;
                }
            }
        }
        return new Able(people, people.isEmpty() ? first : null);
    }

    /** How many people of others would be given a task of the project, by all that is asked before a lease. */
    int able(ClientId client, Project project, Vendor without) {
        return workforces.all(client).stream()
                .filter(workforce -> project.workforces().contains(workforce.id()) && !without.has(workforce.id()))
                .mapToInt(workforce -> able(client, project, workforce).people().size())
                .sum();
    }

    private static ClientCaller caller(Client client, Membership member, UUID workforce) {
        return new ClientCaller(client, member.person().id(), "system", "", member.roles(), workforce);
    }
}
