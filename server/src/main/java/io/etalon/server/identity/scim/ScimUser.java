package io.etalon.server.identity.scim;

import io.etalon.server.base.PersonId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A person as a directory names him.
 *
 * @param made whether his account was made for him, and not found
 * @param attributes what the directory said beside the columns, of the attributes that {@link Schemas} lists
 */
record ScimUser(
        UUID id,
        PersonId person,
        String userName,
        @Nullable String externalId,
        boolean active,
        boolean made,
        ObjectNode attributes,
        long version,
        Instant createdAt,
        Instant changedAt) {}
