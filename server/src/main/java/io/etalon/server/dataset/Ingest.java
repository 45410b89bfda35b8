package io.etalon.server.dataset;

import io.etalon.annotation.AssetExtent;
import io.etalon.annotation.AssetExtent.ImageExtent;
import io.etalon.annotation.AssetExtent.TextExtent;
import io.etalon.formats.media.AssetType;
import io.etalon.formats.media.ImageHeader;
import io.etalon.formats.media.ImageHeader.Reading;
import io.etalon.formats.media.Utf8Check;
import io.etalon.server.audit.AuditEvent;
import io.etalon.server.audit.AuditLog;
import io.etalon.server.audit.AuditOp;
import io.etalon.server.base.ContentHash;
import io.etalon.server.base.ErrorCode;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.Ids;
import io.etalon.server.base.Tx;
import io.etalon.server.dataset.pack.Packs;
import io.etalon.server.event.EventKind;
import io.etalon.server.event.Events;
import io.etalon.server.tenant.TenantScope;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.time.Clock;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;

/**
 * Takes bytes in. They are judged by their beginning, then hashed and encrypted while they stream into a draft; the draft
 * gets its name inside the transaction that adds the row, as the last act before the commit. So a row never points to
 * nothing, and what is left of an upload that failed is at most an object that no row names. Thread-safe.
 */
final class Ingest {
    /** What came of an upload: the asset, and whether its bytes were new to the project. */
    record Taken(Asset asset, boolean isNew) {}

    /** What the streaming of the bytes has told. */
    private record Measured(byte[] sha256, long size, long codePoints) {}

    private record Judged(AssetExtent extent, int orientation) {}

    private static final int CHUNK = 64 << 10;
    /** The header of an image must end before this byte; a longer one is not worth the memory. */
    private static final int LONGEST_HEADER = 16 << 20;

    private final TenantScope scope;
    private final AuditLog log;
    private final Events events;
    private final SealedObjects objects;
    private final Admission admission;
    private final Ids ids;
    private final Clock clock;
    private final AssetStore store = new AssetStore();

    Ingest(
            TenantScope scope,
            AuditLog log,
            Events events,
            SealedObjects objects,
            Admission admission,
            Ids ids,
            Clock clock) {
        this.scope = scope;
        this.log = log;
        this.events = events;
        this.objects = objects;
        this.admission = admission;
        this.ids = ids;
        this.clock = clock;
    }

    Admission admission() {
        return admission;
    }

    /**
     * Takes one asset.
     *
     * @param body read to its end, or to the first byte too many
     * @throws EtalonException with a code of {@link AssetFaults}; nothing is kept then
     */
    Taken take(Upload upload, String name, InputStream body) {
        admission.requireProject(upload);
        Admission.requireName(name);
        var start = new byte[ImageHeader.PREFIX];
        var length = read(body, start);
        var type = admission.requireType(upload, start, length);
        if (type.isImage() && ImageHeader.read(start, length) instanceof Reading.Found(var header)) {
            admission.requirePixels(header);
        }
        if (!type.isImage() && length <= Packs.SMALL) {
            return keep(upload, name, type, Arrays.copyOf(start, length));
        }
        var whole = new SequenceInputStream(new ByteArrayInputStream(start, 0, length), body);
        var id = ids.next();
        try (var draft = objects.draft(upload.client())) {
            var measured = stream(upload, id, type, draft, whole);
            draft.seal();
            var judged = judge(upload, id, type, draft, measured);
            var asset = new Asset(
                    id,
                    upload.project(),
                    name,
                    HexFormat.of().formatHex(measured.sha256()),
                    type.mediaType(),
                    measured.size(),
                    judged.extent(),
                    clock.instant());
            return keep(upload, asset, judged.orientation(), measured, draft);
        } catch (IOException e) {
            throw AssetFaults.writing(e);
        }
    }

    /** A small text, whole: it lies in a row. */
    private Taken keep(Upload upload, String name, AssetType type, byte[] text) {
        var utf8 = new Utf8Check();
        utf8.feed(text, 0, text.length);
        utf8.finish();
        Admission.requireUtf8(utf8);
        var hash = HexFormat.of().formatHex(ContentHash.digest().digest(text));
        var asset = new Asset(
                ids.next(),
                upload.project(),
                name,
                hash,
                type.mediaType(),
                text.length,
                new TextExtent(utf8.codePoints()),
                clock.instant());
        return scope.client(upload.client(), tx -> {
            var known = store.findByHash(tx, upload.project(), hash);
            if (known.isPresent()) {
                return there(tx, known.get());
            }
            var pack = objects.packs().keep(tx, upload.client(), upload.project(), asset.id(), text);
            if (!store.insertIfNew(tx, asset, 1, pack)) {
                throw new EtalonException(ErrorCode.CONFLICT, "The same text is just being taken in; try again.");
            }
            tell(tx, upload, asset);
            return new Taken(asset, true);
        });
    }

