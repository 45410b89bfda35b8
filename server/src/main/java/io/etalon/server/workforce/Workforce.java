package io.etalon.server.workforce;

import io.etalon.server.base.ClientId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A workforce of one client.
 *
 * @param organisation the vendor whose people they are; null where the client employs them itself
 */
public record Workforce(
        UUID id, ClientId client, String name, @Nullable UUID organisation, Instant createdAt) {
    public static final String IN_HOUSE = "in_house";
    public static final String VENDOR = "vendor";

    /** {@value #IN_HOUSE} or {@value #VENDOR}. */
    public String kind() {
        return organisation == null ? IN_HOUSE : VENDOR;
    }
}
