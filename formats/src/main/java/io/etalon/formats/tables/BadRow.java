package io.etalon.formats.tables;

/** A row that cannot be used: thrown by whoever reads it, told with its line by the table. */
public final class BadRow extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message what is wrong and what would be right, without the place */
    public BadRow(String message) {
        super(message, null, false, false);
    }
}