    private Measured stream(Upload upload, UUID id, AssetType type, AssetBytes.Draft draft, InputStream body)
            throws IOException {
        var digest = ContentHash.digest();
        var utf8 = type.isImage() ? null : new Utf8Check();
        var size = 0L;
        var chunk = new byte[CHUNK];
        try (var sink = objects.encrypting(upload, id, draft)) {
            for (var count = read(body, chunk); count > 0; count = read(body, chunk)) {
                size += count;
                admission.requireSize(type, size);
                digest.update(chunk, 0, count);
                if (utf8 != null) {
                    utf8.feed(chunk, 0, count);
                    Admission.requireUtf8(utf8);
                }
                var bytes = ByteBuffer.wrap(chunk, 0, count);
                while (bytes.hasRemaining()) {
                    sink.write(bytes);
                }
            }
        }
        if (utf8 != null) {
            utf8.finish();
            Admission.requireUtf8(utf8);
        }
        return new Measured(digest.digest(), size, utf8 == null ? 0 : utf8.codePoints());
    }

    /** Fills the buffer unless the body ends; a body that breaks off is the sender's fault, not the disk's. */
    private static int read(InputStream body, byte[] buffer) {
        try {
            return body.readNBytes(buffer, 0, buffer.length);
        } catch (IOException e) {
            throw new EtalonException(AssetFaults.CUT_OFF, "The upload broke off; nothing of it was kept.", e);
        }
    }

    /** Reads an image's header back from the draft, in growing prefixes: behind EXIF blocks it may stand far inside. */
    private Judged judge(Upload upload, UUID id, AssetType type, AssetBytes.Draft draft, Measured measured)
            throws IOException {
        if (!type.isImage()) {
            return new Judged(new TextExtent(measured.codePoints()), 1);
        }
        try (var plain = objects.read(upload, id, draft)) {
            var prefix = new byte[0];
            for (var wanted = ImageHeader.PREFIX; ; wanted *= 4) {
                var target = (int) Math.min(wanted, Math.min(measured.size(), LONGEST_HEADER));
                prefix = grown(prefix, target, plain);
                switch (ImageHeader.read(prefix, prefix.length)) {
                    case Reading.Found(var header) -> {
                        admission.requirePixels(header);
                        var extent = new ImageExtent(header.displayWidth(), header.displayHeight());
                        return new Judged(extent, header.orientation());
                    }
                    case Reading.Refused(var reason) ->
                        throw new EtalonException(
                                AssetFaults.UNSUPPORTED, "The image cannot be taken: " + reason + ".");
                    case Reading.NeedsMore() -> {
                        if (target == measured.size() || target == LONGEST_HEADER) {
                            throw new EtalonException(
                                    AssetFaults.UNSUPPORTED, "The image ends before its header does.");
                        }
                    }
                }
            }
        }
    }

    private static byte[] grown(byte[] prefix, int target, SeekableByteChannel plain) throws IOException {
        var buffer = ByteBuffer.allocate(target).put(prefix);
        while (buffer.hasRemaining() && plain.read(buffer) >= 0) {
            // Reads go on until the prefix is full; the size was counted, so the end cannot come first.
        }
        return buffer.array();
    }

    private Taken keep(Upload upload, Asset asset, int orientation, Measured measured, AssetBytes.Draft draft) {
        var name = objects.nameOf(upload.client(), upload.project(), measured.sha256());
        return scope.client(upload.client(), tx -> {
            if (!store.insertIfNew(tx, asset, orientation, null)) {
                return there(
                        tx,
                        store.findByHash(tx, upload.project(), asset.sha256()).orElseThrow());
            }
            tell(tx, upload, asset);
            try {
                draft.keep(name);
            } catch (IOException e) {
                throw AssetFaults.writing(e);
            }
            return new Taken(asset, true);
        });
    }

    /** The same bytes are the same asset, whose deletion is undone, not forgotten. */
    private Taken there(Tx tx, Asset asset) {
        if (store.isDeleted(tx, asset)) {
            throw new EtalonException(
                    AssetFaults.DELETED,
                    "Asset " + asset.id() + " has these bytes and was deleted. Bring it back, or wait until it is gone"
                            + " for good.");
        }
        return new Taken(asset, false);
    }

    private void tell(Tx tx, Upload upload, Asset asset) {
        events.append(tx, upload.client(), upload.project(), EventKind.ASSETS_ADDED, Map.of("assets", 1));
        log.append(
                tx,
                AuditEvent.of(AuditOp.INGEST, upload.person(), upload.via(), upload.project())
                        .about(asset.id().toString())
                        .with(Map.of("sha256", asset.sha256(), "size", asset.size(), "type", asset.type())));
    }
}
