package io.etalon.server.quality;

import java.util.List;
import java.util.UUID;

/**
 * A task and the answers in effect on it.
 *
 * @param finished whether it has all the answers it needs and none waits for a reviewer
 * @param answers one for each round of each annotator, in no order
 */
public record AnsweredTask(long id, UUID asset, boolean finished, List<GivenAnswer> answers) {
    public AnsweredTask {
        answers = List.copyOf(answers);
    }
}
