package io.etalon.server.custody;

import io.etalon.server.base.ClientId;
import io.etalon.server.base.ProjectId;
import io.etalon.server.dataset.AssetBytes;
import io.etalon.server.dataset.ObjectOwner;
import io.etalon.server.keys.ClientKeys;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** The objects of a project, whoever's they are. Thread-safe. */
@Component
final class KeptObjects {
    private static final int BUFFER = 1 << 16;

    private final ObjectProvider<ObjectOwner> owners;
    private final AssetBytes objects;
    private final ClientKeys keys;

    KeptObjects(ObjectProvider<ObjectOwner> owners, AssetBytes objects, ClientKeys keys) {
        this.owners = owners;
        this.objects = objects;
        this.keys = keys;
    }

    /** All that must be there. Memory: about 150 bytes each. */
    List<ObjectOwner.Kept> of(ClientId client, ProjectId project) {
        var all = new ArrayList<ObjectOwner.Kept>();
        owners.forEach(owner -> owner.kept(client, project, all::add));
        return all;
    }

    String nameOf(ClientId client, ProjectId project, ObjectOwner.Kept kept) {
        return keys.nameOf(client, project, kept.named());
    }

    /** Whether an object is there; its bytes are not read. */
    boolean isThere(ClientId client, ProjectId project, ObjectOwner.Kept kept) {
        try (var bytes = objects.open(client, nameOf(client, project, kept))) {
            return bytes.isOpen();
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Reads an object to its end.
     *
     * @throws IOException when it is gone, was changed, cut, or is another's
     */
    void read(ClientId client, ProjectId project, ObjectOwner.Kept kept) throws IOException {
        try (var ciphertext = objects.open(client, nameOf(client, project, kept));
                var plain = keys.decrypting(client, project, kept.context(), ciphertext)) {
            var buffer = ByteBuffer.allocate(BUFFER);
            while (plain.read(buffer) >= 0) {
                buffer.clear();
            }
        }
    }

    /**
     * Seals an object anew unless it is under the newest version of the key; readers see the old or the new whole.
     *
     * @return whether it was under an older one
     */
    boolean reseal(ClientId client, ProjectId project, ObjectOwner.Kept kept) throws IOException {
        var name = nameOf(client, project, kept);
        try (var ciphertext = objects.open(client, name)) {
            if (keys.isUnderNewest(client, project, kept.context(), ciphertext)) {
                return false;
            }
            try (var plain = keys.decrypting(client, project, kept.context(), ciphertext);
                    var draft = objects.draft(client)) {
                try (var sealed = keys.encrypting(client, project, kept.context(), draft.sink())) {
                    var buffer = ByteBuffer.allocate(BUFFER);
                    while (plain.read(buffer.clear()) >= 0) {
                        buffer.flip();
                        while (buffer.hasRemaining()) {
                            sealed.write(buffer);
                        }
                    }
                }
                draft.seal();
                draft.keep(name);
                return true;
            }
        }
    }
}
