package io.etalon.ledger;

/**
 * Bytes or text that do not follow a format of this package. The message says what was wrong, where, and what would be
 * right; it never carries secrets. Unchecked, as a caller that parses foreign input decides where to stop.
 */
public final class FormatException extends RuntimeException {
    public FormatException(String message) {
        super(message);
    }

    FormatException(String message, Throwable cause) {
        super(message, cause);
    }
}
