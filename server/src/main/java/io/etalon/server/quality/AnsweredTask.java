package io.etalon.server.quality;

import io.etalon.server.work.MergedAnswer;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A task and the answers in effect on it.
 *
 * @param finished whether it has all the answers it needs and none waits for a reviewer
 * @param answers one for each round of each annotator, in no order
 * @param merged what an adjudicator made of them, which stands for the task; null when nobody did
 */
public record AnsweredTask(
        long id,
        UUID asset,
        boolean finished,
        List<GivenAnswer> answers,
        @Nullable MergedAnswer merged) {
    public AnsweredTask(long id, UUID asset, boolean finished, List<GivenAnswer> answers) {
        this(id, asset, finished, answers, null);
    }

    public AnsweredTask {
        answers = List.copyOf(answers);
    }
}
