package io.etalon.ledger;

/**
 * One stored file of a bundle.
 *
 * @param path its name in the archive
 * @param size bytes
 * @param crc CRC-32, unsigned
 * @param offset where its local header begins in the archive
 * @param dataOffset where its bytes begin
 */
public record BundleEntry(String path, long size, long crc, long offset, long dataOffset) {
    long end() {
        return dataOffset + size;
    }
}
