package io.etalon.server.work.queue;

import io.etalon.server.base.ClientId;
import io.etalon.server.base.PersonId;
import java.util.Set;

/** What people are qualified for; asked at every lease of a queue that wants a qualification. Thread-safe. */
@FunctionalInterface
public interface QualificationSource {
    /** The keys of the qualifications that were granted to a person at a client and have not expired. */
    Set<String> of(ClientId client, PersonId person);
}
