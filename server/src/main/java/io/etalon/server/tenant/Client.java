package io.etalon.server.tenant;

import io.etalon.server.base.ClientId;
import java.time.Instant;

/**
 * A client (tenant) as the control database knows it: no content, only that its cell exists.
 *
 * @param slug its name in addresses, {@code [a-z][a-z0-9-]{1,31}}, never reused
 */
public record Client(ClientId id, String slug, String name, Instant createdAt) {

    String database() {
        return "client_" + id.value().toString().replace("-", "");
    }

    /** The cell's login role has the name of its database. */
    String role() {
        return database();
    }
}
