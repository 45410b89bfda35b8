package io.etalon.server.transfer;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Cuts a file into pieces by its content alone, so that each attempt at a job cuts alike. Not thread-safe. */
interface Cutter {
    /** At most so many lines a piece: one transaction, a tenth of a second. */
    int LINES = 10_000;

    /** At most so many bytes a piece, the last line not counted. */
    int BYTES = 4 << 20;

    /** A line of more bytes is refused unread. */
    int LONGEST_LINE = 1 << 20;

    String TOO_LONG = "is longer than " + LONGEST_LINE + " bytes; upload a text of that size as an asset of its own";

    /** How far a file has been taken in. */
    record Position(int pieces, long lines, long offset) {
        static final Position START = new Position(0, 0, 0);
    }

    /** The next piece; null at the end. */
    @Nullable
    RawPiece next() throws IOException;
}
