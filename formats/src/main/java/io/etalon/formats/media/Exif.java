package io.etalon.formats.media;

/** Reads the orientation from an EXIF block, a TIFF structure (CIPA DC-008, section 4.6.4, tag 0x0112). */
final class Exif {
    private static final int ORIENTATION = 0x0112;
    private static final int SHORT = 3;

    private Exif() {}

    /** The orientation 1 to 8; 1 when the block is broken or does not say, as decoders take it. */
    static int orientation(Bytes bytes, long start, long length) {
        var end = start + length;
        if (end > bytes.length() || length < 8) {
            return 1;
        }
        // Offsets inside the block must not lead out of it.
        var block = new Bytes(bytes.content(), (int) end);
        var little = block.startsWith(start, "II*\0");
        if (!little && !block.startsWith(start, "MM\0*")) {
            return 1;
        }
        try {
            var directory = start + u32(block, start + 4, little);
            var entries = u16(block, directory, little);
            for (var i = 0; i < entries; i++) {
                var entry = directory + 2 + 12L * i;
                if (u16(block, entry, little) == ORIENTATION) {
                    var isOneShort = u16(block, entry + 2, little) == SHORT && u32(block, entry + 4, little) == 1;
                    var value = u16(block, entry + 8, little);
                    return isOneShort && value >= 1 && value <= 8 ? value : 1;
                }
            }
        } catch (Bytes.EndOfPrefix e) {
            // The directory points out of its block: a broken block says nothing.
            return 1;
        }
        return 1;
    }

    private static int u16(Bytes bytes, long at, boolean little) {
        return little ? bytes.u16le(at) : bytes.u16be(at);
    }

    private static long u32(Bytes bytes, long at, boolean little) {
        return little ? bytes.u32le(at) : bytes.u32be(at);
    }
}
