package io.etalon.server.keys;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a client's key-encrypting key stands.
 *
 * @param versions newest first; empty before the client is opened for the first time
 * @param disabledAt since when the client lets it be used no more; null while it does
 */
public record KeyStanding(
        List<KeyVersion> versions, @Nullable Instant disabledAt) {
    public KeyStanding {
        versions = List.copyOf(versions);
    }

    public KeyVersion newest() {
        return versions.getFirst();
    }
}
