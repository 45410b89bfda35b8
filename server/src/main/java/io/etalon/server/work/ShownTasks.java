package io.etalon.server.work;

import io.etalon.server.access.ClientCaller;
import io.etalon.server.base.ClientId;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.ProjectId;
import io.etalon.server.dataset.Asset;
import io.etalon.server.dataset.AssetBody;
import io.etalon.server.dataset.Assets;
import io.etalon.server.work.engine.OpenLease;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The task of a lease as its holder sees it: what is told of the asset, and a signed address whose VIEW entry is
 * committed, most often with the grant itself. Tasks leave in order, so the assets of a task's neighbours are read with
 * its own, in one query a few hundred tasks; what an asset's row says never changes. Keeps two generations of
 * {@value #GENERATION} assets, some five megabytes. Thread-safe.
 */
@Component
final class ShownTasks {
    private static final int GENERATION = 8_192;
    /** An address that came with the grant and has less time left than this is made anew. */
    private static final Duration STILL_GOOD = Assets.SIGNED_FOR.minusSeconds(10);

    private record Key(ClientId client, UUID asset) {}

    private final Dispatchers dispatchers;
    private final Assets assets;
    private final Clock clock;
    private final ReentrantLock reading = new ReentrantLock();
    private volatile ConcurrentMap<Key, Asset> young = new ConcurrentHashMap<>();
    private volatile ConcurrentMap<Key, Asset> old = new ConcurrentHashMap<>();

    ShownTasks(Dispatchers dispatchers, Assets assets, Clock clock) {
        this.dispatchers = dispatchers;
        this.assets = assets;
        this.clock = clock;
    }

    /** @throws EtalonException not found, when the project has the asset no more */
    WorkBodies.TaskBody of(ClientCaller caller, ProjectId project, OpenLease lease) {
        var client = caller.client().id();
        var asset = asset(client, project, lease);
        lease.showing(asset.extent());
        var content = lease.takeView()
                .filter(view -> clock.instant().plus(STILL_GOOD).isBefore(view.until()))
                .map(view -> new WorkBodies.Content(view.url(), view.until()))
                .orElseGet(() -> {
                    var signed = assets.sign(client, asset, caller.caller());
                    return new WorkBodies.Content(signed.url(), signed.expiresAt());
                });
        return new WorkBodies.TaskBody(lease.task, AssetBody.of(asset, 1), content);
    }

    private Asset asset(ClientId client, ProjectId project, OpenLease lease) {
        var key = new Key(client, lease.assetId());
        var known = known(key);
        return known == null ? read(client, project, lease, key) : known;
    }

    private @Nullable Asset known(Key key) {
        var asset = young.get(key);
        return asset == null ? old.get(key) : asset;
    }

    /** One reads; who comes for a neighbour meanwhile waits and finds it. */
    private Asset read(ClientId client, ProjectId project, OpenLease lease, Key key) {
        reading.lock();
        try {
            var known = known(key);
            return known == null ? readNear(client, project, lease, key) : known;
        } finally {
            reading.unlock();
        }
    }

    private Asset readNear(ClientId client, ProjectId project, OpenLease lease, Key key) {
        var near = assets.getAll(client, project, dispatchers.of(client).assetsNear(project, lease));
        if (young.size() + near.size() > GENERATION) {
            old = young;
            young = new ConcurrentHashMap<>();
        }
        near.forEach((id, asset) -> young.put(new Key(client, id), asset));
        var asset = near.get(key.asset());
        if (asset == null) {
            throw EtalonException.notFound();
        }
        return asset;
    }
}
