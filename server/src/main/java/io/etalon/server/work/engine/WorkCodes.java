package io.etalon.server.work.engine;

import io.etalon.server.base.ErrorCode;
import io.etalon.server.base.ErrorKind;
import io.etalon.server.wall.Walls;

/** The ways in which work is refused. */
public final class WorkCodes {
    public static final ErrorCode LEASE_STALE =
            ErrorCode.of("lease-stale", ErrorKind.CONFLICT, "This lease has ended; your work is kept as a draft");
    public static final ErrorCode LEASE_LOST = ErrorCode.of("lease-lost", ErrorKind.CONFLICT, "This lease has ended");
    public static final ErrorCode LEASE_CAP =
            ErrorCode.of("lease-cap", ErrorKind.CONFLICT, "You hold as many leases as one person may");
    public static final ErrorCode SKIP_BUDGET =
            ErrorCode.of("skip-budget", ErrorKind.FORBIDDEN, "You have skipped as many tasks as one person may");
    public static final ErrorCode QUEUE_CLOSED =
            ErrorCode.of("queue-closed", ErrorKind.CONFLICT, "The project is paused");
    public static final ErrorCode NOT_IN_WORKFORCE =
            ErrorCode.of("not-in-workforce", ErrorKind.FORBIDDEN, "Your workforce does not work on this project");
    public static final ErrorCode WALL = Walls.DENIED;
    public static final ErrorCode INVALID_ANSWER =
            ErrorCode.of("invalid-answer", ErrorKind.INVALID, "The answer does not fit the ontology");
    public static final ErrorCode KEY_REUSED = ErrorCode.of(
                    "idempotency-mismatch", ErrorKind.CONFLICT, "This idempotency key came with another body before")
            .withStatus(422);
    public static final ErrorCode DECISION_NOT_ALLOWED =
            ErrorCode.of("decision-not-allowed", ErrorKind.CONFLICT, "The answer waits where this cannot be decided");
    public static final ErrorCode NOT_APPEALABLE =
            ErrorCode.of("not-appealable", ErrorKind.CONFLICT, "There is nothing to appeal against now");
    public static final ErrorCode NOT_ADJUDICATED =
            ErrorCode.of("not-adjudicated", ErrorKind.CONFLICT, "This is not to be adjudicated now");
    public static final ErrorCode KEY_MISSING =
            ErrorCode.of("idempotency-key", ErrorKind.INVALID, "An Idempotency-Key is required");
    public static final ErrorCode BUSY =
            ErrorCode.of("busy", ErrorKind.EXHAUSTED, "More work comes in than can be written");
    public static final ErrorCode QUEUE_ELSEWHERE =
            ErrorCode.of("queue-elsewhere", ErrorKind.EXHAUSTED, "Another server has this queue");

    private WorkCodes() {}
}
