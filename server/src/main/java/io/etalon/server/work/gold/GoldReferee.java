package io.etalon.server.work.gold;

import io.etalon.server.base.ClientId;
import io.etalon.server.base.PersonId;
import io.etalon.server.base.ProjectId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Judges answers to gold. Thread-safe. */
public interface GoldReferee {
    /**
     * What the author of an answer is told.
     *
     * @param text what the known answer's author wants him to know
     */
    record Feedback(boolean right, @Nullable String text) {}

    /**
     * An answer to gold has committed, or its author asks again what came of it. Empty where the project tells nothing;
     * the judgement is made after the reply then, so that the reply takes no longer than others.
     */
    Optional<Feedback> answered(ClientId client, ProjectId project, PersonId person, long submission);
}
