package io.etalon.server.work;

import io.etalon.server.base.ClientId;
import io.etalon.server.base.PersonId;
import io.etalon.server.base.ProjectId;
import io.etalon.server.dataset.ViewRight;
import io.etalon.server.tenant.TenantScope;
import io.etalon.server.work.engine.OpenLease;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Which assets somebody may look at again: those of the leases, reviews and adjudications that he holds now. Thread-safe. */
@Component
final class HeldAssets implements ViewRight {
    private final Dispatchers dispatchers;
    private final TenantScope scope;
    private final MergeStore merges = new MergeStore();
    private final TaskStore tasks = new TaskStore();

    HeldAssets(Dispatchers dispatchers, TenantScope scope) {
        this.dispatchers = dispatchers;
        this.scope = scope;
    }

    @Override
    public boolean mayView(ClientId client, ProjectId project, UUID asset, PersonId person) {
        var dispatcher = dispatchers.of(client);
        for (var kind : OpenLease.Kind.values()) {
            if (dispatcher.held(project, person, kind).stream().anyMatch(lease -> asset.equals(lease.assetId()))) {
                return true;
            }
        }
        return scope.client(client, tx -> {
            var adjudicated = merges.held(tx, project, person).stream()
                    .map(MergeStore.Held::task)
                    .toList();
            return !adjudicated.isEmpty() && tasks.assets(tx, adjudicated).containsValue(asset);
        });
    }
}
