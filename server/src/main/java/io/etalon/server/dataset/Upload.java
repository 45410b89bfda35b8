package io.etalon.server.dataset;

import io.etalon.server.base.ClientId;
import io.etalon.server.base.PersonId;
import io.etalon.server.base.ProjectId;

/**
 * Where bytes go and who brings them.
 *
 * @param via how the person was known, as the audit log says it
 */
public record Upload(ClientId client, ProjectId project, PersonId person, String via) {}
