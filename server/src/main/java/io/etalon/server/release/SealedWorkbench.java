package io.etalon.server.release;

import io.etalon.ledger.BundleContent;
import io.etalon.server.base.ClientId;
import io.etalon.server.dataset.AssetBytes;
import io.etalon.server.keys.ClientKeys;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Files as encrypted drafts that never get a name: nothing of a release lies on the disk in the clear. */
final class SealedWorkbench implements Workbench {
    private static final int BUFFER = 1 << 16;

    private final AssetBytes objects;
    private final ClientKeys keys;
    private final ClientId client;
    private final Release release;
    private final List<AssetBytes.Draft> drafts = new ArrayList<>();
    private final Map<String, BundleContent> files = new TreeMap<>();

    SealedWorkbench(AssetBytes objects, ClientKeys keys, ClientId client, Release release) {
        this.objects = objects;
        this.keys = keys;
        this.client = client;
        this.release = release;
    }

    @Override
    public OutputStream create(String path) throws IOException {
        var draft = objects.draft(client);
        drafts.add(draft);
        var context = "release " + release.number() + " draft " + path;
        var cipher = keys.encrypting(client, release.project(), context, draft.sink());
        return new BufferedOutputStream(Channels.newOutputStream(cipher), BUFFER) {
            private boolean closed;

            @Override
            public void close() throws IOException {
                if (!closed) {
                    closed = true;
                    super.close();
                    draft.seal();
                    files.put(
                            path,
                            () -> Channels.newInputStream(
                                    keys.decrypting(client, release.project(), context, draft.read())));
                }
            }
        };
    }

    @Override
    public Map<String, BundleContent> files() {
        return Map.copyOf(files);
    }

    @Override
    public void close() throws IOException {
        for (var draft : drafts) {
            draft.close();
        }
    }
}
