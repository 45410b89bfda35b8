package io.etalon.server.access;

import io.etalon.server.audit.AuditEvent;
import io.etalon.server.audit.AuditLog;
import io.etalon.server.audit.AuditOp;
import io.etalon.server.base.ClientId;
import io.etalon.server.base.ErrorCode;
import io.etalon.server.base.ErrorKind;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.PersonId;
import io.etalon.server.base.Tx;
import io.etalon.server.tenant.TenantScope;
import java.time.Clock;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/**
 * Who holds which role where. A grant or revocation at a client is written to that client's log before it takes effect.
 * Answers of the check come from memory and are at most ten seconds old. Thread-safe.
 */
@Service
public final class Grants {
    static final ErrorCode OTHER_WORKFORCE =
            ErrorCode.of("other-workforce", ErrorKind.CONFLICT, "The person works for another workforce here");
    private static final Logger LOG = LoggerFactory.getLogger(Grants.class);

    /** Who gives or takes a role. */
    public record By(@Nullable PersonId person, String via) {
        /** The installation itself: the command line, the demo. */
        public static final By SYSTEM = new By(null, "system");

        static By of(Caller caller) {
            return new By(caller.person(), caller.via());
        }
    }

    private final TenantScope scope;
    private final AuditLog audit;
    private final Clock clock;
    private final Gates gates;
    private final GrantStore store = new GrantStore();
    private final ShortCache<PersonId, List<Grant>> cache;

    Grants(TenantScope scope, AuditLog audit, Clock clock, Gates gates) {
        this.scope = scope;
        this.audit = audit;
        this.clock = clock;
        this.gates = gates;
        this.cache = new ShortCache<>(clock);
    }

    /** All grants of a person; at most ten seconds old. */
    public List<Grant> of(PersonId person) {
        var grants = cache.get(person, id -> scope.control(tx -> store.of(tx, id)));
        return grants == null ? List.of() : grants;
    }

    /** The roles of a person at a client; empty for who is no member. */
    public Set<Role> rolesAt(PersonId person, ClientId client) {
        var roles = EnumSet.noneOf(Role.class);
        for (var grant : of(person)) {
            if (client.equals(grant.client())) {
                roles.add(grant.role());
            }
        }
        return roles;
    }

    /** The workforce a person works for at a client. */
    public @Nullable UUID workforceAt(PersonId person, ClientId client) {
        for (var grant : of(person)) {
            if (client.equals(grant.client()) && grant.workforce() != null) {
                return grant.workforce();
            }
        }
        return null;
    }

    public boolean isOperator(PersonId person) {
        return of(person).stream().anyMatch(grant -> grant.role() == Role.OPERATOR);
    }

    /** Members of a client in order of their names. */
    public List<Membership> members(ClientId client) {
        return scope.control(tx -> store.members(tx, client));
    }

    /** Makes a person an operator of the installation. */
    public void grantOperator(PersonId person) {
        scope.controlDo(tx -> store.insert(tx, person, new Grant(Role.OPERATOR, null, null), null, clock.instant()));
        cache.forget(person);
        LOG.info("granted role=operator person={}", person);
    }

    /**
     * Gives roles at a client; those already held stay as they are.
     *
     * @throws EtalonException conflict, when the person works for another workforce of this client
     */
    public void grant(By by, PersonId person, ClientId client, Collection<Role> roles, @Nullable UUID workforce) {
        scope.controlDo(tx -> grant(tx, by, person, client, roles, workforce));
        cache.forget(person);
    }

    /** The same inside a transaction on the control database; call {@link #changed} after it. */
    void grant(Tx tx, By by, PersonId person, ClientId client, Collection<Role> roles, @Nullable UUID workforce) {
        for (var held : store.of(tx, person)) {
            if (client.equals(held.client())
                    && workforce != null
                    && held.workforce() != null
                    && !workforce.equals(held.workforce())) {
                throw new EtalonException(
                        OTHER_WORKFORCE, "A person works for at most one workforce of a client; leave that one first.");
            }
        }
        requireOpen(by, person, client, workforce);
        for (var role : roles) {
            if (role == Role.OPERATOR) {
                throw EtalonException.invalidAt("/roles", "names operator, which is not a role at a client");
            }
            if (store.insert(tx, person, new Grant(role, client, workforce), by.person(), clock.instant())) {
                write(client, AuditOp.GRANT, by, person, role, workforce);
            }
        }
    }

    /** @throws EtalonException forbidden, naming the wall that keeps the workforce out */
    void requireOpen(By by, @Nullable PersonId person, ClientId client, @Nullable UUID workforce) {
        if (workforce != null) {
            var visitor = new ClientGate.Visitor(person, workforce, by.via(), null);
            var refusal = gates.refusal(client, visitor, ClientGate.Door.MEMBERSHIP, null);
            if (refusal.isPresent()) {
                throw refusal.get();
            }
        }
    }

    /** Takes a role at a client back; nothing happens when it is not held. */
    public void revoke(By by, PersonId person, ClientId client, Role role) {
        scope.controlDo(tx -> {
            if (store.delete(tx, person, client, role)) {
                write(client, AuditOp.REVOKE, by, person, role, null);
            }
        });
        cache.forget(person);
    }

    /** What is remembered of a person's roles may be old: it is read anew. */
    public void forget(PersonId person) {
        cache.forget(person);
    }

    void changed(PersonId person) {
        cache.forget(person);
    }

    /** Whether a person holds a role anywhere, as this transaction sees it. */
    boolean holds(Tx tx, PersonId person, Role role) {
        return store.of(tx, person).stream().anyMatch(grant -> grant.role() == role);
    }

    int holders(Tx tx, @Nullable ClientId client, Role role) {
        return store.holders(tx, client, role);
    }

    /** Commits in the cell before the control database does: a right is never in force unrecorded. */
    void write(ClientId client, AuditOp op, By by, PersonId person, Role role, @Nullable UUID workforce) {
        scope.clientDo(client, tx -> {
            var event = AuditEvent.of(op, by.person(), by.via(), null)
                    .with("role", role.text())
                    .with("person", audit.pseudonym(tx, person));
            audit.append(tx, workforce == null ? event : event.with("workforce", workforce.toString()));
        });
    }

    /** Writes that something other than a role was given or taken, such as an invitation or a key. */
    void write(ClientId client, AuditOp op, By by, String what, UUID id, Collection<Role> roles) {
        scope.clientDo(
                client,
                tx -> audit.append(
                        tx,
                        AuditEvent.of(op, by.person(), by.via(), null)
                                .with(what, id.toString())
                                .with("roles", String.join(" ", Sql.names(roles)))));
    }
}
