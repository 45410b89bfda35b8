package io.etalon.server.glass;

import io.etalon.server.access.Attempt;
import io.etalon.server.access.Caller;
import io.etalon.server.access.ClientCaller;
import io.etalon.server.access.GlassDoor;
import io.etalon.server.access.Idempotency;
import io.etalon.server.audit.AuditEvent;
import io.etalon.server.audit.AuditLog;
import io.etalon.server.audit.AuditOp;
import io.etalon.server.base.ClientId;
import io.etalon.server.base.ErrorCode;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.Ids;
import io.etalon.server.base.PersonId;
import io.etalon.server.base.Tx;
import io.etalon.server.event.EventKind;
import io.etalon.server.event.Events;
import io.etalon.server.glass.GlassStore.Rule;
import io.etalon.server.tenant.Clients;
import io.etalon.server.tenant.TenantScope;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.stereotype.Service;

/**
 * Operators' grants. The client's log is told in a transaction of its own that commits before the grant changes: a client may
 * read of an opening that did not come about, never look into an open one of which it did not read. Thread-safe.
 */
@Service
public final class BreakGlass implements GlassDoor {
    static final int SHORTEST_REASON = 10;
    static final int LONGEST_REASON = 1_000;
    static final int LONGEST_MINUTES = 480;

    /** Where a change is told. */
    @Component
    record Notice(AuditLog log, Events events) {}

    private final TenantScope scope;
    private final Clients clients;
    private final Notice notice;
    private final Idempotency idempotency;
    private final Ids ids;
    private final Clock clock;
    private final GlassStore store = new GlassStore();

    BreakGlass(TenantScope scope, Clients clients, Notice notice, Idempotency idempotency, Ids ids, Clock clock) {
        this.scope = scope;
        this.clients = clients;
        this.notice = notice;
        this.idempotency = idempotency;
        this.ids = ids;
        this.clock = clock;
    }

    @Override
    public @Nullable UUID grant(PersonId operator, ClientId client) {
        return scope.control(tx -> store.openGrant(tx, operator, client, clock.instant()))
                .orElse(null);
    }

    Clock clock() {
        return clock;
    }

    String slugOf(ClientId client) {
        return clients.find(client).orElseThrow(EtalonException::notFound).slug();
    }

    Rule rule(ClientId client) {
        return scope.control(tx -> store.rule(tx, client));
    }

    /** Changes what the client asks of operators; grants that wait or are open stay as they are. */
    Rule setRule(ClientCaller caller, Rule rule) {
        var client = caller.client().id();
        scope.controlDo(tx -> {
            tell(caller.caller(), client, null, "rule-" + rule.approval().text(), rule.longestMinutes());
            store.setRule(tx, client, rule);
        });
        return rule;
    }

    /** Newest first. */
    List<GlassGrant> list(@Nullable ClientId client, @Nullable UUID before, int limit) {
        return scope.control(tx -> store.list(tx, client, before, limit));
    }

    /**
     * Asks for a grant; open at once where the client's rule wants nobody's word.
     *
     * @throws EtalonException not found, when there is no such client; invalid, when its rule does not allow so long
     */
    GlassGrant ask(Caller operator, Attempt attempt, GlassBodies.Asking body, String reason, int minutes) {
        var slug = body.client() == null ? "" : body.client();
        var client = clients.find(slug).orElseThrow(EtalonException::notFound).id();
        UUID id = scope.control(tx -> idempotency.once(tx, attempt, body, UUID.class, same -> {
            var rule = store.rule(same, client);
            if (minutes > rule.longestMinutes()) {
                throw EtalonException.invalidAt(
                        "/minutes", "is " + minutes + "; the client allows " + rule.longestMinutes() + " at most");
            }
            var now = clock.instant();
            var open = rule.approval() == Approval.NONE;
            var grant = new GlassGrant(
                    ids.next(),
                    client,
                    operator.person(),
                    "",
                    reason,
                    minutes,
                    rule.approval(),
                    now,
                    null,
                    open ? now : null,
                    open ? now.plus(Duration.ofMinutes(minutes)) : null,
                    null,
                    null);
            tell(operator, client, grant.id(), open ? "open" : "ask", minutes);
            store.insert(same, grant);
            return grant.id();
        }));
        return scope.control(tx -> store.lock(tx, id)).orElseThrow();
    }

    /** Another operator's word. */
    GlassGrant approveAsOperator(Caller operator, UUID id) {
        return approve(operator, null, id, Approval.OPERATOR);
    }

    /** The client's word, which is also good where another operator's would do. */
    GlassGrant approveAsClient(ClientCaller caller, UUID id) {
        return approve(caller.caller(), caller.client().id(), id, Approval.CLIENT);
    }

    private GlassGrant approve(Caller by, @Nullable ClientId of, UUID id, Approval as) {
        return scope.control(tx -> {
            var grant = locked(tx, of, id);
            if (grant.operator().equals(by.person())) {
                throw new EtalonException(ErrorCode.FORBIDDEN, "Nobody agrees to his own asking.");
            }
            if (as == Approval.OPERATOR && grant.approval() == Approval.CLIENT) {
                throw new EtalonException(ErrorCode.FORBIDDEN, "This client wants to be asked itself.");
            }
            var now = clock.instant();
            if (grant.state(now) == GlassState.OPEN) {
                return grant;
            }
            if (grant.state(now) == GlassState.OVER) {
                throw new EtalonException(ErrorCode.CONFLICT, "This grant is over; ask for another.");
            }
            tell(by, grant.client(), id, "open", grant.minutes());
            store.open(tx, id, by.person(), now, now.plus(Duration.ofMinutes(grant.minutes())));
            return store.lock(tx, id).orElseThrow();
        });
    }

    /** Ends a grant at once, or one that waits; of one that is over, does nothing. */
    GlassGrant end(Caller by, @Nullable ClientId of, UUID id) {
        return scope.control(tx -> {
            var grant = locked(tx, of, id);
            var now = clock.instant();
            if (grant.state(now) == GlassState.OVER) {
                return grant;
            }
            tell(by, grant.client(), id, "end", grant.minutes());
            store.end(tx, id, by.person(), now);
            return store.lock(tx, id).orElseThrow();
        });
    }

    private GlassGrant locked(Tx tx, @Nullable ClientId of, UUID id) {
        return store.lock(tx, id)
                .filter(grant -> of == null || grant.client().equals(of))
                .orElseThrow(EtalonException::notFound);
    }

    private void tell(Caller by, ClientId client, @Nullable UUID grant, String act, int minutes) {
        scope.clientDo(client, tx -> {
            var event = AuditEvent.of(AuditOp.BREAK_GLASS, by.person(), by.via(), null)
                    .with("act", act)
                    .with("minutes", minutes);
            notice.log().append(tx, grant == null ? event : event.with("grant", grant.toString()));
            if (grant != null) {
                notice.events().append(tx, client, null, EventKind.BREAK_GLASS_CHANGED, Map.of("grant", grant));
            }
        });
    }
}
