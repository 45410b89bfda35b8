package io.etalon.server.access;

import io.etalon.server.base.ClientId;
import java.util.Optional;
import java.util.UUID;

/** What invitations need to know of workforces; told by the package above that owns them. Thread-safe. */
@FunctionalInterface
public interface WorkforceNames {
    /** The name of a workforce of this client; empty when it has none with this id. */
    Optional<String> name(ClientId client, UUID workforce);
}
