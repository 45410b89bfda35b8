package io.etalon.server.dataset;

import io.etalon.server.base.ClientId;
import io.etalon.server.base.ProjectId;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;

/** The port through which lists of assets show how many tasks each has; the work feature answers it. Thread-safe. */
@FunctionalInterface
public interface TaskCounts {
    /** The number of tasks of each asset; an asset without tasks may be left out. */
    Map<UUID, Integer> of(ClientId client, ProjectId project, Collection<UUID> assets);
}
