package io.etalon.server.ownership;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A legal entity: a client's, a vendor's, or one that only holds a stake.
 *
 * @param country of its seat, ISO 3166-1 alpha-2
 */
public record Organisation(UUID id, String name, @Nullable String country, Instant createdAt) {}
