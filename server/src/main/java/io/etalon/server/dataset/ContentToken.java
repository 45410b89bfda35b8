package io.etalon.server.dataset;

import io.etalon.server.base.ClientId;
import io.etalon.server.base.PersonId;
import io.etalon.server.base.ProjectId;
import java.time.Instant;
import java.util.UUID;

/** What a signed address says: who may read which asset in which session, and until when. */
record ContentToken(ClientId client, ProjectId project, UUID asset, PersonId viewer, String session, Instant until) {}
