package io.etalon.server.vendor;

import io.etalon.server.access.Attempt;
import io.etalon.server.access.Grants;
import io.etalon.server.access.Idempotency;
import io.etalon.server.access.Leavers;
import io.etalon.server.access.People;
import io.etalon.server.audit.AuditEvent;
import io.etalon.server.audit.AuditLog;
import io.etalon.server.audit.AuditOp;
import io.etalon.server.base.ClientId;
import io.etalon.server.base.ErrorCode;
import io.etalon.server.base.ErrorKind;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.Ids;
import io.etalon.server.base.PersonId;
import io.etalon.server.base.Tx;
import io.etalon.server.event.EventKind;
import io.etalon.server.event.Events;
import io.etalon.server.project.Project;
import io.etalon.server.project.Projects;
import io.etalon.server.qualification.Qualifications;
import io.etalon.server.tenant.TenantScope;
import io.etalon.server.work.Crews;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import tools.jackson.databind.ObjectMapper;

/**
 * How a vendor is left. What was ordered is carried out to its end even when a server dies on the way: roles, keys and
 * invitations end with the order itself; then open leases are fenced, what was sent back or assigned goes to others, the work
 * is divided anew, and the hand-over report is written last. Thread-safe.
 */
@Service
public final class Drains {
    static final ErrorCode DRAINED =
            ErrorCode.of("vendor-drained", ErrorKind.CONFLICT, "The vendor is drained at this client already");
    static final ErrorCode NOT_DRAINED =
            ErrorCode.of("vendor-not-drained", ErrorKind.CONFLICT, "The vendor is not drained at this client");

    private final Vendors vendors;
    private final Routings routings;
    private final Crews crews;
    private final VendorDoor door;
    private final Ground ground;
    private final Records records;
    private final DrainStore store = new DrainStore();
    /** Drains whose report is known to be written. */
    private final Set<UUID> reported = ConcurrentHashMap.newKeySet();

    /** What this stands on besides. */
    @org.springframework.stereotype.Component
    record Ground(
            TenantScope scope, Idempotency idempotency, Leavers leavers, Ids ids, Clock clock, ObjectMapper json) {}

    /** Where the report's facts come from, and where it goes. */
    @org.springframework.stereotype.Component
    record Records(
            Parties parties,
            Measures measures,
            Projects projects,
            People people,
            Qualifications qualifications,
            AuditLog audit,
            Events events) {}

    Drains(Vendors vendors, Routings routings, Crews crews, VendorDoor door, Ground ground, Records records) {
        this.vendors = vendors;
        this.routings = routings;
        this.crews = crews;
        this.door = door;
        this.ground = ground;
        this.records = records;
    }

    /** Who orders it. */
    record By(PersonId person, String via) {}

    /** What was asked for, as an attempt remembers it. */
    record Order(String client, UUID vendor, String reason) {}

    /** The drains that were ordered. */
    record Ordered(List<UUID> drains) {}

    /**
     * Drains all workforces of a vendor at one client and returns when nothing of the client's is in their hands.
     *
     * @return a report for each workforce
     * @throws EtalonException not found; conflict, when it is drained already
     */
    List<HandOver> drain(ClientId client, UUID vendor, String reason, By by, Attempt attempt) {
        var found = vendors.get(client, vendor);
        var order = new Order(client.toString(), vendor, reason);
        var ordered = ground.scope()
                .control(tx -> ground.idempotency()
                        .once(tx, attempt, order, Ordered.class, same -> order(same, client, found, reason, by)));
        finish();
        return reports(client, vendor).stream()
                .filter(report -> ordered.drains().contains(report.drain()))
                .toList();
    }

    /**
     * Drains a vendor in an open transaction on the control database; {@link #finish} carries it out after the commit.
     *
     * @throws EtalonException conflict, when all its workforces are drained already
     */
    Ordered order(Tx tx, ClientId client, Vendor vendor, String reason, By by) {
        var drains = new ArrayList<UUID>();
        for (var workforce : vendor.workforces()) {
            if (store.find(tx, workforce.id()).isPresent()) {
                continue;
            }
            var drain = new DrainStore.Row(
                    ground.ids().next(),
                    client,
                    workforce.id(),
                    reason,
                    by.person(),
                    by.via(),
                    ground.clock().instant());
            store.insert(tx, drain);
            records.parties().leaving(client, workforce.id(), records.parties().members(client, workforce.id()));
            ground.leavers()
                    .leave(tx, new Grants.By(by.person(), by.via()), client, workforce.id())
                    .forEach(person -> store.insert(tx, drain.id(), person));
            drains.add(drain.id());
        }
        if (drains.isEmpty()) {
            throw new EtalonException(DRAINED, "Nothing is left to drain; its hand-over reports tell what it left.");
        }
        return new Ordered(drains);
    }

    /** Carries out what was ordered and is not finished, here or by a server that died. Can be repeated. */
    synchronized void finish() {
        for (var drain : ground.scope().control(store::all)) {
            if (reported.contains(drain.id())) {
                continue;
            }
            if (!ground.scope().client(drain.client(), tx -> store.isReported(tx, drain.id()))) {
                finish(drain);
            }
            reported.add(drain.id());
        }
    }

