package io.etalon.server.webhook;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One piece of news for one endpoint, and how its sending stands.
 *
 * @param kind what happened, as {@link io.etalon.server.event.EventKind#key} says; or {@link #TEST}
 * @param body the JSON that is signed and sent, byte for byte the same at every try
 * @param tries of the present round
 * @param nextAt when it is tried next; null unless it waits
 */
record Message(
        UUID id,
        UUID endpoint,
        String kind,
        @Nullable UUID project,
        String body,
        Instant madeAt,
        DeliveryState state,
        int tries,
        @Nullable Instant nextAt) {
    /** The kind of what a person sends to see whether it arrives. */
    static final String TEST = "webhook.test";

    /** The header {@code webhook-id}: by it a receiver knows what it has had before. */
    String webhookId() {
        return "msg_" + id.toString().replace("-", "");
    }
}
