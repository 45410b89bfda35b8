package io.etalon.server.dataset;

import io.etalon.formats.media.AssetType;
import io.etalon.formats.media.ImageHeader;
import io.etalon.formats.media.Utf8Check;
import io.etalon.server.base.EtalonException;

/** What a project lets in, by the bytes and never by a name or a declared type. Thread-safe. */
final class Admission {
    private final ProjectDoor door;
    private final IngestLimits limits;

    Admission(ProjectDoor door, IngestLimits limits) {
        this.door = door;
        this.limits = limits;
    }

    IngestLimits limits() {
        return limits;
    }

    void requireProject(Upload upload) {
        door.require(upload.client(), upload.project());
    }

    static void requireName(String name) {
        if (name.isBlank() || name.length() > 500 || name.chars().anyMatch(Character::isISOControl)) {
            throw EtalonException.invalidAt("/name", "must have 1 to 500 characters and no control character");
        }
    }

    /**
     * Judges the beginning of an upload.
     *
     * @param length how many bytes of {@code start} there are; fewer than its room when that is all
     */
    AssetType requireType(Upload upload, byte[] start, int length) {
        if (length == 0) {
            throw new EtalonException(AssetFaults.EMPTY, "The upload has no bytes.");
        }
        var whole = length < start.length;
        var type = AssetType.sniff(start, length, whole);
        if (door.takes(upload.client(), upload.project(), type)) {
            return type;
        }
        if (type == AssetType.UNKNOWN && door.takes(upload.client(), upload.project(), AssetType.TEXT)) {
            var check = new Utf8Check();
            check.feed(start, 0, length);
            if (whole) {
                check.finish();
            }
            requireUtf8(check);
        }
        throw new EtalonException(
                AssetFaults.UNSUPPORTED,
                "By its bytes this is " + type.mediaType() + ", which this project does not take.");
    }

    static void requireUtf8(Utf8Check check) {
        if (!check.isSound()) {
            throw new EtalonException(
                    AssetFaults.BROKEN_UTF8, "The text is not UTF-8 from byte " + check.faultOffset() + " on.");
        }
    }

    void requirePixels(ImageHeader header) {
        if (header.width() > limits.side() || header.height() > limits.side() || header.pixels() > limits.pixels()) {
            throw new EtalonException(
                    AssetFaults.PIXEL_FLOOD,
                    "The image claims " + header.width() + " × " + header.height() + " pixels; at most "
                            + limits.pixels() + " pixels and " + limits.side() + " a side are taken.");
        }
    }

    /** @param size the bytes so far */
    void requireSize(AssetType type, long size) {
        var most = type.isImage() ? limits.imageBytes() : limits.textBytes();
        if (size > most) {
            throw new EtalonException(
                    AssetFaults.TOO_LARGE, "The upload has more than " + most + " bytes, the most for its type.");
        }
    }
}
