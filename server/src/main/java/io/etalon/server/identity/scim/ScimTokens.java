package io.etalon.server.identity.scim;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.etalon.server.access.Checks;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.Ids;
import io.etalon.server.identity.Providers;
import io.etalon.server.tenant.TenantScope;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/** Tokens of provisioning clients: 256 random bits behind {@code ets_}, shown once, kept as SHA-256. Thread-safe. */
@Service
public final class ScimTokens {
    private static final Logger LOG = LoggerFactory.getLogger(ScimTokens.class);
    private static final Pattern FORM = Pattern.compile("ets_[A-Za-z0-9_-]{43}");
    private static final Duration LONGEST = Duration.ofDays(400);
    private static final int SHOWN = 8;

    /** A token without its secret. */
    record ScimToken(
            UUID id,
            String name,
            String prefix,
            Instant createdAt,
            Instant expiresAt,
            @Nullable LocalDate lastUsedOn) {}

    /** A token that was just made; the secret is nowhere else. */
    record Made(ScimToken token, String secret) {
        @Override
        public String toString() {
            return "Made[" + token.id() + "]";
        }
    }

    private final TenantScope scope;
    private final Providers providers;
    private final Ids ids;
    private final Clock clock;

    ScimTokens(TenantScope scope, Providers providers, Ids ids, Clock clock) {
        this.scope = scope;
        this.providers = providers;
        this.ids = ids;
        this.clock = clock;
    }

    /** @throws EtalonException not found, when there is no such provider; invalid, when it would not end within 400 days */
    Made make(UUID provider, @Nullable String name, @Nullable Instant expiresAt) {
        providers.get(provider);
        var now = clock.instant();
        var end = Checks.required(expiresAt, "/expiresAt");
        if (!end.isAfter(now) || end.isAfter(now.plus(LONGEST))) {
            throw Checks.fault("/expiresAt", "must be within the next 400 days");
        }
        var secret = "ets_" + ids.secretToken();
        var token =
                new ScimToken(ids.next(), Checks.text(name, "/name", 100), secret.substring(0, SHOWN), now, end, null);
        scope.controlDo(tx -> tx.db()
                .sql("insert into scim_token (id, provider, name, token_hash, prefix, created_at, expires_at)"
                        + " values (?, ?, ?, ?, ?, ?, ?)")
                .params(
                        token.id(),
                        provider,
                        token.name(),
                        hash(secret),
                        token.prefix(),
                        now.atOffset(ZoneOffset.UTC),
                        end.atOffset(ZoneOffset.UTC))
                .update());
        LOG.info("provisioning token made id={} provider={}", token.id(), provider);
        return new Made(token, secret);
    }

    /** @throws EtalonException not found, when there is no such provider */
    List<ScimToken> of(UUID provider) {
        providers.get(provider);
        return scope.control(tx -> tx.db()
                .sql("select id, name, prefix, created_at, expires_at, last_used_on from scim_token where provider = ?"
                        + " order by created_at")
                .param(provider)
                .query((row, n) -> new ScimToken(
                        row.getObject("id", UUID.class),
                        row.getString("name"),
                        row.getString("prefix"),
                        row.getObject("created_at", OffsetDateTime.class).toInstant(),
                        row.getObject("expires_at", OffsetDateTime.class).toInstant(),
                        row.getObject("last_used_on", LocalDate.class)))
                .list());
    }

    /** Ends a token at once. */
    void revoke(UUID provider, UUID token) {
        var gone = scope.control(tx -> tx.db()
                .sql("delete from scim_token where provider = ? and id = ?")
                .params(provider, token)
                .update());
        if (gone == 0) {
            throw EtalonException.notFound();
        }
        LOG.info("provisioning token revoked id={} provider={}", token, provider);
    }

    /** The provider that this secret provisions; empty unless it is known, in time, and the provider switched on. */
    Optional<UUID> provider(String secret) {
        if (!FORM.matcher(secret).matches()) {
            return Optional.empty();
        }
        var now = clock.instant();
        var today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        return scope.control(tx -> {
            var found = tx.db()
                    .sql("select t.id, t.provider, t.last_used_on from scim_token t"
                            + " join identity_provider p on p.id = t.provider and p.enabled"
                            + " where t.token_hash = ? and t.expires_at > ?")
                    .params(hash(secret), now.atOffset(ZoneOffset.UTC))
                    .query((row, n) -> new Used(
                            row.getObject("id", UUID.class),
                            row.getObject("provider", UUID.class),
                            row.getObject("last_used_on", LocalDate.class)))
                    .optional();
            if (found.isPresent() && !today.equals(found.get().on())) {
                tx.db()
                        .sql("update scim_token set last_used_on = ? where id = ?")
                        .params(today, found.get().id())
                        .update();
            }
            return found.map(Used::provider);
        });
    }

    private record Used(UUID id, UUID provider, @Nullable LocalDate on) {}

    private static byte[] hash(String secret) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
