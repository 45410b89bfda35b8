package io.etalon.server.base;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * Rows in PostgreSQL's binary COPY format (manual, COPY, "Binary Format"), gathered in memory and sent in one command.
 * Not thread-safe.
 */
public final class CopyRows {
    private static final byte[] HEADER = {
        'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xFF, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
    };
    private static final Instant EPOCH = Instant.parse("2000-01-01T00:00:00Z");
    private static final int MESSAGE = 1 << 16;

    private ByteBuffer rows;
    private int count;

    /** @param expectedBytes how much will probably be gathered; more is taken as it comes */
    public CopyRows(int expectedBytes) {
        rows = ByteBuffer.allocate(Math.max(expectedBytes, 64));
        rows.put(HEADER);
    }

    /** Begins a row of that many fields. */
    public CopyRows row(int fields) {
        count++;
        room(2).putShort((short) fields);
        return this;
    }

    public CopyRows none() {
        room(4).putInt(-1);
        return this;
    }

    public CopyRows uuid(UUID value) {
        room(20).putInt(16).putLong(value.getMostSignificantBits()).putLong(value.getLeastSignificantBits());
        return this;
    }

    /** A {@code bigint}. */
    public CopyRows number(long value) {
        room(12).putInt(8).putLong(value);
        return this;
    }

    /** An {@code int}. */
    public CopyRows integer(int value) {
        room(8).putInt(4).putInt(value);
        return this;
    }

    /** A {@code timestamptz}, to the microsecond. */
    public CopyRows time(Instant value) {
        return number(EPOCH.until(value, ChronoUnit.MICROS));
    }

    public CopyRows text(@Nullable String value) {
        return value == null ? none() : bytes(value.getBytes(UTF_8));
    }

    /** A {@code bytea}, or a text in UTF-8. */
    public CopyRows bytes(byte[] value) {
        room(4 + value.length).putInt(value.length).put(value);
        return this;
    }

    /** How many rows were begun. */
    public int count() {
        return count;
    }

    private ByteBuffer room(int bytes) {
        if (rows.remaining() < bytes) {
            var wider = Math.max(rows.capacity() + (rows.capacity() >> 1), rows.position() + bytes);
            rows = ByteBuffer.wrap(Arrays.copyOf(rows.array(), wider)).position(rows.position());
        }
        return rows;
    }

    /**
     * Sends the rows; none at all costs nothing.
     *
     * @param target the table with its columns, such as {@code task (id, project)}
     */
    public void copy(Connection connection, String target) throws SQLException {
        if (count == 0) {
            return;
        }
        room(2).putShort((short) -1);
        var copy = connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("copy " + target + " from stdin (format binary)");
        try {
            for (var at = 0; at < rows.position(); at += MESSAGE) {
                copy.writeToCopy(rows.array(), at, Math.min(MESSAGE, rows.position() - at));
            }
            copy.endCopy();
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }
}
