package io.etalon.annotation;

/** How large an asset is: the room in which shapes must lie. */
public sealed interface AssetExtent {
    /** An image as displayed (EXIF orientation applied), in pixels. */
    record ImageExtent(int width, int height) implements AssetExtent {
        public ImageExtent {
            if (width <= 0 || height <= 0) {
                throw new IllegalArgumentException(
                        "an image has a side that is not positive: " + width + " x " + height);
            }
        }
    }

    /** A text, in Unicode code points. */
    record TextExtent(long codePoints) implements AssetExtent {
        public TextExtent {
            if (codePoints < 0) {
                throw new IllegalArgumentException("a text has a negative length: " + codePoints);
            }
        }
    }

    /** An asset that has no room for shapes, such as a JSON document: only questions can be asked about it. */
    record NoExtent() implements AssetExtent {}
}
