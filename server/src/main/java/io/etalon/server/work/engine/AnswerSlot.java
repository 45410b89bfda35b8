package io.etalon.server.work.engine;

import io.etalon.server.work.state.TaskBook;
import java.util.List;

/**
 * One person's answer to a task in one round, with all its revisions, as the tables show it.
 *
 * @param ref the last revision, where it stands on its way
 * @param submissions the numbers of all revisions
 * @param part what it adds to the counts of its task
 * @param waits whether somebody is to decide on it
 * @param barred whether its author never gets the task again, whatever becomes of the answer
 * @param judged on how many revisions the last word was spoken, and how many of them stood as they were
 */
record AnswerSlot(
        SubmissionRef ref,
        List<Long> submissions,
        TaskBook.Part part,
        boolean waits,
        boolean barred,
        int judged,
        int sound) {
    int position() {
        return ref.position();
    }

    /** Whether it lies with its author, to be done again. */
    boolean liesWithAuthor() {
        return part.returned() > 0 && !waits;
    }
}
