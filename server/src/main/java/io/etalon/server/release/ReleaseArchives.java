package io.etalon.server.release;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.etalon.ledger.ReleaseBundle;
import io.etalon.ledger.TlogProof;
import io.etalon.ledger.VerifierKey;
import io.etalon.server.base.ClientId;
import io.etalon.server.base.ErrorKind;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.ProjectId;
import io.etalon.server.dataset.Asset;
import io.etalon.server.dataset.AssetBytes;
import io.etalon.server.dataset.Assets;
import io.etalon.server.dataset.ObjectOwner;
import io.etalon.server.keys.ClientKeys;
import io.etalon.server.tenant.TenantScope;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;

/** The archives of releases as encrypted objects. An archive is there wholly or not at all. Thread-safe. */
@Component
final class ReleaseArchives implements ObjectOwner {
    private static final int BUFFER = 1 << 16;

    private final AssetBytes objects;
    private final ClientKeys keys;
    private final TenantScope scope;
    private final Assets assets;
    private final ReleaseStore store = new ReleaseStore();

    ReleaseArchives(AssetBytes objects, ClientKeys keys, TenantScope scope, Assets assets) {
        this.assets = assets;
        this.scope = scope;
        this.objects = objects;
        this.keys = keys;
    }

    /** The log's word on a release. */
    record Witness(byte[] entry, TlogProof proof, VerifierKey key) {}

    /** What was written. */
    record Written(String sha256, long size) {}

    Workbench workbench(ClientId client, Release release) {
        return new SealedWorkbench(objects, keys, client, release);
    }

    /** Those of some assets whose bytes are not the ones that came in: each is read to its end and hashed. */
    List<UUID> broken(ClientId client, List<Asset> named) {
        var broken = new ArrayList<UUID>();
        var buffer = ByteBuffer.allocate(BUFFER);
        for (var asset : named) {
            try (var bytes = assets.bytes(client, asset)) {
                var digest = sha256();
                while (bytes.read(buffer.clear()) >= 0) {
                    digest.update(buffer.flip());
                }
                if (!HexFormat.of().formatHex(digest.digest()).equals(asset.sha256())) {
                    broken.add(asset.id());
                }
            } catch (IOException e) {
                broken.add(asset.id());
            } catch (EtalonException e) {
                // A key that is away is no broken asset.
                if (e.code().kind() != ErrorKind.INTERNAL) {
                    throw e;
                }
                broken.add(asset.id());
            }
        }
        return broken;
    }

    /** Writes the archive and gives it its name, in place of what an interrupted attempt may have left. */
    Written write(ClientId client, Release release, ReleaseBundle bundle, Witness witness) throws IOException {
        var project = release.project();
        try (var draft = objects.draft(client)) {
            var digest = sha256();
            var cipher = keys.encrypting(client, project, context(release.number()), draft.sink());
            var counted = new Counted(new DigestOutputStream(Channels.newOutputStream(cipher), digest));
            try (var out = new BufferedOutputStream(counted, BUFFER)) {
                bundle.write(out, witness.entry(), witness.proof(), witness.key());
            }
            draft.seal();
            draft.keep(name(client, project, release.number()));
            return new Written(HexFormat.of().formatHex(digest.digest()), counted.size);
        }
    }

    /** The plain archive, decrypted as it is read; the caller closes. */
    SeekableByteChannel open(ClientId client, ProjectId project, int number) {
        try {
            return keys.decrypting(
                    client, project, context(number), objects.open(client, name(client, project, number)));
        } catch (IOException e) {
            throw new EtalonException(
                    ReleaseCodes.BYTES_LOST, "The archive of release " + number + " is missing or broken.", e);
        }
    }

    /** Of a release that is not ready, the name too: its archive may be about to be written. */
    @Override
    public void names(ClientId client, Consumer<String> consumer) {
        scope.client(client, store::numbers).forEach(one -> consumer.accept(name(client, one.project(), one.number())));
    }

    @Override
    public void kept(ClientId client, ProjectId project, Consumer<Kept> consumer) {
        scope.client(client, tx -> store.ready(tx, project))
                .forEach(number -> consumer.accept(new Kept(context(number).getBytes(UTF_8), context(number), null)));
    }

    private static String context(int number) {
        return "release " + number;
    }

    /** An asset's name is made from 32 bytes, a release's from fewer: none can take the other's place. */
    private String name(ClientId client, ProjectId project, int number) {
        return keys.nameOf(client, project, context(number).getBytes(UTF_8));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static final class Counted extends FilterOutputStream {
        private long size;

        Counted(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int b) throws IOException {
            out.write(b);
            size++;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
            size += length;
        }
    }
}
