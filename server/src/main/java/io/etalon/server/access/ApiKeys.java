package io.etalon.server.access;

import io.etalon.server.audit.AuditOp;
import io.etalon.server.base.ClientId;
import io.etalon.server.base.ErrorCode;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.Ids;
import io.etalon.server.base.PersonId;
import io.etalon.server.tenant.Client;
import io.etalon.server.tenant.TenantScope;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * Keys of programs. A key opens one client with some of its maker's roles until it expires; it is shown once and stored
 * hashed. A key makes no key and opens no session. Thread-safe.
 */
@Service
public final class ApiKeys {
    private static final Duration LONGEST = Duration.ofDays(366);
    private static final int SHOWN_PREFIX = 8;

    /** A key that was just made; the secret is nowhere else. */
    public record Made(ApiKey key, String secret) {
        @Override
        public String toString() {
            return "Made[" + key.id() + "]";
        }
    }

    private final TenantScope scope;
    private final Grants grants;
    private final Ids ids;
    private final Clock clock;
    private final ApiKeyStore store = new ApiKeyStore();
    private final ShortCache<String, ApiKey> cache;

    ApiKeys(TenantScope scope, Grants grants, Ids ids, Clock clock) {
        this.scope = scope;
        this.grants = grants;
        this.ids = ids;
        this.clock = clock;
        this.cache = new ShortCache<>(clock);
    }

    /**
     * Makes a key.
     *
     * @param client the client it opens; null with the role operator alone
     * @throws EtalonException not found, when the maker is no member; forbidden, when he lacks one of the roles; invalid,
     *     when the expiry is not within the next 366 days
     */
    public Made make(PersonId maker, String name, @Nullable Client client, Set<Role> roles, Instant expiresAt) {
        return make(maker, name, client, roles, expiresAt, false);
    }

    /** The same; {@code strong} when the maker has given two factors, without which no key opens where two are asked for. */
    Made make(
            PersonId maker, String name, @Nullable Client client, Set<Role> roles, Instant expiresAt, boolean strong) {
        var now = clock.instant();
        if (roles.isEmpty()) {
            throw Checks.fault("/roles", "must name at least one role");
        }
        if (!expiresAt.isAfter(now) || expiresAt.isAfter(now.plus(LONGEST))) {
            throw Checks.fault("/expiresAt", "must be within the next 366 days");
        }
        refuseMoreThanHeld(maker, client, roles);
        var secret = ApiKeyFormat.make(ids);
        var key = new ApiKey(
                ids.next(),
                maker,
                client == null ? null : client.id(),
                Checks.text(name, "/name", 100),
                secret.substring(0, SHOWN_PREFIX),
                roles,
                now,
                expiresAt,
                null,
                strong);
        scope.controlDo(tx -> {
            store.insert(tx, key, Sha256.of(secret));
            if (client != null) {
                grants.write(
                        client.id(), AuditOp.GRANT, new Grants.By(maker, Caller.VIA_SESSION), "key", key.id(), roles);
            }
        });
        return new Made(key, secret);
    }

    private void refuseMoreThanHeld(PersonId maker, @Nullable Client client, Set<Role> roles) {
        if (client == null) {
            if (!roles.equals(Set.of(Role.OPERATOR)) || !grants.isOperator(maker)) {
                throw new EtalonException(
                        ErrorCode.FORBIDDEN,
                        "A key without a client is an operator's key, and operators alone make it.");
            }
            return;
        }
        var held = grants.rolesAt(maker, client.id());
        if (held.isEmpty()) {
            throw EtalonException.notFound();
        }
        if (!held.containsAll(roles)) {
            throw new EtalonException(ErrorCode.FORBIDDEN, "A key cannot hold a role that its maker does not hold.");
        }
    }

    /** The key with this secret, unless it is unknown, revoked or expired. */
    Optional<ApiKey> find(String secret) {
        if (!ApiKeyFormat.isWellFormed(secret)) {
            return Optional.empty();
        }
        var hash = Sha256.of(secret);
        var key = cache.get(HexFormat.of().formatHex(hash), id -> load(hash));
        return key != null && clock.instant().isBefore(key.expiresAt()) ? Optional.of(key) : Optional.empty();
    }

    /** Keys were ended by other means. */
    void forgetAll() {
        cache.forgetAll();
    }

    private @Nullable ApiKey load(byte[] hash) {
        var today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        var found = scope.control(tx -> {
            var key = store.find(tx, hash);
            if (key.isPresent() && !today.equals(key.get().lastUsedOn())) {
                store.used(tx, key.get().id(), today);
            }
            return key;
        });
        return found.orElse(null);
    }

    boolean isAlive(UUID id, PersonId person, ClientId client, boolean strongAlone) {
        var now = clock.instant();
        return scope.control(tx -> store.findOpen(tx, person, id))
                .filter(key -> client.equals(key.client()) && now.isBefore(key.expiresAt()))
                .filter(key -> key.strong() || !strongAlone)
                .isPresent();
    }

    /** The keys of a person, without their secrets. */
    public List<ApiKey> of(PersonId person) {
        return scope.control(tx -> store.of(tx, person));
    }

    /**
     * Ends a key of this person, here at once.
     *
     * @throws EtalonException not found, also for a key of another person
     */
    public void revoke(PersonId person, UUID id) {
        scope.controlDo(tx -> {
            var key = store.find(tx, person, id).orElseThrow(EtalonException::notFound);
            store.delete(tx, id);
            var client = key.client();
            if (client != null) {
                grants.write(client, AuditOp.REVOKE, new Grants.By(person, Caller.VIA_SESSION), "key", id, key.roles());
            }
        });
        cache.forgetAll();
    }
}
