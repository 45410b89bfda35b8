package io.etalon.server.exit;

import io.etalon.server.base.ErrorCode;
import io.etalon.server.base.ErrorKind;

/** The ways in which leaving and coming fail. */
final class ArchiveCodes {
    static final ErrorCode BROKEN =
            ErrorCode.of("archive-broken", ErrorKind.INVALID, "The archive is not one that Etalon wrote");
    static final ErrorCode OTHER_VERSION =
            ErrorCode.of("archive-of-other-version", ErrorKind.CONFLICT, "The archive is from another version");
    static final ErrorCode PERSON_TAKEN =
            ErrorCode.of("person-taken", ErrorKind.CONFLICT, "An e-mail address belongs to somebody else here");
    static final ErrorCode UNDER_WAY =
            ErrorCode.of("export-under-way", ErrorKind.CONFLICT, "Another archive of this client is being made");
    static final ErrorCode NOT_READY = ErrorCode.of("archive-not-ready", ErrorKind.CONFLICT, "There is no archive yet");
    static final ErrorCode LOST = ErrorCode.of("archive-lost", ErrorKind.INTERNAL, "The archive cannot be read");
    static final ErrorCode NO_CONSENT =
            ErrorCode.of("exit-without-consent", ErrorKind.CONFLICT, "The client has not agreed to its end");
    static final ErrorCode SAME_PERSON =
            ErrorCode.of("exit-by-one-person", ErrorKind.FORBIDDEN, "Two persons are needed to end a client");

    private ArchiveCodes() {}
}
