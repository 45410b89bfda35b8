package io.etalon.cli.math;

/** An input that cannot be used, told in one line: which file, where in it, what was expected. */
final class InputFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    InputFailure(String message) {
        super(message);
    }

    InputFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
