package io.etalon.server.access;

import io.etalon.server.audit.AuditEvent;
import io.etalon.server.audit.AuditLog;
import io.etalon.server.audit.AuditOp;
import io.etalon.server.base.ClientId;
import io.etalon.server.base.ErrorCode;
import io.etalon.server.base.ErrorKind;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.PersonId;
import io.etalon.server.tenant.TenantScope;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Service;

/**
 * Where people need a second factor: at clients that say so, and of operators where the installation's settings do. A session
 * counts when a passkey opened it whose authenticator checked the person, or a provider's word that names a second factor;
 * a key, when such a session made it. Nothing else does. A rule bites within ten seconds. Thread-safe.
 */
@Service
public final class SecondFactor {
    /** The session is not enough; the detail tells how to come to one that is. */
    static final ErrorCode REQUIRED =
            ErrorCode.of("second-factor-required", ErrorKind.FORBIDDEN, "A second factor is asked for here");

    private static final String HOW =
            " Make a passkey under “My settings” and sign in with it; make keys of programs anew after that.";

    private final TenantScope scope;
    private final Grants grants;
    private final AuditLog audit;
    private final Clock clock;
    private final boolean operators;
    private final ShortCache<ClientId, Boolean> cache;

    /** A client's rule; who has never set one has none. */
    record Rule(boolean required, PersonId setBy, Instant setAt) {}

    /** Whom a client's rule would stop now: members without a passkey, and keys that a weak session made. */
    record Stopped(int people, int keys) {}

    SecondFactor(
            TenantScope scope,
            Grants grants,
            AuditLog audit,
            Clock clock,
            @Value("${etalon.operators.second-factor:false}") boolean operators) {
        this.scope = scope;
        this.grants = grants;
        this.audit = audit;
        this.clock = clock;
        this.operators = operators;
        this.cache = new ShortCache<>(clock);
        scope.onClose(cache::forget);
    }

    /** Whether a client asks its people for a second factor. */
    boolean asks(ClientId client) {
        return Boolean.TRUE.equals(
                cache.get(client, id -> rule(id).filter(Rule::required).isPresent()));
    }

    Optional<Rule> rule(ClientId client) {
        return scope.control(tx -> tx.db()
                .sql("select required, set_by, set_at from second_factor_rule where client = ?")
                .param(client.value())
                .query((row, n) -> new Rule(
                        row.getBoolean("required"),
                        new PersonId(row.getObject("set_by", UUID.class)),
                        Sql.instant(row, "set_at")))
                .optional());
    }

    Stopped stopped(ClientId client) {
        return scope.control(tx -> tx.db()
                .sql("""
                        select
                            (select count(distinct g.person) from role_grant g where g.client = :client
                                and not exists (select from passkey k where k.person = g.person)) as people,
                            (select count(*) from api_key a where a.client = :client and not a.strong
                                and a.expires_at > :now) as keys
                        """)
                .param("client", client.value())
                .param("now", Sql.time(clock.instant()))
                .query((row, n) -> new Stopped(row.getInt("people"), row.getInt("keys")))
                .single());
    }

    /**
     * Sets a client's rule, written to its log before it is in force.
     *
     * @throws EtalonException forbidden, when a session switches it on that it would shut out, or a key sets it
     */
    Rule set(ClientCaller caller, Credential credential, boolean required) {
        if (credential.key() != null) {
            throw new EtalonException(AccessInterceptor.SESSION_REQUIRED, "Sign in to do this.");
        }
        if (required && !credential.isStrong()) {
            throw new EtalonException(
                    REQUIRED, "You would shut yourself out: this session has no second factor." + HOW);
        }
        var client = caller.client().id();
        var rule = new Rule(required, caller.person(), clock.instant());
        scope.controlDo(tx -> {
            scope.clientDo(
                    client,
                    cell -> audit.append(
                            cell,
                            AuditEvent.of(AuditOp.ACCOUNT, caller.person(), caller.via(), null)
                                    .with("act", "second-factor")
                                    .with("required", String.valueOf(required))));
            tx.db()
                    .sql("""
                            insert into second_factor_rule (client, required, set_by, set_at) values (?, ?, ?, ?)
                            on conflict (client) do update
                            set required = excluded.required, set_by = excluded.set_by, set_at = excluded.set_at
                            """)
                    .params(client.value(), required, rule.setBy().value(), Sql.time(rule.setAt()))
                    .update();
        });
        cache.forget(client);
        return rule;
    }

    /** Whether this credential does at a client. */
    boolean suffices(Credential credential, ClientId client) {
        return credential.isStrong() || !asks(client);
    }

    /** Whether this credential does for what operators do. */
    boolean sufficesForOperators(Credential credential) {
        return credential.isStrong() || !operators;
    }

    /** @throws EtalonException forbidden, when it does not */
    void require(Credential credential, ClientId client) {
        if (!suffices(credential, client)) {
            throw new EtalonException(REQUIRED, "This client asks its people for a second factor." + HOW);
        }
    }

    /** @throws EtalonException forbidden, when it does not */
    void requireOfOperator(Credential credential) {
        if (!sufficesForOperators(credential)) {
            throw new EtalonException(REQUIRED, "Operators of this installation need a second factor." + HOW);
        }
    }

    /** Whether one is asked for where this role is held. */
    boolean asks(Grant grant) {
        var client = grant.client();
        return client == null ? operators : asks(client);
    }

    /**
     * Whether a second factor is asked of a person anywhere. What is his alone is then shut to a weak session, since whoever
     * opened it could change there how he signs in.
     */
    boolean binds(PersonId person) {
        return grants.of(person).stream().anyMatch(this::asks);
    }

    /** Whether nothing at all is open to a weak session of this person. */
    boolean bindsEverywhere(PersonId person) {
        var held = grants.of(person);
        return !held.isEmpty() && held.stream().allMatch(this::asks);
    }

    /** @throws EtalonException forbidden, when this credential is weak and a second factor is asked of the person somewhere */
    void requireWhereBound(Credential credential) {
        var key = credential.key();
        var client = key == null ? null : key.client();
        var bound = key == null ? binds(credential.caller().person()) : client == null ? operators : asks(client);
        if (bound && !credential.isStrong()) {
            throw new EtalonException(REQUIRED, "A second factor is asked of you." + HOW);
        }
    }
}
