package io.etalon.server.access;

import io.etalon.server.base.PersonId;
import io.etalon.server.tenant.TenantScope;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Service;

/**
 * Whether a session or key of which only the id is known, as signed addresses know it, is alive. Asks the database each
 * time: what was ended anywhere opens nothing from then on. Thread-safe.
 */
@Service
public final class LiveCredentials {
    private final TenantScope scope;
    private final Clock clock;

    LiveCredentials(TenantScope scope, Clock clock) {
        this.scope = scope;
        this.clock = clock;
    }

    /** @param credential what {@link Caller#session} bears */
    public boolean isAlive(PersonId person, String credential) {
        return id(credential).map(id -> isAlive(person, id)).orElse(false);
    }

    private boolean isAlive(PersonId person, UUID id) {
        var now = clock.instant();
        return scope.control(tx -> tx.db()
                .sql("""
                        select exists (select 1 from session where id = :id and person = :person
                            and expires_at > :now and last_seen_at > :idle)
                          or exists (select 1 from api_key where id = :id and person = :person and expires_at > :now)""")
                .param("id", id)
                .param("person", person.value())
                .param("now", Sql.time(now))
                .param("idle", Sql.time(now.minus(Sessions.IDLE_LIMIT)))
                .query(Boolean.class)
                .single());
    }

    private static Optional<UUID> id(String text) {
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
