package io.etalon.server.glass;

import io.etalon.server.base.ClientId;
import io.etalon.server.base.PersonId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An operator's grant to look into a client's content, asked for or given.
 *
 * @param minutes how long it lasts once it is open
 * @param openedAt null while it waits for somebody's word
 * @param endsAt when it ends by itself
 * @param endedAt when somebody ended it before
 */
record GlassGrant(
        UUID id,
        ClientId client,
        PersonId operator,
        String operatorName,
        String reason,
        int minutes,
        Approval approval,
        Instant askedAt,
        @Nullable PersonId approvedBy,
        @Nullable Instant openedAt,
        @Nullable Instant endsAt,
        @Nullable Instant endedAt,
        @Nullable PersonId endedBy) {

    GlassState state(Instant now) {
        if (endedAt != null || endsAt != null && !now.isBefore(endsAt)) {
            return GlassState.OVER;
        }
        return openedAt == null ? GlassState.WAITING : GlassState.OPEN;
    }
}
