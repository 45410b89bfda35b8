package io.etalon.server.workforce;

import io.etalon.server.access.Checks;
import io.etalon.server.access.Grants;
import io.etalon.server.access.Membership;
import io.etalon.server.access.WorkforceNames;
import io.etalon.server.base.ClientId;
import io.etalon.server.base.ErrorCode;
import io.etalon.server.base.ErrorKind;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.Ids;
import io.etalon.server.base.Tx;
import io.etalon.server.ownership.Organisations;
import io.etalon.server.tenant.TenantScope;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** The workforces of clients and who belongs to them. Thread-safe. */
@Service
public final class Workforces implements WorkforceNames {
    static final ErrorCode NAME_TAKEN =
            ErrorCode.of("workforce-name-taken", ErrorKind.CONFLICT, "A workforce has this name");

    private final TenantScope scope;
    private final Grants grants;
    private final Organisations organisations;
    private final Ids ids;
    private final Clock clock;
    private final WorkforceStore store = new WorkforceStore();

    Workforces(TenantScope scope, Grants grants, Organisations organisations, Ids ids, Clock clock) {
        this.scope = scope;
        this.grants = grants;
        this.organisations = organisations;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * Makes a workforce that the client employs itself.
     *
     * @throws EtalonException invalid name; conflict, when the client has one of this name
     */
    public Workforce createInHouse(ClientId client, String name) {
        return scope.control(tx -> create(tx, client, name, null));
    }

    /**
     * Makes a workforce, of a vendor where an organisation is named, in the control database's transaction given.
     *
     * @throws EtalonException invalid name or organisation; conflict, when the client has one of this name
     */
    public Workforce create(Tx tx, ClientId client, String name, @Nullable UUID organisation) {
        if (organisation != null && organisations.find(organisation).isEmpty()) {
            throw Checks.fault("/organisation", "must be the id of an organisation of the register");
        }
        var workforce =
                new Workforce(ids.next(), client, Checks.text(name, "/name", 100), organisation, clock.instant());
        if (!store.insert(tx, workforce)) {
            throw new EtalonException(NAME_TAKEN, "Choose another name for the workforce.");
        }
        return workforce;
    }

    /** The workforces of a client, oldest first. */
    public List<Workforce> all(ClientId client) {
        return scope.control(tx -> store.all(tx, client));
    }

    /** @throws EtalonException not found, also for another client's */
    public Workforce get(ClientId client, UUID id) {
        return find(client, id).orElseThrow(EtalonException::notFound);
    }

    public Optional<Workforce> find(ClientId client, UUID id) {
        return scope.control(tx -> store.find(tx, client, id));
    }

    @Override
    public Optional<String> name(ClientId client, UUID workforce) {
        return find(client, workforce).map(Workforce::name);
    }

    /** Who works for it, in order of their names. */
    public List<Membership> people(ClientId client, UUID workforce) {
        return grants.members(client).stream()
                .filter(member -> workforce.equals(member.workforce()))
                .toList();
    }
}
