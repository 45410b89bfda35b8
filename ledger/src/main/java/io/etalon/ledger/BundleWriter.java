package io.etalon.ledger;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.zip.CRC32;

/**
 * Writes a bundle: a zip archive that is a pure function of its files' names, bytes and order (stored, no times, no
 * comments; see {@link ZipLayout}). Streams: a file is read twice, once for CRC and size, once to copy; memory is a
 * buffer and one small record a file. Sizes beyond 4 GiB and more than 65,534 files are written as Zip64. Not
 * thread-safe.
 */
public final class BundleWriter implements Closeable {
    private static final int BUFFER = 1 << 16;

    private final OutputStream out;
    private final ZipLayout layout;
    private final List<BundleEntry> entries = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    private long position;
    private boolean finished;

    /** Writes to the stream, which {@link #close} closes. */
    public BundleWriter(OutputStream out) {
        this(out, ZipLayout.STANDARD);
    }

    BundleWriter(OutputStream out, ZipLayout layout) {
        this.out = out;
        this.layout = layout;
    }

    /**
     * Adds a file at the end.
     *
     * @throws FormatException if the path is not portable ASCII or is there already (letter case aside)
     * @throws IOException if the content changes between its two readings
     */
    public BundleEntry add(String path, BundleContent content) throws IOException {
        return add(path, content, Measured.of(content));
    }

    BundleEntry add(String path, BundleContent content, Measured measured) throws IOException {
        if (!names.add(BundlePath.require(path).toLowerCase(Locale.ROOT))) {
            throw new FormatException("«" + path + "» is in the bundle already");
        }
        var header = layout.local(path, measured.size(), measured.crc());
        var entry = new BundleEntry(path, measured.size(), measured.crc(), position, position + header.length());
        write(header);
        copy(content, entry);
        entries.add(entry);
        return entry;
    }

    private void copy(BundleContent content, BundleEntry entry) throws IOException {
        var crc = new CRC32();
        var buffer = new byte[BUFFER];
        var start = position;
        try (var in = content.open()) {
            for (var n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                crc.update(buffer, 0, n);
                out.write(buffer, 0, n);
                position += n;
            }
        }
        if (position - start != entry.size() || crc.getValue() != entry.crc()) {
            throw new IOException("«" + entry.path() + "» changed while it was written: measured " + entry.size()
                    + " bytes, copied " + (position - start));
        }
    }

    /** Writes the directory; nothing can be added after it. {@link #close} calls it if the caller has not. */
    public void finish() throws IOException {
        if (finished) {
            return;
        }
        finished = true;
        var start = position;
        for (var entry : entries) {
            write(layout.central(entry));
        }
        write(layout.end(entries.size(), start, position - start));
        out.flush();
    }

    private void write(ZipHeader header) throws IOException {
        out.write(header.bytes());
        position += header.length();
    }

    @Override
    public void close() throws IOException {
        try (out) {
            finish();
        }
    }
}
