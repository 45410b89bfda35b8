package io.etalon.formats.media;

/**
 * What the header of an image says, read without decoding it.
 *
 * @param width columns as stored, before orientation
 * @param height rows as stored, before orientation
 * @param orientation how the stored picture is turned, 1 to 8 as in EXIF (tag 0x0112); 1 when the image does not say
 */
public record ImageHeader(AssetType type, int width, int height, int orientation) {
    /** How many bytes of an image to offer first; nearly all headers end earlier. */
    public static final int PREFIX = Sniffer.PREFIX;

    /** What came of reading a header. */
    public sealed interface Reading {
        /** The header. */
        record Found(ImageHeader header) implements Reading {}

        /** The prefix ended before the header did, for example behind a long EXIF block: offer more bytes. */
        record NeedsMore() implements Reading {}

        /** Not an image that can be taken. */
        record Refused(String reason) implements Reading {}
    }

    public ImageHeader {
        if (width <= 0 || height <= 0 || orientation < 1 || orientation > 8) {
            throw new IllegalArgumentException(
                    "no image has " + width + " x " + height + " pixels in orientation " + orientation);
        }
    }

    /** Columns as displayed. */
    public int displayWidth() {
        return orientation >= 5 ? height : width;
    }

    /** Rows as displayed. */
    public int displayHeight() {
        return orientation >= 5 ? width : height;
    }

    /** How many pixels a decoder would have to hold; compare it with a limit before decoding. */
    public long pixels() {
        return (long) width * height;
    }

    /**
     * Reads the header of a PNG, JPEG, GIF, WebP or BMP image.
     *
     * @param content holds the first bytes of the file
     * @param length how many bytes of it are the prefix
     */
    public static Reading read(byte[] content, int length) {
        var type = AssetType.sniff(content, length, false);
        if (!type.isImage()) {
            return new Reading.Refused("the content is not a PNG, JPEG, GIF, WebP or BMP image");
        }
        try {
            return new Reading.Found(HeaderReader.read(type, new Bytes(content, length)));
        } catch (Bytes.EndOfPrefix e) {
            return new Reading.NeedsMore();
        } catch (HeaderReader.BadHeader e) {
            return new Reading.Refused(e.reason);
        }
    }
}
