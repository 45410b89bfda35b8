package io.etalon.server.dataset;

import io.etalon.server.base.ClientId;
import io.etalon.server.base.ProjectId;
import io.etalon.server.tenant.TenantScope;
import java.util.HexFormat;
import java.util.function.Consumer;

/** The objects in which assets lie. Thread-safe. */
final class AssetsObjects implements ObjectOwner {
    private final TenantScope scope;
    private final SealedObjects objects;
    private final AssetStore store = new AssetStore();

    AssetsObjects(TenantScope scope, SealedObjects objects) {
        this.scope = scope;
        this.objects = objects;
    }

    @Override
    public void names(ClientId client, Consumer<String> consumer) {
        scope.clientDo(
                client,
                tx -> store.eachHash(
                        tx,
                        (project, sha256) -> consumer.accept(
                                objects.nameOf(client, project, HexFormat.of().parseHex(sha256)))));
    }

    @Override
    public void kept(ClientId client, ProjectId project, Consumer<Kept> consumer) {
        scope.clientDo(
                client,
                tx -> store.eachObject(
                        tx,
                        project,
                        (asset, sha256) -> consumer.accept(new Kept(sha256, SealedObjects.context(asset), asset))));
    }
}
