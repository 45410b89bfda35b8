package io.etalon.ledger;

import java.io.IOException;

/** An archive that is not, byte for byte, what {@link BundleWriter} writes. */
public final class BundleException extends IOException {
    private final String where;
    private final String expected;
    private final String found;

    BundleException(String where, String expected, String found) {
        super(where + ": expected " + expected + ", found " + found);
        this.where = where;
        this.expected = expected;
        this.found = found;
    }

    /** The record and field or file, and the byte offset in the archive. */
    public String where() {
        return where;
    }

    /** What would be right there. */
    public String expected() {
        return expected;
    }

    /** What is there. */
    public String found() {
        return found;
    }
}
