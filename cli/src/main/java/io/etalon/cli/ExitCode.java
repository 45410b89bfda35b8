package io.etalon.cli;

/** What the process returns; documented in {@code etalon help}. */
final class ExitCode {
    static final int DONE = 0;
    static final int FAILED = 1;
    static final int MISSPELT = 2;
    static final int NOT_STARTED = 3;

    private ExitCode() {}
}
