package io.etalon.server.residency;

import io.etalon.server.access.Checks;
import io.etalon.server.access.ClientCaller;
import io.etalon.server.access.Grants;
import io.etalon.server.access.Membership;
import io.etalon.server.audit.AuditEvent;
import io.etalon.server.audit.AuditLog;
import io.etalon.server.audit.AuditOp;
import io.etalon.server.base.ClientId;
import io.etalon.server.base.ErrorCode;
import io.etalon.server.base.ErrorKind;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.Ids;
import io.etalon.server.base.PersonId;
import io.etalon.server.base.ProjectId;
import io.etalon.server.base.Tx;
import io.etalon.server.tenant.ClientCache;
import io.etalon.server.tenant.Clients;
import io.etalon.server.tenant.TenantScope;
import io.etalon.server.wall.WorkInHand;
import io.etalon.server.workforce.Profiles;
import java.sql.SQLException;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.stereotype.Service;

/**
 * A client's lists of countries, and what they refuse. A person is where he says that he lives and where his manager says that
 * he works: each place that is known has to be on the list, and one has to be known; with a table of networks, the place of
 * his address, too. Lists are one second old at most; what this server changed counts at once. Thread-safe.
 */
@Service
public final class Residency {
    static final ErrorCode ELSEWHERE =
            ErrorCode.of("residency", ErrorKind.FORBIDDEN, "This may not be done from where it would be");
    static final ErrorCode NOT_HERE = ErrorCode.of(
            "residency-server", ErrorKind.CONFLICT, "This server does not stand in one of these countries");
    static final ErrorCode YOURSELF =
            ErrorCode.of("residency-self", ErrorKind.CONFLICT, "This would shut yourself out");
    private static final Logger LOG = LoggerFactory.getLogger(Residency.class);

    /** Where clients, people and their work are. */
    @Component
    record Ground(
            TenantScope scope, Clients clients, Grants grants, Profiles profiles, ObjectProvider<WorkInHand> work) {}

    private final Ground ground;
    private final ServerPlace place;
    private final AuditLog audit;
    private final Ids ids;
    private final Clock clock;
    private final ResidencyStore store = new ResidencyStore();
    /** The lists in force. */
    private final ClientCache<List<ResidencyRule>> kept;

    Residency(Ground ground, ServerPlace place, AuditLog audit, Ids ids, Clock clock) {
        this.ground = ground;
        this.place = place;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
        this.kept = new ClientCache<>(
                ground.scope(),
                clock,
                client -> all(client).stream().filter(ResidencyRule::inForce).toList());
    }

    ServerPlace place() {
        return place;
    }

    /** Whom this server may not work for: said once at the start, and to everybody who asks. */
    @EventListener(ApplicationReadyEvent.class)
    void sayWhomItRefuses() {
        for (var client : ground.clients().all()) {
            unserved(client.id())
                    .ifPresent(rule -> LOG.error(
                            "client refused client={} rule={} version={} concern={} countries={} here={}",
                            client.id(),
                            rule.id(),
                            rule.version(),
                            rule.concern().key(),
                            rule.countries(),
                            place.country() == null ? "unknown" : place.country()));
        }
    }

    /** The rule that keeps this server from working for a client. */
    Optional<ResidencyRule> unserved(ClientId client) {
        return kept.get(client).stream()
                .filter(rule -> rule.concern() != Concern.PEOPLE && !isHere(rule.countries()))
                .findFirst();
    }

    private boolean isHere(List<String> countries) {
        return place.country() != null && countries.contains(place.country());
    }

    /** How the server's own place is told. */
    String here() {
        return place.country() == null
                ? "Where this server stands was not stated at its start (--country)."
                : "This server stands in " + place.country() + ".";
    }

    /**
     * The rule that keeps a person out.
     *
     * @param address that he asks from; null where none is known
     * @param project that he asks about; null for none in particular
     */
    Optional<ResidencyRule> outside(
            ClientId client, PersonId person, @Nullable String address, @Nullable ProjectId project) {
        for (var rule : kept.get(client)) {
            if (rule.concern() == Concern.PEOPLE && rule.concerns(project)) {
                if (!isWithin(client, person, rule.countries()) || !isWithin(address, rule.countries())) {
                    return Optional.of(rule);
                }
            }
        }
        return Optional.empty();
    }

    /** The same without an address, for who lists what somebody may do. */
    public boolean isOutside(ClientId client, PersonId person, @Nullable ProjectId project) {
        return outside(client, person, null, project).isPresent();
    }

    private boolean isWithin(ClientId client, PersonId person, List<String> countries) {
        return ground.profiles().of(client, person).isWithin(countries);
    }

    private boolean isWithin(@Nullable String address, List<String> countries) {
        return address == null
                || !place.knowsNetworks()
                || place.countryOf(address).filter(countries::contains).isPresent();
    }

    /** The newest version of each list, in force or not. */
    List<ResidencyRule> all(ClientId client) {
        return ground.scope().control(tx -> store.newest(tx, client));
    }

    /** Newest first. */
    List<ResidencyRule> versions(ClientId client, UUID id) {
        var versions = ground.scope().control(tx -> store.versions(tx, client, id));
        if (versions.isEmpty()) {
            throw EtalonException.notFound();
        }
        return versions;
    }

