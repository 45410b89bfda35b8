package io.etalon.server.work.queue;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.etalon.server.work.policy.QueuePolicy;
import io.etalon.server.work.state.TaskState;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the addresses of queues take and give. */
final class QueueBodies {
    private QueueBodies() {}

    /**
     * The rules in force.
     *
     * @param version to send as If-Match; 0 when none were ever set
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record QueueBody(
            int version, QueuePolicy policy, @Nullable Instant setAt) {
        static QueueBody of(Policies.Version version) {
            return new QueueBody(version.version(), version.policy(), version.setAt());
        }
    }

    record NewBatch(
            @Nullable String name,
            @Nullable Integer priority,
            @Nullable Instant deadline) {}

    /**
     * A batch with its progress.
     *
     * @param paused whether its tasks are given to nobody now
     * @param tasks all but the cancelled
     * @param states the number of tasks in each state
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record BatchBody(
            int number,
            String name,
            int priority,
            @Nullable Instant deadline,
            boolean paused,
            int tasks,
            int done,
            Map<TaskState, Integer> states) {}

    /**
     * What is to be changed of a batch.
     *
     * @param paused true to give its tasks to nobody, false to go on
     * @param priority which its tasks get that had the batch's priority until now
     * @param deadline null to leave it
     * @param noDeadline true to have none any more
     */
    record BatchPatch(
            @Nullable Boolean paused,
            @Nullable String name,
            @Nullable Integer priority,
            @Nullable Instant deadline,
            @Nullable Boolean noDeadline) {}

    /**
     * Which tasks; what is absent does not restrict.
     *
     * @param batch 0 for those in none
     * @param assetName how the asset's name begins
     * @param plannedFrom from this moment on
     * @param plannedTo before this moment
     */
    record TaskFilter(
            @Schema(implementation = TaskState.class) @Nullable
            String state,

            @Nullable Integer batch,
            @Nullable Integer priority,
            @Nullable String assetName,
            @Nullable Instant plannedFrom,
            @Nullable Instant plannedTo,
            @Nullable List<Long> tasks) {}

    /**
     * An act on the tasks of a filter.
     *
     * @param priority with set_priority
     * @param batch with move; 0 for none
     * @param people with assign
     * @param expected how many tasks the preview found: with any other number nothing is done
     */
    record ActRequest(
            @Nullable TaskFilter filter,

            @Schema(allowableValues = {"cancel", "reopen", "set_priority", "move", "assign", "unassign"}) @Nullable
            String act,

            @Nullable Integer priority,
            @Nullable Integer batch,
            @Nullable List<UUID> people,
            @Nullable Integer expected) {}

    /**
     * To how many tasks an act would do something.
     *
     * @param first the first of them
     */
    record ActPreview(int tasks, List<Long> first) {}

    /** To how many tasks an act does something. */
    record ActBody(int tasks) {}
}
