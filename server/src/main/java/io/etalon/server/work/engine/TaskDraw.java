package io.etalon.server.work.engine;

import io.etalon.server.base.PersonId;
import io.etalon.server.base.ProjectId;
import java.util.UUID;

/** Draws a sample of tasks: the same whenever it is asked, evenly spread, not to be guessed. Stateless. */
public final class TaskDraw {
    private static final PersonId NOBODY = new PersonId(new UUID(0, 0));

    private TaskDraw() {}

    public static boolean falls(ProjectId project, long task, double share) {
        return Sampling.sampled(new Sampling.Slot(project, task, NOBODY, 0), 1, share);
    }
}
