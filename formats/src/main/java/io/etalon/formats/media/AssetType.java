package io.etalon.formats.media;

/** What an asset is, as its first bytes say. */
public enum AssetType {
    PNG("image/png"),
    JPEG("image/jpeg"),
    GIF("image/gif"),
    WEBP("image/webp"),
    BMP("image/bmp"),
    TEXT("text/plain"),
    JSON("application/json"),
    PDF("application/pdf"),
    ZIP("application/zip"),
    /** Active content: a browser runs its scripts. */
    SVG("image/svg+xml"),
    /** Active content: a browser runs its scripts. */
    HTML("text/html"),
    /** Active content: a browser may apply style sheets and scripts. */
    XML("application/xml"),
    /** Binary content of no known type, or nothing at all. */
    UNKNOWN("application/octet-stream");

    private final String mediaType;

    AssetType(String mediaType) {
        this.mediaType = mediaType;
    }

    /** The IANA media type, without parameters. */
    public String mediaType() {
        return mediaType;
    }

    /** Whether it is a picture of pixels, whose size {@link ImageHeader} reads. */
    public boolean isImage() {
        return switch (this) {
            case PNG, JPEG, GIF, WEBP, BMP -> true;
            case TEXT, JSON, PDF, ZIP, SVG, HTML, XML, UNKNOWN -> false;
        };
    }

    /** Whether a browser would run what it contains; such an asset must not be served as what it is. */
    public boolean isActive() {
        return switch (this) {
            case SVG, HTML, XML -> true;
            case PNG, JPEG, GIF, WEBP, BMP, TEXT, JSON, PDF, ZIP, UNKNOWN -> false;
        };
    }

    /**
     * The type of the content that begins with these bytes.
     *
     * @param content holds the prefix; {@value Sniffer#PREFIX} bytes are enough
     * @param length how many bytes of it are the prefix
     * @param whole whether the prefix is all there is
     */
    public static AssetType sniff(byte[] content, int length, boolean whole) {
        return Sniffer.sniff(content, length, whole);
    }
}
