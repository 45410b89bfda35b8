package io.etalon.server.dataset;

import io.etalon.server.audit.AuditEvent;
import io.etalon.server.audit.AuditLog;
import io.etalon.server.audit.AuditOp;
import io.etalon.server.base.ClientId;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.Page;
import io.etalon.server.base.PersonId;
import io.etalon.server.base.ProjectId;
import io.etalon.server.base.Tx;
import io.etalon.server.tenant.TenantScope;
import java.io.InputStream;
import java.nio.channels.SeekableByteChannel;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Service;

/** A project's assets: found, listed, taken in, and shown only after a {@code VIEW} entry is committed. Thread-safe. */
@Service
public final class Assets {
    /** How long a signed address opens its asset. */
    public static final Duration SIGNED_FOR = Duration.ofSeconds(60);

    private final TenantScope scope;
    private final AuditLog log;
    private final SealedObjects objects;
    private final Ingest ingest;
    private final ContentTokens tokens;
    private final Clock clock;
    private final AssetStore store = new AssetStore();

    Assets(TenantScope scope, AuditLog log, SealedObjects objects, Ingest ingest, ContentTokens tokens, Clock clock) {
        this.scope = scope;
        this.log = log;
        this.objects = objects;
        this.ingest = ingest;
        this.tokens = tokens;
        this.clock = clock;
    }

    /** @throws EtalonException not found, when the project has no such asset */
    public Asset get(ClientId client, ProjectId project, UUID id) {
        return scope.client(client, tx -> get(tx, project, id));
    }

    /** The same inside the caller's transaction. */
    public Asset get(Tx clientTx, ProjectId project, UUID id) {
        return store.find(clientTx, project, id).orElseThrow(EtalonException::notFound);
    }

    /** Those of the assets that the project has, in no order. */
    public Map<UUID, Asset> getAll(ClientId client, ProjectId project, Collection<UUID> ids) {
        var found = scope.client(client, tx -> store.findAll(tx, project, ids));
        var byId = new LinkedHashMap<UUID, Asset>();
        found.forEach(asset -> byId.put(asset.id(), asset));
        return byId;
    }

    /** All assets of a project, in the order they came in. */
    public List<UUID> ids(ClientId client, ProjectId project) {
        return scope.client(client, tx -> store.ids(tx, project));
    }

    /** How many assets a project has. */
    public long count(ClientId client, ProjectId project) {
        return scope.client(client, tx -> store.count(tx, project));
    }

    Page<Asset> list(ClientId client, ProjectId project, AssetQuery query) {
        return scope.client(client, tx -> store.list(tx, project, query));
    }

    /**
     * Takes one asset in; the same bytes in the same project are the same asset.
     *
     * @param name a label, 1 to 500 characters
     * @param body read to its end
     * @return the asset that now has these bytes, which may bear the name of an earlier upload
     * @throws EtalonException when the bytes are not what the project takes; nothing is kept then
     */
    public Asset add(Upload upload, String name, InputStream body) {
        return ingest.take(upload, name, body).asset();
    }

    /**
     * An address on the content origin under which the viewer's session can read the asset for {@link #SIGNED_FOR}. Its
     * VIEW entry is committed when this returns.
     *
     * @param session the id of the session or key that asks
     */
    public SignedUrl sign(ClientId client, ProjectId project, UUID asset, PersonId viewer, String session) {
        return scope.client(client, tx -> sign(tx, client, get(tx, project, asset), viewer, session));
    }

    /** The same with the VIEW entry in the caller's transaction: the address may be handed out after its commit only. */
    public SignedUrl sign(Tx clientTx, ClientId client, Asset asset, PersonId viewer, String session) {
        logView(clientTx, asset, viewer, "session");
        var until = clock.instant().plus(SIGNED_FOR);
        return tokens.sign(new ContentToken(client, asset.project(), asset.id(), viewer, session, until));
    }

    private void logView(Tx tx, Asset asset, PersonId viewer, String via) {
        log.append(
                tx,
                AuditEvent.of(AuditOp.VIEW, viewer, via, asset.project())
                        .about(asset.id().toString()));
    }

    /** Commits a VIEW entry and only then opens the bytes; the caller closes the channel. */
    SeekableByteChannel view(ClientId client, Asset asset, PersonId viewer, String via) {
        scope.clientDo(client, tx -> logView(tx, asset, viewer, via));
        return bytes(client, asset);
    }

    /**
     * The plain bytes, decrypted as they are read, for a feature that has committed an audit entry of its own. Changed or
     * missing bytes fail the reading. The caller closes the channel.
     *
     * @throws EtalonException internal, when the object is not there
     */
    public SeekableByteChannel bytes(ClientId client, Asset asset) {
        return objects.open(client, asset);
    }
}
