package io.etalon.ledger;

import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;

/**
 * Reads a file of LF-ended lines byte by byte, with the line number, the offset in the line and the SHA-256 of the line
 * without its LF; a line may be longer than memory. A last line without LF is refused.
 */
final class Lines implements Closeable {
    /** What {@link #read} and {@link #peek} return at a line's end. */
    static final int END = -1;

    private final InputStream in;
    private final byte[] buffer;
    private final MessageDigest digest = Hash.newDigest();
    private int position;
    private int limit;
    private int hashed;
    private long line;
    private long offset;

    Lines(InputStream in) {
        this(in, 1 << 16);
    }

    private Lines(InputStream in, int bufferSize) {
        this.in = in;
        this.buffer = new byte[bufferSize];
    }

    /** Reads lines in memory, with a buffer no larger than they are. */
    static Lines of(byte[] bytes) {
        return new Lines(new ByteArrayInputStream(bytes), Math.max(1, bytes.length));
    }

    /** Goes to the next line; false at the file's end. The line before must have been read to its end. */
    boolean next() throws IOException {
        if (position == limit && !fill()) {
            return false;
        }
        line++;
        offset = 0;
        return true;
    }

    /** The line's next byte, not consumed, or {@link #END}. */
    int peek() throws IOException {
        if (position == limit && !fill()) {
            throw new FormatException("the file ends in line " + line + " without a newline");
        }
        var b = buffer[position];
        return b == '\n' ? END : b & 0xFF;
    }

    /** The line's next byte, or {@link #END}. */
    int read() throws IOException {
        var b = peek();
        if (b != END) {
            position++;
            offset++;
        }
        return b;
    }

    /** Consumes the rest of the line and its LF; returns the SHA-256 of the whole line without the LF. */
    Hash finish() throws IOException {
        while (peek() != END) {
            position++;
            offset++;
        }
        digest.update(buffer, hashed, position - hashed);
        position++;
        hashed = position;
        return Hash.finish(digest);
    }

    /** The whole next line as ASCII; refuses longer lines and other bytes. Call after {@link #next}. */
    String text(int maxLength) throws IOException {
        var text = new StringBuilder();
        for (var b = read(); b != END; b = read()) {
            if (b < ' ' || b > '~' || text.length() == maxLength) {
                throw new FormatException(
                        "a line has at most " + maxLength + " printable ASCII characters, found byte 0x"
                                + Integer.toHexString(b) + " at column " + offset);
            }
            text.append((char) b);
        }
        finish();
        return text.toString();
    }

    /** Number of the current line, from 1. */
    long line() {
        return line;
    }

    /** Bytes of the current line read so far. */
    long offset() {
        return offset;
    }

    private boolean fill() throws IOException {
        digest.update(buffer, hashed, limit - hashed);
        hashed = 0;
        position = 0;
        limit = Math.max(0, in.read(buffer, 0, buffer.length));
        return limit > 0;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
