package io.etalon.server.work;

import io.etalon.server.base.ClientId;
import io.etalon.server.base.PersonId;
import io.etalon.server.base.ProjectId;
import io.etalon.server.dataset.ViewRight;
import io.etalon.server.work.engine.OpenLease;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Which assets an annotator may look at again: those of the leases and reviews that he holds now. Thread-safe. */
@Component
final class HeldAssets implements ViewRight {
    private final Dispatchers dispatchers;

    HeldAssets(Dispatchers dispatchers) {
        this.dispatchers = dispatchers;
    }

    @Override
    public boolean mayView(ClientId client, ProjectId project, UUID asset, PersonId person) {
        var dispatcher = dispatchers.of(client);
        for (var kind : OpenLease.Kind.values()) {
            if (dispatcher.held(project, person, kind).stream().anyMatch(lease -> asset.equals(lease.assetId()))) {
                return true;
            }
        }
        return false;
    }
}
