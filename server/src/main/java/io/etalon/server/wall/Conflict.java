package io.etalon.server.wall;

import io.etalon.server.base.ClientId;
import java.util.UUID;

/** Two clients for whom nobody works within some days. */
record Conflict(UUID id, ClientId low, ClientId high, int days) {
    boolean isOf(ClientId client) {
        return low.equals(client) || high.equals(client);
    }

    ClientId other(ClientId client) {
        return low.equals(client) ? high : low;
    }

    /** From a look to the moment from which the rival is free again. */
    long seconds() {
        return days * 86_400L + Engagements.STEP.toSeconds();
    }
}
