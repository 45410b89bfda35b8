package io.etalon.server.quality;

import io.etalon.annotation.Answer;
import io.etalon.server.base.PersonId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What one annotator said about one asset in one round, at last.
 *
 * @param round from 1; a further round is a further judgement by the same person
 * @param activeSeconds how long he worked on it
 * @param state of the submission: {@code submitted}, {@code in_review}, {@code accepted} or {@code fixed}
 * @param own as the annotator submitted it
 * @param effective what counts: the reviewer's answer where he fixed it, else the annotator's own
 * @param reviewer who decided on it; null when nobody did
 */
public record GivenAnswer(
        PersonId annotator,
        int round,
        int ontologyVersion,
        int guidelineVersion,
        int activeSeconds,
        Instant submittedAt,
        String state,
        Answer own,
        Answer effective,
        @Nullable PersonId reviewer) {}
