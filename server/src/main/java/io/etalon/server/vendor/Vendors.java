package io.etalon.server.vendor;

import io.etalon.server.access.Attempt;
import io.etalon.server.access.ClientCaller;
import io.etalon.server.access.Idempotency;
import io.etalon.server.access.Role;
import io.etalon.server.audit.AuditEvent;
import io.etalon.server.audit.AuditLog;
import io.etalon.server.audit.AuditOp;
import io.etalon.server.base.ClientId;
import io.etalon.server.base.ErrorCode;
import io.etalon.server.base.ErrorKind;
import io.etalon.server.base.EtalonException;
import io.etalon.server.ownership.Organisations;
import io.etalon.server.tenant.TenantScope;
import io.etalon.server.workforce.Workforce;
import io.etalon.server.workforce.Workforces;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import tools.jackson.databind.ObjectMapper;

/** A client's vendors and in-house teams, and what was agreed with each. Thread-safe. */
@Service
public final class Vendors {
    static final ErrorCode INVALID =
            ErrorCode.of("contract-invalid", ErrorKind.INVALID, "The contract's terms have faults");
    static final ErrorCode CHANGED = ErrorCode.of(
                    "contract-changed", ErrorKind.CONFLICT, "The contract was changed meanwhile")
            .withStatus(412);

    private final Workforces workforces;
    private final Organisations organisations;
    private final Idempotency idempotency;
    private final AuditLog audit;
    private final TenantScope scope;
    private final ObjectMapper json;
    private final ContractStore store = new ContractStore();
    private final List<Consumer<ClientId>> listeners = new CopyOnWriteArrayList<>();

    Vendors(
            Workforces workforces,
            Organisations organisations,
            Idempotency idempotency,
            AuditLog audit,
            TenantScope scope,
            ObjectMapper json) {
        this.workforces = workforces;
        this.organisations = organisations;
        this.idempotency = idempotency;
        this.audit = audit;
        this.scope = scope;
        this.json = json;
    }

    /** A version of a contract. */
    public record Agreed(UUID party, int version, Contract contract, Instant at) {}

    /** In the order of their first workforces. */
    public List<Vendor> all(ClientId client) {
        var parties = new LinkedHashMap<UUID, List<Workforce>>();
        for (var workforce : workforces.all(client)) {
            parties.computeIfAbsent(party(workforce), id -> new ArrayList<>()).add(workforce);
        }
        var vendors = new ArrayList<Vendor>();
        parties.forEach((id, teams) -> vendors.add(vendor(id, teams)));
        return vendors;
    }

    /** The organisation of a vendor's workforce; an in-house team stands for itself. */
    static UUID party(Workforce workforce) {
        var organisation = workforce.organisation();
        return organisation == null ? workforce.id() : organisation;
    }

    private Vendor vendor(UUID id, List<Workforce> teams) {
        var first = teams.getFirst();
        return organisations
                .find(id)
                .map(found -> new Vendor(id, found.name(), first.kind(), found.country(), teams))
                .orElseGet(() -> new Vendor(id, first.name(), first.kind(), null, teams));
    }

    /** @throws EtalonException not found, also for an organisation that does not work for this client */
    public Vendor get(ClientId client, UUID id) {
        return all(client).stream()
                .filter(vendor -> vendor.id().equals(id))
                .findFirst()
                .orElseThrow(EtalonException::notFound);
    }

    /**
     * What a caller may know of: a requester, a quality lead and an auditor all vendors, a manager the one that he works for.
     *
     * @throws EtalonException not found for him who may not know of it
     */
    Vendor visible(ClientCaller caller, UUID id) {
        var vendor = get(caller.client().id(), id);
        if (!maySee(caller, vendor)) {
            throw EtalonException.notFound();
        }
        return vendor;
    }

    static boolean maySee(ClientCaller caller, Vendor vendor) {
        return seesAll(caller) || vendor.has(caller.workforce());
    }

    static boolean seesAll(ClientCaller caller) {
        return caller.is(Role.REQUESTER) || caller.is(Role.QUALITY_LEAD) || caller.is(Role.AUDITOR);
    }

    /** All versions of all contracts, the newest of each party first. */
    public List<Agreed> contracts(ClientId client) {
        return scope.client(client, store::all).stream()
                .map(row ->
                        new Agreed(row.party(), row.version(), json.readValue(row.body(), Contract.class), row.at()))
                .toList();
    }

    /** Calls a listener whenever a version was added here. */
    void onAgreed(Consumer<ClientId> listener) {
        listeners.add(listener);
    }

    /** The contract that holds on a day: the newest version that names it. */
    static Optional<Contract> inForce(List<Agreed> all, UUID party, LocalDate day) {
        return all.stream()
                .filter(agreed ->
                        agreed.party().equals(party) && agreed.contract().isInForce(day))
                .map(Agreed::contract)
                .findFirst();
    }

    /**
     * Adds a version.
     *
     * @param expected the newest version that the caller has seen; null for whichever is there
     * @throws EtalonException invalid, with each fault's place; 412, when another version is the newest
     */
    Agreed set(ClientCaller caller, UUID id, Contract contract, @Nullable Integer expected, Attempt attempt) {
        var client = caller.client().id();
        get(client, id);
        var faults = contract.faults();
        if (!faults.isEmpty()) {
            throw EtalonException.withFaults(INVALID, "The contract has faults; nothing was changed.", faults);
        }
        var version = scope.client(
                client,
                tx -> idempotency.once(tx, attempt, contract, Integer.class, same -> {
                    store.lock(same, id);
                    var before = store.all(same).stream()
                            .filter(row -> row.party().equals(id))
                            .mapToInt(ContractStore.Row::version)
                            .max()
                            .orElse(0);
                    if (expected != null && expected != before) {
                        throw new EtalonException(
                                CHANGED, "Version " + before + " is the newest, not " + expected + "; read it again.");
                    }
                    store.insert(same, id, before + 1, json.writeValueAsString(contract), caller.person());
                    audit.append(
                            same,
                            AuditEvent.of(AuditOp.VENDOR, caller.person(), caller.via(), null)
                                    .with("act", "contract")
                                    .with("party", id.toString())
                                    .with("version", before + 1));
                    return before + 1;
                }));
        listeners.forEach(listener -> listener.accept(client));
        return contracts(client).stream()
                .filter(agreed -> agreed.party().equals(id) && agreed.version() == version)
                .findFirst()
                .orElseThrow();
    }
}
