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
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.Ids;
import io.etalon.server.keys.ClientKeys;
import io.etalon.server.tenant.TenantScope;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
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
    private final ClientKeys keys;
    private final AuditLog log;
    private final AssetBytes objects;
    private final ProjectDoor door;
    private final IngestLimits limits;
    private final Ids ids;
    private final Clock clock;
    private final AssetStore store = new AssetStore();

    Ingest(
            TenantScope scope,
            ClientKeys keys,
            AuditLog log,
            AssetBytes objects,
            ProjectDoor door,
            IngestLimits limits,
            Ids ids,
            Clock clock) {
        this.scope = scope;
        this.keys = keys;
        this.log = log;
        this.objects = objects;
        this.door = door;
        this.limits = limits;
        this.ids = ids;
        this.clock = clock;
    }

    IngestLimits limits() {
        return limits;
    }

    /**
     * Takes one asset.
     *
     * @param body read to its end, or to the first byte too many
     * @throws EtalonException with a code of {@link AssetFaults}; nothing is kept then
     */
    Taken take(Upload upload, String name, InputStream body) {
        requireProject(upload);
        requireName(name);
        var start = new byte[ImageHeader.PREFIX];
        var length = read(body, start);
        var type = AssetType.sniff(start, length, length < start.length);
        requireType(upload, type, start, length);
        if (type.isImage() && ImageHeader.read(start, length) instanceof Reading.Found found) {
            requirePixels(found.header());
        }
        var id = ids.next();
        try (var draft = objects.draft(upload.client())) {
            var measured = stream(upload, id, type, draft, start, length, body);
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

    void requireProject(Upload upload) {
        door.require(upload.client(), upload.project());
    }

    private static void requireName(String name) {
        if (name.isBlank() || name.length() > 500 || name.chars().anyMatch(Character::isISOControl)) {
            throw EtalonException.invalid("name must have 1 to 500 characters and no control character");
        }
    }

    private void requireType(Upload upload, AssetType type, byte[] start, int length) {
        if (length == 0) {
            throw new EtalonException(AssetFaults.EMPTY, "The upload has no bytes.");
        }
        if (door.takes(upload.client(), upload.project(), type)) {
            return;
        }
        if (type == AssetType.UNKNOWN && door.takes(upload.client(), upload.project(), AssetType.TEXT)) {
            var check = new Utf8Check();
            check.feed(start, 0, length);
            if (length < start.length) {
                check.finish();
            }
            requireUtf8(check);
        }
        throw new EtalonException(
                AssetFaults.UNSUPPORTED,
                "By its bytes this is " + type.mediaType() + ", which this project does not take.");
    }

    private static void requireUtf8(Utf8Check check) {
        if (!check.isSound()) {
            throw new EtalonException(
                    AssetFaults.BROKEN_UTF8, "The text is not UTF-8 from byte " + check.faultOffset() + " on.");
        }
    }

    private void requirePixels(ImageHeader header) {
        if (header.width() > limits.side() || header.height() > limits.side() || header.pixels() > limits.pixels()) {
            throw new EtalonException(
                    AssetFaults.PIXEL_FLOOD,
                    "The image claims " + header.width() + " × " + header.height() + " pixels; at most "
                            + limits.pixels() + " pixels and " + limits.side() + " a side are taken.");
        }
    }

    private Measured stream(
            Upload upload, UUID id, AssetType type, AssetBytes.Draft draft, byte[] start, int length, InputStream body)
            throws IOException {
        var digest = sha256();
        var utf8 = type.isImage() ? null : new Utf8Check();
        var most = type.isImage() ? limits.imageBytes() : limits.textBytes();
        var size = 0L;
        var chunk = start;
        try (var sink = keys.encrypting(upload.client(), upload.project(), context(id), draft.sink())) {
            for (var count = length; count > 0; count = read(body, chunk)) {
                size += count;
                if (size > most) {
                    throw new EtalonException(
                            AssetFaults.TOO_LARGE, "The upload has more than " + most + " bytes, the most for its type.");
                }
                digest.update(chunk, 0, count);
                if (utf8 != null) {
                    utf8.feed(chunk, 0, count);
                    requireUtf8(utf8);
                }
                var bytes = ByteBuffer.wrap(chunk, 0, count);
                while (bytes.hasRemaining()) {
                    sink.write(bytes);
                }
                if (chunk.length != CHUNK) {
                    chunk = new byte[CHUNK];
                }
            }
        }
        if (utf8 != null) {
            utf8.finish();
            requireUtf8(utf8);
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
        try (var plain = keys.decrypting(upload.client(), upload.project(), context(id), draft.read())) {
            var prefix = new byte[0];
            for (var wanted = ImageHeader.PREFIX; ; wanted *= 4) {
                var target = (int) Math.min(wanted, Math.min(measured.size(), LONGEST_HEADER));
                prefix = grown(prefix, target, plain);
                switch (ImageHeader.read(prefix, prefix.length)) {
                    case Reading.Found(var header) -> {
                        requirePixels(header);
                        var extent = new ImageExtent(header.displayWidth(), header.displayHeight());
                        return new Judged(extent, header.orientation());
                    }
                    case Reading.Refused(var reason) ->
                        throw new EtalonException(AssetFaults.UNSUPPORTED, "The image cannot be taken: " + reason + ".");
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

    private static byte[] grown(byte[] prefix, int target, SeekableByteChannel plain)
            throws IOException {
        var buffer = ByteBuffer.allocate(target).put(prefix);
        while (buffer.hasRemaining() && plain.read(buffer) >= 0) {
            // Reads go on until the prefix is full; the size was counted, so the end cannot come first.
        }
        return buffer.array();
    }

    private Taken keep(Upload upload, Asset asset, int orientation, Measured measured, AssetBytes.Draft draft) {
        var name = keys.nameOf(upload.client(), upload.project(), measured.sha256());
        return scope.client(upload.client(), tx -> {
            if (!store.insertIfNew(tx, asset, orientation)) {
                return new Taken(
                        store.findByHash(tx, upload.project(), asset.sha256()).orElseThrow(), false);
            }
            log.append(
                    tx,
                    AuditEvent.of(AuditOp.INGEST, upload.person(), upload.via(), upload.project())
                            .about(asset.id().toString())
                            .with(Map.of("sha256", asset.sha256(), "size", asset.size(), "type", asset.type())));
            try {
                draft.keep(name);
            } catch (IOException e) {
                throw AssetFaults.writing(e);
            }
            return new Taken(asset, true);
        });
    }

    /** What an asset's ciphertext is bound to: swapping two files makes both unreadable. */
    static String context(UUID asset) {
        return "asset " + asset;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
