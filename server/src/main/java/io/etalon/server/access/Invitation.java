package io.etalon.server.access;

import io.etalon.server.base.ClientId;
import io.etalon.server.base.PersonId;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An open invitation to a client, without its token.
 *
 * @param name what the inviter calls the person, if he said
 * @param workforce for whom the person will work, if for a workforce
 */
record Invitation(
        UUID id,
        ClientId client,
        String email,
        @Nullable String name,
        Set<Role> roles,
        @Nullable UUID workforce,
        PersonId invitedBy,
        boolean isFirst,
        Instant createdAt,
        Instant expiresAt) {
    Invitation {
        roles = Set.copyOf(roles);
    }
}
