package io.etalon.server.dataset;

import io.etalon.server.base.ClientId;
import io.etalon.server.base.PersonId;
import io.etalon.server.base.ProjectId;
import java.util.UUID;

/** The port that says which assets an annotator may look at; the work feature answers from his leases. Thread-safe. */
@FunctionalInterface
public interface ViewRight {
    /** Whether the person holds a lease or review on a task of this asset now. */
    boolean mayView(ClientId client, ProjectId project, UUID asset, PersonId person);
}
