package io.etalon.server.dataset;

import io.etalon.server.base.ErrorCode;
import io.etalon.server.base.ErrorKind;
import io.etalon.server.base.EtalonException;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The ways in which an upload or a read fails, by name. */
final class AssetFaults {
    static final ErrorCode EMPTY =
            ErrorCode.of("empty", ErrorKind.INVALID, "There are no bytes").withStatus(415);
    static final ErrorCode UNSUPPORTED = ErrorCode.of(
                    "unsupported-type", ErrorKind.INVALID, "The project does not take bytes of this type")
            .withStatus(415);
    static final ErrorCode BROKEN_UTF8 = ErrorCode.of("broken-utf8", ErrorKind.INVALID, "The text is not UTF-8")
            .withStatus(415);
    static final ErrorCode PIXEL_FLOOD = ErrorCode.of("pixel-flood", ErrorKind.INVALID, "The image has too many pixels")
            .withStatus(415);
    static final ErrorCode TOO_LARGE = ErrorCode.of("asset-too-large", ErrorKind.INVALID, "The asset is too large")
            .withStatus(413);
    static final ErrorCode CUT_OFF =
            ErrorCode.of("upload-cut-off", ErrorKind.INVALID, "The upload did not arrive whole");
    static final ErrorCode ARCHIVE_TOO_LARGE =
            ErrorCode.of("archive-too-large", ErrorKind.INVALID, "The archive unpacks to too much");
    static final ErrorCode ARCHIVE_BROKEN =
            ErrorCode.of("archive-broken", ErrorKind.INVALID, "The archive cannot be read");
    static final ErrorCode BYTES_LOST =
            ErrorCode.of("asset-bytes-unreadable", ErrorKind.INTERNAL, "The bytes of an asset cannot be read");

    static final ErrorCode DELETED = ErrorCode.of(
            "asset-deleted", ErrorKind.CONFLICT, "The project has these bytes, as an asset that is deleted");

    private AssetFaults() {}

    /** What to answer when an object could not be written. Java tells a full disk by the system's message alone. */
    static EtalonException writing(IOException e) {
        if (isDiskFull(e)) {
            return new EtalonException(
                    ErrorCode.STORAGE_FULL, "The disk is full; nothing of the asset was kept. Make room and retry.", e);
        }
        return new EtalonException(ErrorCode.INTERNAL, "The bytes of the asset could not be written.", e);
    }

    private static boolean isDiskFull(@Nullable Throwable e) {
        for (var cause = e; cause != null; cause = cause.getCause()) {
            var message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
            if (message.contains("no space left") || message.contains("quota exceeded")) {
                return true;
            }
        }
        return false;
    }
}
