package io.etalon.formats.media;

import java.util.Set;
import java.util.zip.CRC32;

/** Reads the headers of the five image formats. */
final class HeaderReader {
    private static final int UPRIGHT = 1;
    private static final String EXIF_MARK = "Exif\0\0";

    /** Why a header cannot be taken; without a stack trace: it is an ordinary outcome. */
    static final class BadHeader extends RuntimeException {
        private static final long serialVersionUID = 1L;

        final String reason;

        BadHeader(String reason) {
            super(reason, null, false, false);
            this.reason = reason;
        }
    }

    private HeaderReader() {}

    static ImageHeader read(AssetType type, Bytes bytes) {
        return switch (type) {
            case PNG -> png(bytes);
            case JPEG -> jpeg(bytes);
            case GIF -> header(type, bytes.u16le(6), bytes.u16le(8), UPRIGHT);
            case WEBP -> webp(bytes);
            case BMP -> bmp(bytes);
            case TEXT, JSON, PDF, ZIP, SVG, HTML, XML, UNKNOWN -> throw new BadHeader("the content is not an image");
        };
    }

    private static ImageHeader header(AssetType type, long width, long height, int orientation) {
        if (width <= 0 || height <= 0 || width > Integer.MAX_VALUE || height > Integer.MAX_VALUE) {
            throw new BadHeader("the image has no size: " + width + " x " + height + " pixels");
        }
        return new ImageHeader(type, (int) width, (int) height, orientation);
    }

    /** PNG, third edition (2025), sections 11.2.1 (IHDR) and 11.3.4.4 (eXIf, looked for before the pixels only). */
    private static ImageHeader png(Bytes bytes) {
        var ihdr = 8;
        bytes.u8(ihdr + 24);
        if (bytes.u32be(ihdr) != 13 || !bytes.startsWith(ihdr + 4, "IHDR")) {
            throw new BadHeader("the PNG does not begin with its IHDR chunk");
        }
        var crc = new CRC32();
        crc.update(bytes.content(), ihdr + 4, 17);
        if (crc.getValue() != bytes.u32be(ihdr + 21)) {
            throw new BadHeader("the IHDR chunk of the PNG is damaged: its checksum differs");
        }
        var width = bytes.u32be(ihdr + 8);
        var height = bytes.u32be(ihdr + 12);
        var orientation = UPRIGHT;
        for (var at = ihdr + 25L; !bytes.startsWith(at + 4, "IDAT") && !bytes.startsWith(at + 4, "IEND"); ) {
            var length = bytes.u32be(at);
            if (length > Integer.MAX_VALUE) {
                throw new BadHeader("a chunk of the PNG is longer than the format allows");
            }
            bytes.u32be(at + 4);
            if (bytes.startsWith(at + 4, "eXIf")) {
                bytes.u8(at + 8 + length);
                orientation = Exif.orientation(bytes, at + 8, length);
            }
            at += 12 + length;
        }
        return header(AssetType.PNG, width, height, orientation);
    }

    /** JPEG (ITU-T T.81, annex B): walks the segments up to the frame header. */
    private static ImageHeader jpeg(Bytes bytes) {
        var orientation = UPRIGHT;
        var at = 2L;
        while (true) {
            if (bytes.u8(at) != 0xff) {
                throw new BadHeader("the JPEG has no marker where a segment should begin");
            }
            var marker = bytes.u8(at + 1);
            if (marker == 0xff) {
                at++;
                continue;
            }
            if (marker == 0x01 || marker >= 0xd0 && marker <= 0xd7) {
                at += 2;
                continue;
            }
            if (marker == 0xd8 || marker == 0xd9 || marker == 0xda || marker == 0x00) {
                throw new BadHeader("the JPEG has no frame header before its pixels");
            }
            var length = bytes.u16be(at + 2);
            if (length < 2) {
                throw new BadHeader("a segment of the JPEG is shorter than its own length field");
            }
            if (isFrame(marker)) {
                return header(AssetType.JPEG, bytes.u16be(at + 7), bytes.u16be(at + 5), orientation);
            }
            if (marker == 0xe1 && orientation == UPRIGHT) {
                bytes.u8(at + 1 + length);
                if (bytes.startsWith(at + 4, EXIF_MARK)) {
                    orientation = Exif.orientation(bytes, at + 10, length - 8L);
                }
            }
            at += 2 + length;
        }
    }

    private static boolean isFrame(int marker) {
        return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
    }

    /** WebP (RFC 9649): the first chunk is VP8, VP8L or VP8X. */
    private static ImageHeader webp(Bytes bytes) {
        bytes.u32le(12);
        if (bytes.startsWith(12, "VP8X")) {
            var orientation = (bytes.u8(20) & 0x08) == 0 ? UPRIGHT : webpOrientation(bytes);
            return header(AssetType.WEBP, bytes.u24le(24) + 1L, bytes.u24le(27) + 1L, orientation);
        } else if (bytes.startsWith(12, "VP8L")) {
            if (bytes.u8(20) != 0x2f) {
                throw new BadHeader("the lossless WebP does not begin with its signature");
            }
            var bits = bytes.u32le(21);
            return header(AssetType.WEBP, (bits & 0x3fff) + 1, (bits >> 14 & 0x3fff) + 1, UPRIGHT);
        } else if (bytes.startsWith(12, "VP8 ")) {
            bytes.u8(29);
            if (!bytes.startsWith(23, "\u009d\u0001\u002a")) {
                throw new BadHeader("the WebP does not begin with a key frame");
            }
            return header(AssetType.WEBP, bytes.u16le(26) & 0x3fff, bytes.u16le(28) & 0x3fff, UPRIGHT);
        }
        throw new BadHeader("the WebP begins with an unknown chunk");
    }

    /** The EXIF chunk usually stands behind the pixels, so that this may ask for the whole file. */
    private static int webpOrientation(Bytes bytes) {
        var end = 8 + bytes.u32le(4);
        var at = 12L;
        while (at + 8 <= end) {
            var length = bytes.u32le(at + 4);
            if (bytes.startsWith(at, "EXIF")) {
                bytes.u8(at + 7 + length);
                var skip = bytes.startsWith(at + 8, EXIF_MARK) ? EXIF_MARK.length() : 0;
                return Exif.orientation(bytes, at + 8 + skip, length - skip);
            }
            at += 8 + length + (length & 1);
        }
        return UPRIGHT;
    }

    /** BMP: BITMAPCOREHEADER of 12 bytes or BITMAPINFOHEADER and its successors; a negative height is top-down. */
    private static ImageHeader bmp(Bytes bytes) {
        var size = bytes.u32le(14);
        if (size == 12) {
            return header(AssetType.BMP, bytes.u16le(18), bytes.u16le(20), UPRIGHT);
        }
        if (!Set.of(40L, 52L, 56L, 64L, 108L, 124L).contains(size)) {
            throw new BadHeader("the BMP has an unknown header of " + size + " bytes");
        }
        return header(AssetType.BMP, (int) bytes.u32le(18), Math.abs((long) (int) bytes.u32le(22)), UPRIGHT);
    }
}
