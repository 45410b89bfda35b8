package io.etalon.server.base;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import org.postgresql.PGConnection;
import org.postgresql.copy.PGCopyInputStream;

/**
 * The answer to a query in PostgreSQL's binary COPY format (manual, COPY, "Binary Format"), field after field without an
 * object a row: for millions of them, several times as fast as a {@link java.sql.ResultSet}. The reader must know the
 * columns' types; a field that is null reads as 0. Not thread-safe; the connection takes no other statement until it is
 * closed.
 */
public final class CopiedRows implements AutoCloseable {
    private static final int SIGNATURE = 11;
    private static final int BUFFER = 1 << 16;

    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER];
    private int at;
    private int end;
    private boolean wasNull;

    /**
     * @param query without parameters; what stands in it must be numbers and ids of ours
     */
    public CopiedRows(Connection connection, String query) throws SQLException, IOException {
        in = new PGCopyInputStream(
                connection.unwrap(PGConnection.class), "copy (" + query + ") to stdout (format binary)");
        skip(SIGNATURE + Integer.BYTES);
        skip(integer());
    }

    /** Goes to the next row; false behind the last one. Every field of the row before must have been read. */
    public boolean next() throws IOException {
        return number(Short.BYTES) >= 0;
    }

    /** A {@code bigint}, {@code int} or {@code smallint}. */
    public long number() throws IOException {
        var length = length();
        return length == 0 ? 0 : number(length);
    }

    /** A {@code boolean}. */
    public boolean flag() throws IOException {
        return number() != 0;
    }

    /** A {@code uuid}; a null as zeros. */
    public UUID uuid() throws IOException {
        return length() == 0 ? new UUID(0, 0) : new UUID(number(Long.BYTES), number(Long.BYTES));
    }

    /** A {@code text}. */
    public String text() throws IOException {
        var length = length();
        need(length);
        var text = new String(buffer, at, length, StandardCharsets.UTF_8);
        at += length;
        return text;
    }

    /** Whether the field that was read last was null. */
    public boolean wasNull() {
        return wasNull;
    }

    private int length() throws IOException {
        var length = integer();
        wasNull = length < 0;
        return Math.max(0, length);
    }

    private int integer() throws IOException {
        return (int) number(Integer.BYTES);
    }

    private long number(int bytes) throws IOException {
        need(bytes);
        long value = buffer[at++];
        for (var i = 1; i < bytes; i++) {
            value = value << Byte.SIZE | buffer[at++] & 0xFF;
        }
        return value;
    }

    private void skip(int bytes) throws IOException {
        need(bytes);
        at += bytes;
    }

    private void need(int bytes) throws IOException {
        if (bytes > BUFFER) {
            throw new IOException("a field of " + bytes + " bytes is longer than " + BUFFER);
        }
        if (end - at < bytes) {
            System.arraycopy(buffer, at, buffer, 0, end - at);
            end -= at;
            at = 0;
            while (end < bytes) {
                var read = in.read(buffer, end, BUFFER - end);
                if (read < 0) {
                    throw new EOFException("the database's answer is cut");
                }
                end += read;
            }
        }
    }

    /** Cancels an answer that was not read to its end, and with it the transaction. */
    @Override
    public void close() throws IOException {
        in.close();
    }
}
