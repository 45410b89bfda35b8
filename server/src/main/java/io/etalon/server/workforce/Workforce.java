package io.etalon.server.workforce;

import io.etalon.server.base.ClientId;
import java.time.Instant;
import java.util.UUID;

/**
 * A workforce of one client.
 *
 * @param kind {@code in_house}: employed by the client
 */
public record Workforce(UUID id, ClientId client, String name, String kind, Instant createdAt) {
    public static final String IN_HOUSE = "in_house";
}