    /** A list as one sets it. */
    record Wish(Concern concern, @Nullable ProjectId project, List<String> countries, boolean inForce) {}

    /**
     * Sets a list: another version, in the log before it counts. Whoever is outside is refused from the next request on, and
     * open work of people outside a client's list goes to others.
     *
     * @param address that the caller asks from
     * @throws EtalonException conflict, when this server or the caller himself would be refused
     */
    ResidencyRule set(ClientCaller caller, Wish wish, @Nullable String address) {
        var client = caller.client().id();
        requireSensible(caller, wish, address);
        var set = ground.scope().control(tx -> {
            store.lock(tx, client);
            return write(tx, caller, wish);
        });
        kept.forget(client);
        var engine = ground.work().getIfAvailable();
        if (engine != null && wish.inForce() && wish.concern() == Concern.PEOPLE && wish.project() == null) {
            var people = members(client).stream()
                    .map(member -> member.person().id())
                    .filter(person -> !isWithin(client, person, wish.countries()))
                    .collect(Collectors.toSet());
            engine.fence(client, people, set.id().toString());
        }
        return set;
    }

    private ResidencyRule write(Tx tx, ClientCaller caller, Wish wish) throws SQLException {
        var client = caller.client().id();
        var before = store.newest(tx, client).stream()
                .filter(rule -> rule.concern() == wish.concern() && Objects.equals(rule.project(), wish.project()))
                .findFirst();
        if (before.isPresent()
                && before.get().countries().equals(wish.countries())
                && before.get().inForce() == wish.inForce()) {
            return before.get();
        }
        var rule = new ResidencyRule(
                before.map(ResidencyRule::id).orElseGet(ids::next),
                before.map(ResidencyRule::version).orElse(0) + 1,
                wish.concern(),
                wish.project(),
                wish.countries(),
                wish.inForce(),
                caller.person().value(),
                clock.instant());
        store.insert(tx, client, rule);
        ground.scope()
                .clientDo(
                        client,
                        cell -> audit.append(
                                cell,
                                AuditEvent.of(AuditOp.WALL_CHANGE, caller.person(), caller.via(), wish.project())
                                        .with("rule", rule.id().toString())
                                        .with("version", rule.version())
                                        .with(
                                                "kind",
                                                "residency_" + rule.concern().key())
                                        .with("countries", String.join(" ", rule.countries()))
                                        .with("state", rule.inForce() ? "in_force" : "off")));
        return store.versions(tx, client, rule.id()).getFirst();
    }

    private void requireSensible(ClientCaller caller, Wish wish, @Nullable String address) {
        if (!wish.inForce()) {
            return;
        }
        if (wish.concern() != Concern.PEOPLE) {
            if (!isHere(wish.countries())) {
                throw new EtalonException(NOT_HERE, here() + " Move the client first, or list that country.");
            }
            return;
        }
        if (wish.project() != null) {
            var wide = all(caller.client().id()).stream()
                    .filter(rule -> rule.inForce() && rule.concern() == Concern.PEOPLE && rule.project() == null)
                    .findFirst();
            if (wide.isPresent() && !wide.get().countries().containsAll(wish.countries())) {
                throw Checks.fault(
                        "/countries",
                        "must be among the client's own: "
                                + String.join(", ", wide.get().countries()));
            }
        }
        if (!isWithin(caller.client().id(), caller.person(), wish.countries())
                || !isWithin(address, wish.countries())) {
            throw new EtalonException(
                    YOURSELF, "By what is known of you, you are in none of these countries: say first where you live.");
        }
    }

    /**
     * Whom a list would stop, before it does. Changes nothing.
     *
     * @param served whether this server could go on working for the client
     * @param people who would be refused and are not now
     */
    record Stopped(boolean served, Set<PersonId> people, List<WorkInHand.Load> loads) {}

    Stopped whatIf(ClientId client, Wish wish) {
        if (wish.concern() != Concern.PEOPLE) {
            return new Stopped(isHere(wish.countries()), Set.of(), List.of());
        }
        var people = new HashSet<PersonId>();
        for (var member : members(client)) {
            var person = member.person().id();
            if (!isOutside(client, person, wish.project()) && !isWithin(client, person, wish.countries())) {
                people.add(person);
            }
        }
        var engine = ground.work().getIfAvailable();
        var loads = engine == null ? List.<WorkInHand.Load>of() : engine.load(client, people);
        return new Stopped(
                true,
                people,
                loads.stream()
                        .filter(load -> wish.project() == null || load.project().equals(wish.project()))
                        .toList());
    }

    private List<Membership> members(ClientId client) {
        return ground.grants().members(client);
    }

    /** Writes a refusal to the client's log; gives what is to be thrown. */
    EtalonException refused(
            ClientId client, PersonId person, String via, @Nullable ProjectId project, ResidencyRule rule) {
        ground.scope()
                .clientDo(
                        client,
                        tx -> audit.append(
                                tx,
                                AuditEvent.of(AuditOp.WALL_DENY, person, via, project)
                                        .with("act", "view")
                                        .with("rule", rule.id().toString())
                                        .with("version", rule.version())
                                        .with("kind", "residency_people")));
        return new EtalonException(
                ELSEWHERE,
                rule.sentence() + " Say where you live, or ask your workforce's manager to say where you work. Rule "
                        + rule.id() + ".");
    }
}
