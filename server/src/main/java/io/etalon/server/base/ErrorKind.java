package io.etalon.server.base;

/** What sort of failure an {@link ErrorCode} is; it decides the HTTP status unless the code names one itself. */
public enum ErrorKind {
    INVALID(400),
    UNAUTHENTICATED(401),
    FORBIDDEN(403),
    NOT_FOUND(404),
    CONFLICT(409),
    EXHAUSTED(503),
    EXTERNAL(502),
    INTERNAL(500);

    private final int status;

    ErrorKind(int status) {
        this.status = status;
    }

    public int status() {
        return status;
    }
}
