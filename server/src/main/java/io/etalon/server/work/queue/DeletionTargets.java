package io.etalon.server.work.queue;

import io.etalon.server.access.Checks;
import io.etalon.server.base.ClientId;
import io.etalon.server.base.ErrorCode;
import io.etalon.server.base.ErrorKind;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.ProjectId;
import io.etalon.server.dataset.DeletedAssets;
import io.etalon.server.tenant.TenantScope;
import io.etalon.server.work.engine.Pick;
import io.etalon.server.work.engine.Tally;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.ObjectMapper;

/** Makes of a request for a deletion, as a requester states it, what it is about. Thread-safe. */
@Component
final class DeletionTargets {
    static final ErrorCode OTHER_ANSWERS = ErrorCode.of(
            "answers-changed", ErrorKind.CONFLICT, "The tasks have another number of answers than expected");
    static final ErrorCode OTHER_ASSETS =
            ErrorCode.of("assets-changed", ErrorKind.CONFLICT, "There is another number of assets than expected");
    private static final int MOST_NAMED = 10_000;
    private static final int MOST_ASSETS = 200_000;

    private final TenantScope scope;
    private final TaskFilters filters;
    private final DeletedAssets assets;
    private final DeletionStore store;

    DeletionTargets(TenantScope scope, TaskFilters filters, DeletedAssets assets, ObjectMapper json) {
        this.scope = scope;
        this.filters = filters;
        this.assets = assets;
        this.store = new DeletionStore(json);
    }

    /**
     * What a deletion is about.
     *
     * @param filter as it was asked for
     * @param assets none when the tasks of a filter are deleted
     */
    record Target(DeletionScope scope, Object filter, Pick pick, List<UUID> assets) {
        Deletion.Counted counted(Tally tally) {
            return new Deletion.Counted(tally.tasks(), tally.answers(), tally.decisions(), assets.size());
        }
    }

    /** @throws EtalonException invalid, with the member's place */
    Target of(ClientId client, ProjectId project, DeletionBodies.DeletionRequest request) {
        var asked = request.assets();
        if (asked == null) {
            var filter = Checks.required(request.filter(), "/filter");
            return new Target(DeletionScope.TASKS, filter, filters.pick(client, project, filter), List.of());
        }
        if (request.filter() != null) {
            throw Checks.fault("/assets", "cannot be given together with /filter");
        }
        var found = found(client, project, asked);
        var tasks = scope.client(client, tx -> store.tasksOf(tx, project, found));
        return new Target(DeletionScope.ASSETS, asked, new Pick(null, null, null, tasks), found);
    }

    private List<UUID> found(ClientId client, ProjectId project, DeletionBodies.AssetFilter asked) {
        var ids = asked.ids();
        if (ids == null && asked.name() == null) {
            throw Checks.fault("/assets", "must have ids or a name");
        }
        if (ids != null && ids.size() > MOST_NAMED) {
            throw Checks.fault("/assets/ids", "may name " + MOST_NAMED + " assets at most");
        }
        for (var i = 0; ids != null && i < ids.size(); i++) {
            Checks.required(ids.get(i), "/assets/ids/" + i);
        }
        var name = asked.name() == null ? null : Checks.text(asked.name(), "/assets/name", 500);
        var found = scope.client(client, tx -> assets.find(tx, project, ids, name, MOST_ASSETS + 1));
        if (found.size() > MOST_ASSETS) {
            throw Checks.fault("/assets", "finds more than " + MOST_ASSETS + " assets; delete them in parts");
        }
        return found;
    }

    /** What a preview found, to be found again. */
    record Expected(int tasks, long answers, long assets) {
        static Expected of(DeletionBodies.DeletionRequest request) {
            return new Expected(
                    Checks.required(request.expected(), "/expected"),
                    Checks.required(request.expectedAnswers(), "/expectedAnswers"),
                    request.assets() == null ? 0 : Checks.required(request.expectedAssets(), "/expectedAssets"));
        }

        /** @throws EtalonException invalid, when there is nothing to delete; conflict, when there is something else */
        void check(Target target, Tally tally) {
            var found = target.assets().size();
            if (tally.tasks() == 0 && tasks == 0 && found == 0 && assets == 0) {
                var what = target.scope() == DeletionScope.TASKS ? "task" : "asset";
                throw Checks.fault(
                        target.scope() == DeletionScope.TASKS ? "/filter" : "/assets",
                        "finds no " + what + "; nothing was deleted");
            }
            refuse(found == assets ? null : OTHER_ASSETS, found + " assets are found now, not " + assets);
            refuse(
                    tally.tasks() == tasks ? null : BulkActs.OTHER_COUNT,
                    "The filter finds " + tally.tasks() + " tasks now, not " + tasks);
            refuse(
                    tally.answers() == answers ? null : OTHER_ANSWERS,
                    "The tasks have " + tally.answers() + " answers now, not " + answers);
        }

        private static void refuse(@Nullable ErrorCode code, String found) {
            if (code != null) {
                throw new EtalonException(code, found + "; nothing was deleted. Look at a preview again.");
            }
        }
    }
}
