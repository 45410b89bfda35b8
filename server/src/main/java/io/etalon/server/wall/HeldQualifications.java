package io.etalon.server.wall;

import io.etalon.server.base.ClientId;
import io.etalon.server.base.PersonId;
import java.util.Set;

/** The port that says what a person is qualified for at a client now; a feature above answers, from memory. Thread-safe. */
@FunctionalInterface
public interface HeldQualifications {
    Set<String> of(ClientId client, PersonId person);
}
