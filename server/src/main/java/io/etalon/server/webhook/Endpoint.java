package io.etalon.server.webhook;

import io.etalon.server.base.PersonId;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A program that is told of changes.
 *
 * @param kinds the events it wants to hear of
 * @param former the key before the last rotation; it signs along until {@code formerUntil}
 * @param disabled why nothing is sent; null while it is
 * @param slowUntil nothing is sent before, and one at a time until something gets through; null while all is well
 * @param deliveredAt when something got through last
 */
record Endpoint(
        UUID id,
        String url,
        String description,
        List<String> kinds,
        Signing signing,
        byte[] secret,
        byte @Nullable [] former,
        @Nullable Instant formerUntil,
        PersonId madeBy,
        Instant madeAt,
        @Nullable Disabled disabled,
        @Nullable Instant disabledAt,
        @Nullable Instant slowUntil,
        @Nullable Instant deliveredAt) {}
