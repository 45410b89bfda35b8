package io.etalon.server.work;

import io.etalon.annotation.Answer;
import io.etalon.server.base.PersonId;
import java.time.Instant;

/**
 * The one answer that an adjudicator made of a task's several. It stands for the task; each person's own answer goes on to
 * count for what is said of that person.
 *
 * @param id of a number source that submissions share
 * @param person who made it
 */
public record MergedAnswer(long id, PersonId person, int ontologyVersion, Instant at, Answer answer) {
    /** The same merge in other labels. */
    MergedAnswer with(Answer relabelled) {
        return new MergedAnswer(id, person, ontologyVersion, at, relabelled);
    }
}
