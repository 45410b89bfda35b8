package io.etalon.server.identity.scim;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A group of a directory, with its members' user ids. */
record ScimGroup(
        UUID id,
        String displayName,
        @Nullable String externalId,
        List<Member> members,
        long version,
        Instant createdAt,
        Instant changedAt) {

    record Member(UUID user, String name) {}
}
