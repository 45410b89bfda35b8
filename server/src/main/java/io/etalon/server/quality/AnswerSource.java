package io.etalon.server.quality;

import io.etalon.server.base.ClientId;
import io.etalon.server.base.ProjectId;
import java.util.List;

/** Where answers come from: the work engine. Thread-safe. */
public interface AnswerSource {
    /** A number that grows with every act that changes what {@link #tasks} gives. */
    long version(ClientId client, ProjectId project);

    /** All tasks with an answer in effect, and the finished ones without, in no order; cancelled tasks are left out. */
    List<AnsweredTask> tasks(ClientId client, ProjectId project);
}
