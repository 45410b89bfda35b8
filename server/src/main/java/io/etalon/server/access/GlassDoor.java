package io.etalon.server.access;

import io.etalon.server.base.ClientId;
import io.etalon.server.base.PersonId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The port that says whether an operator may look into a client's content now. Thread-safe. */
@FunctionalInterface
public interface GlassDoor {
    /** The grant under which he may, asked from the database; null when there is none. */
    @Nullable
    UUID grant(PersonId operator, ClientId client);
}
