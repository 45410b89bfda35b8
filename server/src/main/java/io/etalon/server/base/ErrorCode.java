package io.etalon.server.base;

/**
 * A stable name for one way to fail, such as {@code lease-stale}; it ends the problem document's type URI (RFC 9457).
 * Each feature declares its own as constants.
 *
 * @param name lower-case words joined by hyphens
 * @param kind the sort of failure
 * @param title a short sentence that is the same for every occurrence
 * @param status the HTTP status
 */
public record ErrorCode(String name, ErrorKind kind, String title, int status) {
    public static ErrorCode of(String name, ErrorKind kind, String title) {
        return new ErrorCode(name, kind, title, kind.status());
    }

    /** The same with an HTTP status that says more than its kind's, such as 413 or 429. */
    public ErrorCode withStatus(int exact) {
        return new ErrorCode(name, kind, title, exact);
    }

    /** Codes that every feature may use. */
    public static final ErrorCode INVALID = of("invalid", ErrorKind.INVALID, "The request is not valid");

    public static final ErrorCode NOT_FOUND = of("not-found", ErrorKind.NOT_FOUND, "There is no such thing here");
    public static final ErrorCode FORBIDDEN = of("forbidden", ErrorKind.FORBIDDEN, "Your roles do not allow this");
    public static final ErrorCode CONFLICT = of("conflict", ErrorKind.CONFLICT, "The state has changed");
    public static final ErrorCode INTERNAL = of("internal", ErrorKind.INTERNAL, "Something went wrong on the server");
    public static final ErrorCode DATABASE_DOWN =
            of("database-down", ErrorKind.EXHAUSTED, "The database does not answer");
    public static final ErrorCode STORAGE_FULL =
            of("storage-full", ErrorKind.EXHAUSTED, "The disk is full").withStatus(507);
}
