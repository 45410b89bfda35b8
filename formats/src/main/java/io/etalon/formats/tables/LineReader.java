package io.etalon.formats.tables;

import io.etalon.formats.FormatException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Splits bytes into lines without decoding them; LF and CRLF end a line. Not thread-safe. */
final class LineReader {
    private static final int LONGEST = 1 << 26;

    private final InputStream in;
    private final byte[] buffer = new byte[1 << 16];
    private int at;
    private int filled;
    private byte[] line = new byte[1 << 10];
    private int length;
    private long number;

    LineReader(InputStream in) {
        this.in = in;
    }

    /** Reads the next line; false at the end. */
    boolean next() throws IOException {
        length = 0;
        number++;
        var any = false;
        while (fill()) {
            any = true;
            var end = at;
            while (end < filled && buffer[end] != '\n') {
                end++;
            }
            append(end - at);
            at = end;
            if (end < filled) {
                at++;
                break;
            }
        }
        if (length > 0 && line[length - 1] == '\r') {
            length--;
        }
        return any;
    }

    private boolean fill() throws IOException {
        if (at == filled) {
            filled = Math.max(0, in.read(buffer));
            at = 0;
        }
        return filled > 0;
    }

    private void append(int count) {
        if (length + count > LONGEST) {
            throw FormatException.atLine(number, "the line is longer than " + LONGEST + " bytes");
        }
        if (length + count > line.length) {
            line = Arrays.copyOf(line, Math.max(length + count, 2 * line.length));
        }
        System.arraycopy(buffer, at, line, length, count);
        length += count;
    }

    /** The bytes of the line; valid up to {@link #length()} and until the next one is read. */
    byte[] bytes() {
        return line;
    }

    int length() {
        return length;
    }

    /** The line's number, from 1. */
    long number() {
        return number;
    }
}