    private void finish(DrainStore.Row drain) {
        var client = drain.client();
        var people = ground.scope().control(tx -> store.people(tx, drain.id()));
        crews.bar(client, people);
        ground.leavers().left(people);
        door.forget(client);
        var workforce = drain.workforce();
        var lines = new ArrayList<HandOver.ProjectLine>();
        var spent = new TreeMap<String, Measures.Spent>();
        var ended = 0;
        for (var project : records.projects().all(client)) {
            if (!project.workforces().contains(workforce)) {
                continue;
            }
            var freed = crews.free(client, project.id(), people, drain.by(), drain.via());
            var flow = records.measures().flows(client, project).get(workforce);
            lines.add(line(client, project, freed, flow));
            ended += freed.leases();
            if (flow != null) {
                flow.spent().forEach((currency, more) -> spent.merge(currency, more, Measures.Spent::plus));
            }
        }
        routings.reconsider(client, "drain");
        var vendor = vendors.all(client).stream()
                .filter(one -> one.has(workforce))
                .findFirst()
                .orElseThrow(EtalonException::notFound);
        var report = new HandOver(
                drain.id(),
                vendor.id(),
                vendor.name(),
                workforce,
                vendor.workforces().stream()
                        .filter(one -> one.id().equals(workforce))
                        .findFirst()
                        .orElseThrow()
                        .name(),
                drain.reason(),
                drain.at(),
                people.stream().map(person -> person(client, person)).toList(),
                lines,
                spent.size() == 1 ? spent.firstEntry().getValue().cost().toPlainString() : "",
                spent.size() == 1 ? spent.firstKey() : "",
                amounts(spent));
        write(drain, report, ended);
    }

    private HandOver.PersonLine person(ClientId client, PersonId person) {
        return new HandOver.PersonLine(
                person.value(),
                records.people().get(person).name(),
                records.qualifications().of(client, person).stream().sorted().toList());
    }

    private HandOver.ProjectLine line(
            ClientId client, Project project, Crews.Freed freed, Measures.@Nullable Flow flow) {
        var of = flow == null ? Measures.Flow.NONE : flow;
        return new HandOver.ProjectLine(
                project.id().value(),
                project.name(),
                freed.leases(),
                freed.returned(),
                freed.kept(),
                freed.unassigned(),
                of.answers(),
                crews.portions(client, project.id()).waiting(),
                crews.annotators(client, project.id()).size(),
                of.only().map(spent -> spent.cost().toPlainString()).orElse(""),
                of.currency(),
                amounts(of.spent()));
    }

    static TreeMap<String, String> amounts(SortedMap<String, Measures.Spent> spent) {
        var amounts = new TreeMap<String, String>();
        spent.forEach((currency, one) -> amounts.put(currency, one.cost().toPlainString()));
        return amounts;
    }

    private void write(DrainStore.Row drain, HandOver report, int ended) {
        ground.scope().clientDo(drain.client(), tx -> {
            store.report(
                    tx,
                    drain.id(),
                    report.vendor(),
                    report.workforce(),
                    ground.json().writeValueAsString(report));
            records.audit()
                    .append(
                            tx,
                            AuditEvent.of(AuditOp.VENDOR, drain.by(), drain.via(), null)
                                    .with("act", "drain")
                                    .with("workforce", drain.workforce().toString())
                                    .with("people", report.people().size())
                                    .with("leases", ended));
            records.events()
                    .append(
                            tx,
                            drain.client(),
                            null,
                            EventKind.VENDOR_DRAINED,
                            Map.of("workforce", drain.workforce(), "leases", ended));
        });
    }

    /** A vendor's hand-over reports at a client, newest first. */
    List<HandOver> reports(ClientId client, UUID vendor) {
        return ground.scope().client(client, store::reports).stream()
                .filter(report -> report.party().equals(vendor))
                .map(report -> ground.json().readValue(report.body(), HandOver.class))
                .toList();
    }

    /** The workforces of a client that are drained. */
    Set<UUID> drained(ClientId client) {
        return door.drained(client);
    }

    /**
     * Takes a vendor up again: its people may be invited anew, and those who are may work.
     *
     * @throws EtalonException not found; conflict, when it is not drained
     */
    void lift(ClientId client, UUID vendor, By by) {
        var found = vendors.get(client, vendor);
        var people = new ArrayList<PersonId>();
        ground.scope().controlDo(tx -> {
            var lifted = 0;
            for (var workforce : found.workforces()) {
                var drain = store.find(tx, workforce.id());
                if (drain.isPresent()) {
                    people.addAll(store.people(tx, drain.get().id()));
                    store.lift(tx, drain.get().id(), ground.clock().instant());
                    lifted++;
                }
            }
            if (lifted == 0) {
                throw new EtalonException(NOT_DRAINED, "There is nothing to lift.");
            }
            ground.scope()
                    .clientDo(
                            client,
                            cell -> records.audit()
                                    .append(
                                            cell,
                                            AuditEvent.of(AuditOp.VENDOR, by.person(), by.via(), null)
                                                    .with("act", "drain lifted")
                                                    .with("party", vendor.toString())));
        });
        crews.admit(client, people);
        door.forget(client);
        routings.reconsider(client, "drain lifted");
    }
}
