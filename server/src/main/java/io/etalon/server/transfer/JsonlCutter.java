package io.etalon.server.transfer;

import io.etalon.server.transfer.RawPiece.Line;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Lines that end in LF or CRLF; the last may end with the file. */
final class JsonlCutter implements Cutter {
    private static final int MARK = 3;

    private final InputStream in;
    private final byte[] buffer = new byte[1 << 16];
    private int at;
    private int filled;
    private int pieces;
    private long lines;
    private long offset;

    /** @param in stands at the position's offset */
    JsonlCutter(InputStream in, Position position) {
        this.in = in;
        this.pieces = position.pieces();
        this.lines = position.lines();
        this.offset = position.offset();
    }

    @Override
    public @Nullable RawPiece next() throws IOException {
        var found = new ArrayList<Line>(LINES);
        var bytes = new Gathered();
        while (found.size() < LINES && bytes.length < BYTES) {
            var from = bytes.length;
            var fault = line(bytes);
            if (fault == null) {
                break;
            }
            var start = lines == 0 && hasMark(bytes) ? from + MARK : from;
            found.add(new Line(++lines, start, bytes.length, fault));
        }
        return found.isEmpty() ? null : new RawPiece(pieces++, bytes.bytes, found, offset);
    }

    /** What some editors put before UTF-8. */
    private static boolean hasMark(Gathered first) {
        return first.length >= MARK
                && first.bytes[0] == (byte) 0xEF
                && first.bytes[1] == (byte) 0xBB
                && first.bytes[2] == (byte) 0xBF;
    }

    /** Gathers a line without its end; gives its fault, which is usually empty, or null at the end of the file. */
    private @Nullable String line(Gathered bytes) throws IOException {
        var from = bytes.length;
        var any = false;
        var fault = "";
        while (fill()) {
            any = true;
            var end = at;
            while (end < filled && buffer[end] != '\n') {
                end++;
            }
            if (bytes.length - from + end - at > LONGEST_LINE) {
                fault = TOO_LONG;
                bytes.length = from;
            }
            if (fault.isEmpty()) {
                bytes.add(buffer, at, end - at);
            }
            offset += end - at;
            at = end;
            if (end < filled) {
                at++;
                offset++;
                break;
            }
        }
        if (bytes.length > from && bytes.bytes[bytes.length - 1] == '\r') {
            bytes.length--;
        }
        return any ? fault : null;
    }

    private boolean fill() throws IOException {
        if (at == filled) {
            filled = Math.max(0, in.read(buffer));
            at = 0;
        }
        return filled > 0;
    }

    /** Bytes that grow. */
    private static final class Gathered {
        private byte[] bytes = new byte[1 << 20];
        private int length;

        void add(byte[] from, int start, int count) {
            if (length + count > bytes.length) {
                bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + count));
            }
            System.arraycopy(from, start, bytes, length, count);
            length += count;
        }
    }
}
