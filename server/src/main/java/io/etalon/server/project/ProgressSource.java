package io.etalon.server.project;

import io.etalon.server.base.ClientId;
import io.etalon.server.base.ProjectId;

/** Who knows where the work stands; the work engine, on a higher rung, implements it. */
public interface ProgressSource {
    Progress progress(ClientId client, ProjectId project);
}
