package io.etalon.formats.tables;

import io.etalon.formats.FormatException;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.zip.GZIPInputStream;

/** Reads tables row by row, whatever they are stored as; memory does not grow with the file. */
public final class Tables {
    private static final int BUFFER = 1 << 16;
    private static final byte[] PARQUET = "PAR1".getBytes(StandardCharsets.US_ASCII);

    /** Takes one row after the other. */
    @FunctionalInterface
    public interface Sink {
        /** @throws BadRow when the row cannot be used */
        void row(Row row);
    }

    /** Hears how far the reading is: bytes of the file, or rows of a Parquet file. */
    @FunctionalInterface
    public interface Progress {
        void at(long done, long total);
    }

    private Tables() {}

    /**
     * Reads a table. The kind is told by the first bytes: Parquet, gzip around one of the others, JSON lines when the
     * first character is a brace, else CSV.
     *
     * @param skipBad how many bad rows are counted and passed over; one more ends the reading
     * @param progress hears about a file now and then; a stream has no known size and is not told of
     * @throws FormatException when the table or one row more than tolerated is not as expected; names the line
     */
    public static Reading read(TableSource source, List<Column> columns, long skipBad, Progress progress, Sink sink)
            throws IOException {
        return switch (source) {
            case TableSource.Stream(var bytes) -> stream(bytes, columns, new RowTally(columns, sink, skipBad, "line"));
            case TableSource.File(var path) -> {
                if (isParquet(path)) {
                    var tally = new RowTally(columns, sink, skipBad, "row");
                    ParquetTable.read(path, columns, tally, progress);
                    yield tally.reading();
                }
                var total = Files.size(path);
                try (var in = new Counted(Files.newInputStream(path), done -> progress.at(done, total))) {
                    yield stream(in, columns, new RowTally(columns, sink, skipBad, "line"));
                }
            }
        };
    }

    private static boolean isParquet(Path path) throws IOException {
        try (var in = Files.newInputStream(path)) {
            return Arrays.equals(in.readNBytes(PARQUET.length), PARQUET);
        }
    }

    private static Reading stream(InputStream bytes, List<Column> columns, RowTally tally) throws IOException {
        var in = unpacked(new BufferedInputStream(bytes, BUFFER));
        var first = firstCharacter(in);
        if (first == '{') {
            JsonlTable.read(in, columns, tally);
        } else if (first == '[') {
            throw FormatException.atLine(1, "the file is one JSON array; write one object a line (JSON lines)");
        } else if (startsWith(in, PARQUET)) {
            throw FormatException.atLine(1, "Parquet cannot be read from a stream; name the file");
        } else {
            CsvTable.read(in, columns, tally);
        }
        return tally.reading();
    }

    private static BufferedInputStream unpacked(BufferedInputStream in) throws IOException {
        return startsWith(in, new byte[] {0x1f, (byte) 0x8b})
                ? new BufferedInputStream(new GZIPInputStream(in, BUFFER), BUFFER)
                : in;
    }

    private static boolean startsWith(BufferedInputStream in, byte[] magic) throws IOException {
        in.mark(magic.length);
        var first = in.readNBytes(magic.length);
        in.reset();
        return Arrays.equals(first, magic);
    }

    /** The first character that is neither white space nor part of a byte order mark; -1 when there is none near. */
    private static int firstCharacter(BufferedInputStream in) throws IOException {
        in.mark(BUFFER);
        try {
            for (var i = 0; i < BUFFER; i++) {
                var c = in.read();
                if (c < 0) {
                    return -1;
                }
                if (c > ' ' && c != 0xef && c != 0xbb && c != 0xbf) {
                    return c;
                }
            }
            return -1;
        } finally {
            in.reset();
        }
    }

    /** Counts the bytes of a file as they are read. */
    private static final class Counted extends FilterInputStream {
        private final LongConsumer heard;
        private long done;

        Counted(InputStream in, LongConsumer heard) {
            super(in);
            this.heard = heard;
        }

        @Override
        public int read() throws IOException {
            var value = super.read();
            if (value >= 0) {
                heard.accept(++done);
            }
            return value;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            var count = super.read(buffer, offset, length);
            if (count > 0) {
                done += count;
                heard.accept(done);
            }
            return count;
        }
    }
}
