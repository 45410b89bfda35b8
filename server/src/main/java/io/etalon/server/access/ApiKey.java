package io.etalon.server.access;

import io.etalon.server.base.ClientId;
import io.etalon.server.base.PersonId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A key of a program, without its secret.
 *
 * @param person who made it; the key never has more roles than he has now
 * @param client the one client it opens; null for an operator's key
 * @param prefix the first characters, by which a person knows it again
 * @param lastUsedOn the day of the last use (UTC)
 * @param strong whether its maker had given two factors when he made it
 */
public record ApiKey(
        UUID id,
        PersonId person,
        @Nullable ClientId client,
        String name,
        String prefix,
        Set<Role> roles,
        Instant createdAt,
        Instant expiresAt,
        @Nullable LocalDate lastUsedOn,
        boolean strong) {
    public ApiKey {
        roles = Set.copyOf(roles);
    }
}
