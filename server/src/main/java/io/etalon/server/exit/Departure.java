package io.etalon.server.exit;

import io.etalon.server.base.ClientId;
import io.etalon.server.tenant.Client;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A client whose destruction was ordered.
 *
 * @param facts what the certificate will say, as canonical JSON
 * @param certificate null until everything is destroyed
 */
record Departure(
        ClientId client,
        String slug,
        Instant orderedAt,
        String facts,
        @Nullable String certificate) {

    /** As much of the client as its database is named by. */
    Client asClient() {
        return new Client(client, slug, slug, orderedAt);
    }
}
