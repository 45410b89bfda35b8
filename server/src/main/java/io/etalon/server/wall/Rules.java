package io.etalon.server.wall;

import io.etalon.server.access.Checks;
import io.etalon.server.access.ClientCaller;
import io.etalon.server.audit.AuditEvent;
import io.etalon.server.audit.AuditLog;
import io.etalon.server.audit.AuditOp;
import io.etalon.server.base.ClientId;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.Ids;
import io.etalon.server.base.Tx;
import io.etalon.server.ownership.Organisation;
import io.etalon.server.ownership.Organisations;
import io.etalon.server.tenant.TenantScope;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;

/** A client's rules: made, changed, switched on and off. Each change is a version; it is in the log before it counts. Thread-safe. */
@Service
final class Rules {
    private static final int MOST = 100;

    private final TenantScope scope;
    private final Organisations organisations;
    private final AuditLog audit;
    private final Ids ids;
    private final Clock clock;
    private final ExportRequests requests;
    private final WallStore store = new WallStore();

    Rules(
            TenantScope scope,
            Organisations organisations,
            AuditLog audit,
            Ids ids,
            Clock clock,
            ExportRequests requests) {
        this.scope = scope;
        this.organisations = organisations;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
        this.requests = requests;
    }

    /** The newest version of each, oldest rule first. */
    List<WallRule> all(ClientId client) {
        return scope.control(tx -> store.newest(tx, client));
    }

    /** Newest first. */
    List<WallRule> versions(ClientId client, UUID rule) {
        var versions = scope.control(tx -> store.versions(tx, client, rule));
        if (versions.isEmpty()) {
            throw EtalonException.notFound();
        }
        return versions;
    }

    /** Makes a rule, in the control database's transaction given; call it within {@link Closings#around}. */
    WallRule make(Tx tx, ClientCaller caller, Terms terms, boolean inForce) {
        if (store.newest(tx, caller.client().id()).size() >= MOST) {
            throw EtalonException.invalid("A client has " + MOST + " rules at most; change one of them.");
        }
        return write(tx, caller, new WallRule(ids.next(), 1, known(terms), inForce, by(caller), clock.instant()));
    }

    /** Puts other terms under the same id; not twice for the same. */
    WallRule set(Tx tx, ClientCaller caller, UUID id, Terms terms, boolean inForce) {
        var before = store.newest(tx, caller.client().id(), id).orElseThrow(EtalonException::notFound);
        if (!before.terms().kind().equals(terms.kind())) {
            throw Checks.fault("/kind", "must stay " + before.terms().kind() + "; make another rule for another kind");
        }
        if (before.terms() instanceof Terms.TwoPersons && before.inForce() && !inForce) {
            requests.requireEnd(caller);
        }
        return before.terms().equals(terms) && before.inForce() == inForce
                ? before
                : write(
                        tx,
                        caller,
                        new WallRule(id, before.version() + 1, known(terms), inForce, by(caller), clock.instant()));
    }

    private static UUID by(ClientCaller caller) {
        return caller.person().value();
    }

    /** Terms whose organisations stand in the register. */
    Terms known(Terms terms) {
        var missing = named(terms).stream()
                .filter(id -> organisations.find(id).isEmpty())
                .findFirst();
        if (missing.isPresent()) {
            throw Checks.fault("/competitors", "must be ids of organisations of the register");
        }
        return terms;
    }

    private static Set<UUID> named(Terms terms) {
        return switch (terms) {
            case Terms.Owner owner -> owner.competitors();
            case Terms.Rival rival -> rival.competitors();
            case Terms.Country country -> Set.of();
            case Terms.Licence licence -> Set.of();
            case Terms.TwoPersons both -> Set.of();
        };
    }

    private WallRule write(Tx tx, ClientCaller caller, WallRule rule) {
        store.insert(tx, caller.client().id(), rule);
        scope.clientDo(
                caller.client().id(),
                cell -> audit.append(
                        cell,
                        AuditEvent.of(AuditOp.WALL_CHANGE, caller.person(), caller.via(), null)
                                .with("rule", rule.id().toString())
                                .with("version", rule.version())
                                .with("kind", rule.terms().kind())
                                .with("sha256", RuleDigest.of(rule))
                                .with("state", rule.inForce() ? "in_force" : "off")));
        return rule;
    }

    Map<UUID, String> names() {
        return organisations.all().stream().collect(Collectors.toMap(Organisation::id, Organisation::name));
    }
}
