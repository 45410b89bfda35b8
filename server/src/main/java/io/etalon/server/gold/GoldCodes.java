package io.etalon.server.gold;

import io.etalon.server.base.ErrorCode;
import io.etalon.server.base.ErrorKind;

/** The ways in which gold is refused, and in which it refuses. */
final class GoldCodes {
    static final ErrorCode WORK_PAUSED =
            ErrorCode.of("work-paused", ErrorKind.FORBIDDEN, "Your work in this project is paused");
    static final ErrorCode NOT_REVIEWED = ErrorCode.of(
            "not-reviewed", ErrorKind.CONFLICT, "No reviewer has accepted or mended an answer to this task");
    static final ErrorCode GOLD_ALREADY = ErrorCode.of("gold-already", ErrorKind.CONFLICT, "This task is gold already");
    static final ErrorCode ENDED = ErrorCode.of("already-ended", ErrorKind.CONFLICT, "This has ended already");

    private GoldCodes() {}
}
