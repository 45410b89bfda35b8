package io.etalon.cli.terminal;

/** What the process returns; documented in {@code etalon help}. */
public final class ExitCode {
    public static final int DONE = 0;
    /** A step or a verification failed, or an input is not as expected. */
    public static final int FAILED = 1;

    public static final int MISSPELT = 2;
    public static final int NOT_STARTED = 3;
    /** A witness saw that a log is not what it was. */
    public static final int FORKED = 4;

    private ExitCode() {}
}
