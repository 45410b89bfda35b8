package io.etalon.server.dataset;

import io.etalon.server.base.ClientId;
import io.etalon.server.base.PersonId;
import io.etalon.server.base.ProjectId;
import io.etalon.server.base.Tx;
import java.nio.channels.SeekableByteChannel;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Service;

/** A project's assets. Thread-safe. */
@Service
public final class Assets {
    public Asset get(ClientId client, ProjectId project, UUID id) {
        throw new UnsupportedOperationException();
    }

    public Map<UUID, Asset> getAll(ClientId client, ProjectId project, Collection<UUID> ids) {
        throw new UnsupportedOperationException();
    }

    public SignedUrl sign(ClientId client, ProjectId project, UUID asset, PersonId viewer, String session) {
        throw new UnsupportedOperationException();
    }

    /** The same inside the caller's transaction: hand the URL out after the commit only. */
    public SignedUrl sign(
            Tx clientTx, ClientId client, ProjectId project, UUID asset, PersonId viewer, String session) {
        throw new UnsupportedOperationException();
    }

    /** The plain bytes, for a feature that has written its own audit entry. */
    public SeekableByteChannel bytes(ClientId client, Asset asset) {
        throw new UnsupportedOperationException();
    }
}
