package io.etalon.server.work;

import io.etalon.annotation.Answer;
import io.etalon.server.base.PersonId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What one person's judgement of one task in one round says now: the newest revision, a reviewer's answer in its place
 * when there is one.
 *
 * @param submission the number of the submission it comes from
 * @param ontologyVersion the version it was made under
 * @param guidelineVersion likewise
 * @param settled whether nobody waits to review it
 * @param activeSeconds how long its author worked on it
 * @param state of the submission in the API's words: submitted, in_review, accepted or fixed
 * @param reviewer who decided on it; null when nobody did
 * @param answer what counts
 * @param own what its author answered, which differs from {@code answer} when the reviewer mended it
 */
public record EffectiveAnswer(
        long task,
        UUID asset,
        PersonId person,
        int round,
        long submission,
        int ontologyVersion,
        int guidelineVersion,
        boolean settled,
        int activeSeconds,
        Instant submittedAt,
        String state,
        @Nullable PersonId reviewer,
        Answer answer,
        Answer own) {

    /** Whether nobody mended it, so that {@link #answer} is {@link #own}. */
    boolean isAsGiven() {
        return answer == own;
    }

    /** The same judgement in other labels. */
    EffectiveAnswer relabelled(Answer counts, Answer given) {
        return new EffectiveAnswer(
                task,
                asset,
                person,
                round,
                submission,
                ontologyVersion,
                guidelineVersion,
                settled,
                activeSeconds,
                submittedAt,
                state,
                reviewer,
                counts,
                given);
    }

    /** The same judgement with an earlier answer in effect again. */
    EffectiveAnswer restored(int ontology, int guidelines, Answer earlier) {
        return new EffectiveAnswer(
                task,
                asset,
                person,
                round,
                submission,
                ontology,
                guidelines,
                settled,
                activeSeconds,
                submittedAt,
                state,
                reviewer,
                earlier,
                own);
    }
}
