package io.etalon.server.wall;

import io.etalon.server.base.ClientId;
import io.etalon.server.base.ProjectId;

/** What requests to export need to know of projects; told by the package above that owns them. Thread-safe. */
@FunctionalInterface
public interface KnownProjects {
    /** Whether the client has this project. */
    boolean has(ClientId client, ProjectId project);
}
