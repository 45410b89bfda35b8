package io.etalon.formats;

/** A file that cannot be read as the format it claims to be. */
public final class FormatException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String where;

    /**
     * @param where the place in the file: {@code line 7}, or a JSON pointer
     * @param message what is wrong and what would be right
     */
    public FormatException(String where, String message) {
        super(where.isEmpty() ? message : where + ": " + message);
        this.where = where;
    }

    /** A fault found while reading, with its cause. */
    public FormatException(String where, String message, Throwable cause) {
        this(where, message);
        initCause(cause);
    }

    /** A fault on a line, from 1. */
    public static FormatException atLine(long line, String message) {
        return new FormatException("line " + line, message);
    }

    /** The place in the file. */
    public String where() {
        return where;
    }
}
