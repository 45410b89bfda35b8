package io.etalon.server.webhook;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the API says of webhooks. */
final class WebhookBodies {
    private WebhookBodies() {}

    /**
     * A program to be told.
     *
     * @param url https, and to a public address unless the operator opened others
     * @param kinds which events, one at least
     * @param signing ed25519 when it is missing
     */
    record EndpointDraft(
            @Nullable String url,
            @Nullable String description,
            @Nullable List<@Nullable String> kinds,
            @Nullable Signing signing) {}

    /** What is missing stays. */
    record EndpointPatch(
            @Nullable String url,
            @Nullable String description,
            @Nullable List<@Nullable String> kinds,
            @Nullable Boolean enabled) {}

    /**
     * A program that is told.
     *
     * @param publicKey what verifies its messages; null where a shared secret does
     * @param disabled why nothing is sent; null while it is
     * @param formerUntil until when the key before the last rotation signs along
     * @param slowUntil the receiver asked for less, and is left alone until then
     */
    record EndpointBody(
            UUID id,
            String url,
            String description,
            List<String> kinds,
            Signing signing,
            @Nullable String publicKey,
            UUID madeBy,
            Instant madeAt,
            @Nullable Disabled disabled,
            @Nullable Instant disabledAt,
            @Nullable Instant formerUntil,
            @Nullable Instant slowUntil,
            @Nullable Instant deliveredAt) {}

    /**
     * An endpoint with a fresh key.
     *
     * @param secret the shared secret, shown here and never again; null where a public key verifies
     */
    record EndpointMade(EndpointBody endpoint, @Nullable String secret) {}

    /**
     * A message and how its sending stands.
     *
     * @param webhookId the header by which a receiver knows it
     * @param tries since it was made or sent again by hand
     * @param nextAt when it is tried next; null unless it waits
     */
    record DeliveryBody(
            UUID id,
            String webhookId,
            String kind,
            @Nullable UUID project,
            Instant madeAt,
            DeliveryState state,
            int tries,
            @Nullable Instant nextAt) {
        static DeliveryBody of(Message message) {
            return new DeliveryBody(
                    message.id(),
                    message.webhookId(),
                    message.kind(),
                    message.project(),
                    message.madeAt(),
                    message.state(),
                    message.tries(),
                    message.nextAt());
        }
    }

    /**
     * One try.
     *
     * @param status the answer's status; null when there was none
     * @param fault why there was no answer; null when there was one
     */
    record TryBody(
            int number,
            Instant at,
            int millis,
            @Nullable Integer status,
            @Nullable String fault) {
        static TryBody of(MessageStore.Try one) {
            return new TryBody(one.number(), one.at(), one.millis(), one.status(), one.fault());
        }
    }

    /**
     * A message with all that happened to it.
     *
     * @param body what was sent, byte for byte
     */
    record DeliveryDetail(DeliveryBody delivery, String body, List<TryBody> attempts) {}
}
