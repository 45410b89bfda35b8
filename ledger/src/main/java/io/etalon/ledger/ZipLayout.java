package io.etalon.ledger;

/**
 * The one way in which a bundle spells its zip records (PKWARE APPNOTE 6.3.10, sections 4.3.7 to 4.3.16, 4.5.3): every
 * byte follows from the names, sizes and CRCs of the files in their order. Nothing is compressed, no time is told, no
 * comment kept; Zip64 fields stand where and only where a value does not fit.
 *
 * @param limit32 the least value that no longer fits a 32-bit field; lower in tests of Zip64
 * @param limit16 the least number of entries that no longer fits a 16-bit field
 */
record ZipLayout(long limit32, int limit16) {
    static final ZipLayout STANDARD = new ZipLayout(0xFFFF_FFFFL, 0xFFFF);

    static final long LOCAL = 0x04034b50L;
    static final long CENTRAL = 0x02014b50L;
    static final int LOCAL_FIXED = 30;
    static final int LOCAL_ZIP64_EXTRA = 20;

    private static final long END64 = 0x06064b50L;
    private static final long LOCATOR64 = 0x07064b50L;
    private static final long END = 0x06054b50L;

    private static final long MAX32 = 0xFFFF_FFFFL;
    private static final int MAX16 = 0xFFFF;
    private static final int VERSION = 20;
    private static final int VERSION_ZIP64 = 45;
    private static final int UNIX = 3 << 8;
    /** 1980-01-01, the zero of DOS dates; a zero day would be no date. */
    private static final int DATE = 0x21;
    /** A regular file that its owner may write and everyone read: 0100644. */
    private static final long ATTRIBUTES = 0x81A4_0000L;

    boolean large(long value) {
        return value >= limit32;
    }

    ZipHeader local(String path, long size, long crc) {
        var large = large(size);
        var header = new ZipHeader("local header of «" + path + "»")
                .u32("signature", LOCAL)
                .u16("version needed", large ? VERSION_ZIP64 : VERSION);
        common(header, path, size, crc)
                .u16("extra length", large ? LOCAL_ZIP64_EXTRA : 0)
                .ascii("name", path);
        if (large) {
            header.u16("Zip64 id", 1)
                    .u16("Zip64 length", 16)
                    .u64("Zip64 size", size)
                    .u64("Zip64 stored size", size);
        }
        return header;
    }

    /** The fields that local and central header share, from flags to name length. */
    private ZipHeader common(ZipHeader header, String path, long size, long crc) {
        var size32 = large(size) ? MAX32 : size;
        return header.u16("flags", 0)
                .u16("method", 0)
                .u16("time", 0)
                .u16("date", DATE)
                .u32("crc-32", crc)
                .u32("stored size", size32)
                .u32("size", size32)
                .u16("name length", path.length());
    }

    ZipHeader central(BundleEntry entry) {
        var largeSize = large(entry.size());
        var largeOffset = large(entry.offset());
        var extra = (largeSize ? 16 : 0) + (largeOffset ? 8 : 0);
        var version = extra > 0 ? VERSION_ZIP64 : VERSION;
        var header = new ZipHeader("central header of «" + entry.path() + "»")
                .u32("signature", CENTRAL)
                .u16("version made by", UNIX | version)
                .u16("version needed", version);
        common(header, entry.path(), entry.size(), entry.crc())
                .u16("extra length", extra > 0 ? extra + 4 : 0)
                .u16("comment length", 0)
                .u16("disk", 0)
                .u16("internal attributes", 0)
                .u32("external attributes", ATTRIBUTES)
                .u32("offset", largeOffset ? MAX32 : entry.offset())
                .ascii("name", entry.path());
        if (extra > 0) {
            header.u16("Zip64 id", 1).u16("Zip64 length", extra);
        }
        if (largeSize) {
            header.u64("Zip64 size", entry.size()).u64("Zip64 stored size", entry.size());
        }
        if (largeOffset) {
            header.u64("Zip64 offset", entry.offset());
        }
        return header;
    }

    /** The records after the central directory. */
    ZipHeader end(long entries, long directoryOffset, long directorySize) {
        var many = entries >= limit16;
        var zip64 = many || large(directoryOffset) || large(directorySize);
        var header = new ZipHeader("end of archive");
        if (zip64) {
            header.u32("Zip64 end signature", END64)
                    .u64("Zip64 end length", 44)
                    .u16("Zip64 version made by", UNIX | VERSION_ZIP64)
                    .u16("Zip64 version needed", VERSION_ZIP64)
                    .u32("Zip64 disk", 0)
                    .u32("Zip64 directory disk", 0)
                    .u64("Zip64 entries on disk", entries)
                    .u64("Zip64 entries", entries)
                    .u64("Zip64 directory size", directorySize)
                    .u64("Zip64 directory offset", directoryOffset)
                    .u32("Zip64 locator signature", LOCATOR64)
                    .u32("Zip64 locator disk", 0)
                    .u64("Zip64 locator offset", directoryOffset + directorySize)
                    .u32("Zip64 locator disks", 1);
        }
        var entries16 = many ? MAX16 : (int) entries;
        return header.u32("end signature", END)
                .u16("disk", 0)
                .u16("directory disk", 0)
                .u16("entries on disk", entries16)
                .u16("entries", entries16)
                .u32("directory size", large(directorySize) ? MAX32 : directorySize)
                .u32("directory offset", large(directoryOffset) ? MAX32 : directoryOffset)
                .u16("comment length", 0);
    }
}
