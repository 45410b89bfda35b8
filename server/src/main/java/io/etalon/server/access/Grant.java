package io.etalon.server.access;

import io.etalon.server.base.ClientId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A role that a person holds.
 *
 * @param client where; null for {@link Role#OPERATOR} only
 * @param workforce for whom the person works there, if for a workforce
 */
public record Grant(
        Role role, @Nullable ClientId client, @Nullable UUID workforce) {}
