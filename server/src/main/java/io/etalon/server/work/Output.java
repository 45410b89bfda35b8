package io.etalon.server.work;

import io.etalon.server.base.PersonId;
import java.time.LocalDate;

/**
 * What one person handed in on one day (UTC) in one project, gold left aside.
 *
 * @param answers that are no revisions
 * @param revisions answers done again
 * @param items shapes in all of them
 * @param activeSeconds worked on all of them
 * @param heldSeconds from lease to answer, over {@code answers}
 * @param waitedSeconds from the planning of the task to its answer, over {@code answers}
 * @param decided on how many a reviewer had the last word
 * @param fixed of these, mended by the reviewer
 * @param refused of these, sent back or rejected
 */
public record Output(
        PersonId person,
        LocalDate day,
        long answers,
        long revisions,
        long items,
        long activeSeconds,
        long heldSeconds,
        long waitedSeconds,
        long decided,
        long fixed,
        long refused) {}
