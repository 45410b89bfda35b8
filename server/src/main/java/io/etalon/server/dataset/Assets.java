package io.etalon.server.dataset;

import io.etalon.server.access.Caller;
import io.etalon.server.audit.AuditEvent;
import io.etalon.server.audit.AuditLog;
import io.etalon.server.audit.AuditOp;
import io.etalon.server.base.ClientId;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.Page;
import io.etalon.server.base.ProjectId;
import io.etalon.server.base.Tx;
import io.etalon.server.dataset.pack.AssetCounts;
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
    private final OpenAddresses reads;
    private final AssetStore store = new AssetStore();

    Assets(TenantScope scope, AuditLog log, SealedObjects objects, Ingest ingest, ContentTokens tokens, Clock clock) {
        this.scope = scope;
        this.log = log;
        this.objects = objects;
        this.ingest = ingest;
        this.tokens = tokens;
        this.clock = clock;
        this.reads = new OpenAddresses(clock);
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

    /** How many assets a project has, from a kept count. */
    public long count(ClientId client, ProjectId project) {
        return scope.client(client, tx -> AssetCounts.of(tx, project));
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
     * An address on the content origin under which the viewer can read the asset for {@link #SIGNED_FOR}, as long as the
     * session or key that asks is alive. Its VIEW entry is committed when this returns.
     */
    public SignedUrl sign(ClientId client, ProjectId project, UUID asset, Caller viewer) {
        return sign(client, get(client, project, asset), viewer);
    }

    /** The same for an asset at hand; the VIEW entry is committed together with those of others when this returns. */
    public SignedUrl sign(ClientId client, Asset asset, Caller viewer) {
        var made = unlogged(client, asset.project(), asset.id(), viewer);
        log.commit(client, made.view());
        return made.address();
    }

    /**
     * The same for a caller who commits the VIEW entry himself, before the address leaves. Asks no database.
     *
     * @param asset one that the project has
     */
    public UnloggedUrl unlogged(ClientId client, ProjectId project, UUID asset, Caller viewer) {
        var until = clock.instant().plus(SIGNED_FOR);
        var sealed = tokens.seal(new ContentToken(client, project, asset, viewer, until));
        return new UnloggedUrl(
                new SignedUrl(tokens.address(sealed), until),
                event(AuditOp.VIEW, project, asset, viewer).with("address", ContentTokens.nameOf(sealed)));
    }

    private static AuditEvent event(AuditOp op, ProjectId project, UUID asset, Caller viewer) {
        return AuditEvent.of(op, viewer.person(), viewer.via(), project).about(asset.toString());
    }

    /** Commits a VIEW entry and only then opens the bytes; the caller closes the channel. */
    SeekableByteChannel view(ClientId client, Asset asset, Caller viewer) {
        scope.clientDo(client, tx -> log.append(tx, event(AuditOp.VIEW, asset.project(), asset.id(), viewer)));
        return bytes(client, asset);
    }

    /**
     * Opens the bytes under a signed address; the caller closes the channel. Before the first of them leaves, a READ entry
     * is committed. Later reads of the same address within its minute are the same person's same look (a browser fetches
     * ranges and repeats what it did not cache), so they make no entry: the log tells looks, not packets, and a tiled
     * image does not fill it. A restart, or more open addresses than are remembered, costs a second entry, never a
     * missing one.
     *
     * @param address the address's {@linkplain ContentTokens#nameOf name}
     */
    SeekableByteChannel read(ContentToken token, String address, Asset asset) {
        if (!reads.knows(address)) {
            scope.clientDo(
                    token.client(),
                    tx -> log.append(
                            tx,
                            event(AuditOp.READ, asset.project(), asset.id(), token.viewer())
                                    .with("address", address)));
            reads.add(address, token.until());
        }
        return bytes(token.client(), asset);
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
