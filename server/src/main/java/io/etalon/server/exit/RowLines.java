package io.etalon.server.exit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * The rows of a query as a stream of lines, fetched as they are read: memory is one page of rows. Belongs to the thread of
 * the transaction.
 */
final class RowLines extends InputStream {
    private static final int PAGE = 256;

    /** Makes a line of the current row, without its end. */
    @FunctionalInterface
    interface Line {
        String of(ResultSet row) throws SQLException;
    }

    private final PreparedStatement statement;
    private final ResultSet rows;
    private final Line line;
    private byte[] current = {};
    private int at;

    RowLines(PreparedStatement statement, Line line) throws SQLException {
        this.statement = statement;
        this.line = line;
        statement.setFetchSize(PAGE);
        this.rows = statement.executeQuery();
    }

    @Override
    public int read() throws IOException {
        return fill() ? current[at++] & 0xFF : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (!fill()) {
            return -1;
        }
        var count = Math.min(length, current.length - at);
        System.arraycopy(current, at, target, offset, count);
        at += count;
        return count;
    }

    private boolean fill() throws IOException {
        try {
            while (at == current.length) {
                if (!rows.next()) {
                    return false;
                }
                current = (line.of(rows) + "\n").getBytes(UTF_8);
                at = 0;
            }
            return true;
        } catch (SQLException e) {
            throw new IOException("the rows could not be read", e);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            rows.close();
            statement.close();
        } catch (SQLException e) {
            throw new IOException("the rows could not be closed", e);
        }
    }
}
