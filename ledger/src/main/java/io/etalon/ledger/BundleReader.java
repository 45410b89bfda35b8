package io.etalon.ledger;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32;

/**
 * Reads a bundle from its first byte to its last and refuses any byte that {@link BundleWriter} would not have written
 * for these files: no gap, no hidden file, no second meaning. Streams; memory is a buffer and one small record a file.
 * Not thread-safe.
 */
public final class BundleReader implements Closeable {
    /** Receives each file in the archive's order; what it leaves unread is read and checked all the same. */
    @FunctionalInterface
    public interface Visitor {
        /** {@code content} throws a {@link BundleException} at its end if the CRC differs. */
        void visit(BundleEntry entry, InputStream content) throws IOException;
    }

    private final FileChannel channel;
    private final ZipLayout layout;
    private final long size;

    private BundleReader(FileChannel channel, ZipLayout layout, long size) {
        this.channel = channel;
        this.layout = layout;
        this.size = size;
    }

    /** Opens the file; reads nothing yet. */
    public static BundleReader open(Path zip) throws IOException {
        return open(zip, ZipLayout.STANDARD);
    }

    static BundleReader open(Path zip, ZipLayout layout) throws IOException {
        var channel = FileChannel.open(zip, StandardOpenOption.READ);
        return new BundleReader(channel, layout, channel.size());
    }

    /** Bytes of the archive. */
    public long size() {
        return size;
    }

    /**
     * Reads the whole archive.
     *
     * @return its files in their order
     * @throws BundleException naming the first byte or file that deviates
     */
    public List<BundleEntry> walk(Visitor visitor) throws IOException {
        var entries = new ArrayList<BundleEntry>();
        var names = new HashSet<String>();
        var position = 0L;
        while (entries.isEmpty() || signature(position) != ZipLayout.CENTRAL) {
            var entry = localHeader(position);
            if (!names.add(entry.path().toLowerCase(Locale.ROOT))) {
                throw new BundleException(
                        at("local header of «" + entry.path() + "»", position), "a new name", "it again");
            }
            try (var content = new Content(entry)) {
                visitor.visit(entry, content);
                content.drain();
            }
            entries.add(entry);
            position = entry.end();
        }
        trailer(entries, position);
        return entries;
    }

    /** The bytes of an entry that {@link #walk} has returned. */
    public InputStream open(BundleEntry entry) {
        return new Content(entry);
    }

    /** The first files' headers, as far as they can be read: for estimates before the walk. */
    List<BundleEntry> peek(int count) throws IOException {
        var entries = new ArrayList<BundleEntry>();
        try {
            for (var position = 0L;
                    entries.size() < count;
                    position = entries.getLast().end()) {
                entries.add(localHeader(position));
            }
        } catch (BundleException e) {
            // The walk will name it.
            return entries;
        }
        return entries;
    }

    private long signature(long position) throws IOException {
        return Integer.toUnsignedLong(read("signature", position, 4).getInt());
    }

    private BundleEntry localHeader(long position) throws IOException {
        if (signature(position) != ZipLayout.LOCAL) {
            throw new BundleException(
                    at("record signature", position),
                    "504b0304 (a file) or, after the last file, 504b0102 (the directory)",
                    hex(read("signature", position, 4).array()));
        }
        var fixed = read("local header", position, ZipLayout.LOCAL_FIXED);
        var crc = Integer.toUnsignedLong(fixed.getInt(14));
        var length = Integer.toUnsignedLong(fixed.getInt(22));
        var nameLength = Short.toUnsignedInt(fixed.getShort(26));
        var nameAt = position + ZipLayout.LOCAL_FIXED;
        var path = path(nameAt, nameLength);
        // A size that does not fit its field stands behind the name, after the extra's id, length and the stored size.
        if (length == 0xFFFF_FFFFL) {
            length = read("Zip64 size of «" + path + "»", nameAt + nameLength + 4, 8)
                    .getLong();
        }
        if (length < 0) {
            throw new BundleException(
                    at("size of «" + path + "»", position), "below 2^63", Long.toUnsignedString(length));
        }
        var header = layout.local(path, length, crc);
        compare(header, position);
        var entry = new BundleEntry(path, length, crc, position, position + header.length());
        if (length > size - entry.dataOffset()) {
            throw new BundleException(
                    at("content of «" + path + "»", entry.dataOffset()),
                    length + " bytes",
                    "the archive's end after " + (size - entry.dataOffset()));
        }
        return entry;
    }

    private String path(long position, int length) throws IOException {
        if (length == 0 || length > BundlePath.MAX_LENGTH) {
            throw new BundleException(at("name length of a local header", position - 4), "1 to 255", "" + length);
        }
        try {
            var name = new String(read("name", position, length).array(), StandardCharsets.ISO_8859_1);
            return BundlePath.require(name);
        } catch (FormatException e) {
            throw new BundleException(
                    at("name in a local header", position), "a portable path", String.valueOf(e.getMessage()));
        }
    }

    private void trailer(List<BundleEntry> entries, long start) throws IOException {
        var position = start;
        for (var entry : entries) {
            var header = layout.central(entry);
            compare(header, position);
            position += header.length();
        }
        var end = layout.end(entries.size(), start, position - start);
        compare(end, position);
        position += end.length();
        if (position != size) {
            throw new BundleException(
                    at("after the end of archive", position), "nothing more", (size - position) + " bytes");
        }
    }

    private void compare(ZipHeader header, long position) throws IOException {
        var expected = header.bytes();
        var found = read(header.what(), position, expected.length).array();
        var at = Arrays.mismatch(expected, found);
        if (at >= 0) {
            throw new BundleException(
                    at(header.what() + ", field " + header.fieldAt(at), position + at),
                    hex(Arrays.copyOfRange(expected, at, at + 1)),
                    hex(Arrays.copyOfRange(found, at, at + 1)));
        }
    }

    private ByteBuffer read(String what, long position, int length) throws IOException {
        var buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, position + buffer.position()) < 0) {
                throw new BundleException(
                        at(what, position), length + " bytes", "the archive's end after " + buffer.position());
            }
        }
        return buffer.flip();
    }

    private static String at(String what, long offset) {
        return what + " at byte " + offset;
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /** One entry's bytes; compares the CRC when the last one has been read. */
    private final class Content extends InputStream {
        private final BundleEntry entry;
        private final CRC32 crc = new CRC32();
        private long position;
        private boolean checked;

        Content(BundleEntry entry) {
            this.entry = entry;
            this.position = entry.dataOffset();
        }

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            var rest = entry.end() - position;
            if (rest == 0) {
                check();
                return -1;
            }
            var n = channel.read(ByteBuffer.wrap(target, offset, (int) Math.min(length, rest)), position);
            if (n < 0) {
                throw new BundleException(
                        at("content of «" + entry.path() + "»", position), rest + " more bytes", "the archive's end");
            }
            crc.update(target, offset, n);
            position += n;
            return n;
        }

        void drain() throws IOException {
            var buffer = new byte[1 << 16];
            while (read(buffer, 0, buffer.length) >= 0) {
                // Only the CRC is wanted.
            }
        }

        private void check() throws BundleException {
            if (!checked && crc.getValue() != entry.crc()) {
                throw new BundleException(
                        at("content of «" + entry.path() + "»", entry.dataOffset()),
                        "CRC-32 " + HexFormat.of().toHexDigits((int) entry.crc()),
                        HexFormat.of().toHexDigits((int) crc.getValue()));
            }
            checked = true;
        }
    }
}
