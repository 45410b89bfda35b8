package io.etalon.server.work.queue;

import io.etalon.server.access.Checks;
import io.etalon.server.base.ClientId;
import io.etalon.server.base.ProjectId;
import io.etalon.server.tenant.TenantScope;
import io.etalon.server.work.engine.Pick;
import io.etalon.server.work.state.TaskState;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Makes of a filter, as a requester states it, what a queue can pick by. Thread-safe. */
@Component
final class TaskFilters {
    private static final int MOST_NAMED = 10_000;

    private final TenantScope scope;
    private final Batches batches;
    private final FilterStore store = new FilterStore();

    TaskFilters(TenantScope scope, Batches batches) {
        this.scope = scope;
        this.batches = batches;
    }

    /** @throws io.etalon.server.base.EtalonException invalid, with the member's place */
    Pick pick(ClientId client, ProjectId project, QueueBodies.@Nullable TaskFilter asked) {
        var filter = Checks.required(asked, "/filter");
        var batch = filter.batch();
        if (batch != null && batch != 0 && !batches.has(client, project, batch)) {
            throw Checks.fault("/filter/batch", "is " + batch + "; there is no such batch, and 0 are those in none");
        }
        return new Pick(state(filter.state()), filter.batch(), filter.priority(), among(client, project, filter));
    }

    private static @Nullable TaskState state(@Nullable String key) {
        return key == null
                ? null
                : TaskState.ofKey(key).orElseThrow(() -> Checks.fault("/filter/state", "is not a state of a task"));
    }

    private long @Nullable [] among(ClientId client, ProjectId project, QueueBodies.TaskFilter filter) {
        var named = filter.tasks();
        if (named != null && named.size() > MOST_NAMED) {
            throw Checks.fault("/filter/tasks", "may name " + MOST_NAMED + " tasks at most");
        }
        var numbers = named == null
                ? null
                : named.stream().mapToLong(task -> task).sorted().distinct().toArray();
        if (filter.assetName() == null && filter.plannedFrom() == null && filter.plannedTo() == null) {
            return numbers;
        }
        var found = scope.client(
                client, tx -> store.tasks(tx, project, filter.assetName(), filter.plannedFrom(), filter.plannedTo()));
        return numbers == null
                ? found
                : Arrays.stream(numbers)
                        .filter(task -> Arrays.binarySearch(found, task) >= 0)
                        .toArray();
    }
}
