package io.etalon.ledger;

import java.io.IOException;
import java.util.zip.CRC32;

/**
 * What one pass over a content tells.
 *
 * @param size bytes
 * @param crc CRC-32 as in zip, unsigned
 * @param sha256 digest
 */
record Measured(long size, long crc, Hash sha256) {
    private static final int BUFFER = 1 << 16;

    static Measured of(BundleContent content) throws IOException {
        var crc = new CRC32();
        var digest = Hash.newDigest();
        var size = 0L;
        var buffer = new byte[BUFFER];
        try (var in = content.open()) {
            for (var n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                crc.update(buffer, 0, n);
                digest.update(buffer, 0, n);
                size += n;
            }
        }
        return new Measured(size, crc.getValue(), Hash.finish(digest));
    }
}
