package io.etalon.ledger;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The entries of one level 0 tile, each behind its length as a big-endian uint16 (C2SP tlog-tiles, "Log entries").
 */
public final class EntryBundle {
    /** Longest entry in bytes that the format can hold. */
    public static final int MAX_ENTRY = 0xFFFF;

    private EntryBundle() {}

    /** Encodes 1 to 256 entries of at most 65,535 bytes. */
    public static byte[] encode(List<byte[]> entries) {
        if (entries.isEmpty() || entries.size() > TileId.FULL) {
            throw new IllegalArgumentException("a bundle has 1 to 256 entries, not " + entries.size());
        }
        var out = new ByteArrayOutputStream();
        for (var entry : entries) {
            if (entry.length > MAX_ENTRY) {
                throw new IllegalArgumentException("an entry has at most 65535 bytes, not " + entry.length);
            }
            out.write(entry.length >>> 8);
            out.write(entry.length);
            out.writeBytes(entry);
        }
        return out.toByteArray();
    }

    /** Decodes a bundle of exactly {@code width} entries; missing, cut or surplus bytes are refused. */
    public static List<byte[]> decode(byte[] bundle, int width) {
        var entries = new ArrayList<byte[]>(width);
        var at = 0;
        for (var i = 0; i < width; i++) {
            if (bundle.length - at < 2) {
                throw new FormatException(
                        "the bundle ends at byte " + at + " before the length of entry " + i + " of " + width);
            }
            var length = (bundle[at] & 0xFF) << 8 | (bundle[at + 1] & 0xFF);
            at += 2;
            if (bundle.length - at < length) {
                throw new FormatException("entry " + i + " at byte " + at + " has " + length
                        + " bytes, the bundle only " + (bundle.length - at) + " more");
            }
            entries.add(Arrays.copyOfRange(bundle, at, at + length));
            at += length;
        }
        if (at != bundle.length) {
            throw new FormatException(
                    (bundle.length - at) + " bytes follow the last of " + width + " entries at byte " + at);
        }
        return entries;
    }
}
