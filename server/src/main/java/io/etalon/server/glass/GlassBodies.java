package io.etalon.server.glass;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the API says of grants to operators. */
final class GlassBodies {
    private GlassBodies() {}

    /** An operator asks: which client, why (10 to 1,000 characters), for how many minutes. */
    record Asking(
            @Nullable String client,
            @Nullable String reason,
            @Nullable Integer minutes) {}

    /** What a client asks of operators. */
    record RuleBody(@Nullable Approval approval, @Nullable Integer longestMinutes) {}

    /**
     * A grant.
     *
     * @param approval whose word it waits for, or waited for
     * @param endedAt when somebody ended it before its time
     */
    record GrantBody(
            UUID id,
            String client,
            UUID operator,
            String operatorName,
            String reason,
            int minutes,
            GlassState state,
            Approval approval,
            Instant askedAt,
            @Nullable UUID approvedBy,
            @Nullable Instant openedAt,
            @Nullable Instant endsAt,
            @Nullable Instant endedAt) {
        static GrantBody of(GlassGrant grant, String slug, Instant now) {
            var approver = grant.approvedBy();
            return new GrantBody(
                    grant.id(),
                    slug,
                    grant.operator().value(),
                    grant.operatorName(),
                    grant.reason(),
                    grant.minutes(),
                    grant.state(now),
                    grant.approval(),
                    grant.askedAt(),
                    approver == null ? null : approver.value(),
                    grant.openedAt(),
                    grant.endsAt(),
                    grant.endedAt());
        }
    }

    /**
     * What a client sees of operators in its content.
     *
     * @param open how many may look now: a banner while it is not 0
     * @param waiting how many wait for a word
     */
    record Banner(int open, int waiting, RuleBody rule, List<GrantBody> grants) {}
}
