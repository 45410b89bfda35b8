package io.etalon.server.dataset;

import io.etalon.server.access.Caller;
import io.etalon.server.base.ClientId;
import io.etalon.server.base.ProjectId;
import java.time.Instant;
import java.util.UUID;

/** What a signed address says: who may read which asset under which session or key, and until when. */
record ContentToken(ClientId client, ProjectId project, UUID asset, Caller viewer, Instant until) {}
