package io.etalon.server.dataset;

import io.etalon.server.base.ClientId;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.ProjectId;
import io.etalon.server.dataset.pack.Packs;
import io.etalon.server.keys.ClientKeys;
import io.etalon.server.tenant.TenantScope;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.HexFormat;
import java.util.UUID;

/**
 * The bytes of assets under a project's keys. Small texts lie in {@link Packs}, all else in objects: encrypted as they are written, bound to their asset's id (swapping two files makes both
 * unreadable), named by a keyed hash of their content. Thread-safe.
 */
final class SealedObjects {
    private final ClientKeys keys;
    private final AssetBytes objects;
    private final TenantScope scope;
    private final Packs packs;

    SealedObjects(ClientKeys keys, AssetBytes objects, TenantScope scope) {
        this.keys = keys;
        this.objects = objects;
        this.scope = scope;
        this.packs = new Packs(keys);
    }

    /** Where small texts are kept. */
    Packs packs() {
        return packs;
    }

    AssetBytes.Draft draft(ClientId client) throws IOException {
        return objects.draft(client);
    }

    /** Encrypts into a draft; closing it completes the ciphertext and leaves the draft to be sealed. */
    WritableByteChannel encrypting(Upload upload, UUID asset, AssetBytes.Draft draft) throws IOException {
        return keys.encrypting(upload.client(), upload.project(), context(asset), draft.sink());
    }

    /** The plain bytes of a sealed draft. */
    SeekableByteChannel read(Upload upload, UUID asset, AssetBytes.Draft draft) throws IOException {
        return keys.decrypting(upload.client(), upload.project(), context(asset), draft.read());
    }

    String nameOf(ClientId client, ProjectId project, byte[] sha256) {
        return keys.nameOf(client, project, sha256);
    }

    /**
     * The plain bytes of an asset; the first segment has been found unchanged.
     *
     * @throws EtalonException internal, when the object is missing, was changed, or belongs to another asset
     */
    SeekableByteChannel open(ClientId client, Asset asset) {
        if (!asset.type().startsWith("image/")) {
            var packed = scope.client(client, tx -> packs.find(tx, client, asset.project(), asset.id()));
            if (packed.isPresent()) {
                return new ArrayChannel(packed.get().text());
            }
        }
        var name = keys.nameOf(client, asset.project(), HexFormat.of().parseHex(asset.sha256()));
        try {
            var ciphertext = objects.open(client, name);
            try {
                var plain = keys.decrypting(client, asset.project(), context(asset.id()), ciphertext);
                // Before the first read the cipher knows neither its key nor its size.
                plain.read(ByteBuffer.allocate(1));
                return plain.position(0);
            } catch (IOException | RuntimeException e) {
                ciphertext.close();
                throw e;
            }
        } catch (IOException e) {
            throw new EtalonException(
                    AssetFaults.BYTES_LOST, "The bytes of asset " + asset.id() + " are missing or were changed.", e);
        }
    }

    static String context(UUID asset) {
        return "asset " + asset;
    }
}
