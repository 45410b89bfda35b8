package io.etalon.server.release;

import io.etalon.server.base.ErrorCode;
import io.etalon.server.base.ErrorKind;

/** The ways in which a release fails. */
final class ReleaseCodes {
    static final ErrorCode NOTHING_FINISHED =
            ErrorCode.of("release-empty", ErrorKind.CONFLICT, "There is nothing to release");
    static final ErrorCode NOT_READY =
            ErrorCode.of("release-not-ready", ErrorKind.CONFLICT, "The release has no archive");
    static final ErrorCode BYTES_LOST =
            ErrorCode.of("release-bytes-lost", ErrorKind.INTERNAL, "The release's archive cannot be read");
    static final ErrorCode BROKEN_ASSETS =
            ErrorCode.of("release-broken-assets", ErrorKind.CONFLICT, "Bytes of assets were changed or are gone");
    static final ErrorCode MOVED_ON =
            ErrorCode.of("release-moved-on", ErrorKind.CONFLICT, "The work moved on while the release was built");

    private ReleaseCodes() {}
}
