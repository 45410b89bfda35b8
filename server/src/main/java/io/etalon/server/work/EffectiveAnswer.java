package io.etalon.server.work;

import io.etalon.annotation.Answer;
import io.etalon.server.base.PersonId;
import java.util.UUID;

/**
 * What one person's judgement of one task in one round says now: the newest revision, a reviewer's answer in its place
 * when there is one.
 *
 * @param submission the number of the submission it comes from
 * @param ontologyVersion the version it was made under
 * @param guidelineVersion likewise
 * @param settled whether nobody waits to review it
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
        Answer answer) {}
