package io.etalon.formats.tables;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** Writes a table row by row. Not thread-safe. */
public sealed interface TableWriter extends AutoCloseable permits CsvWriter, JsonlWriter, ParquetWriter {
    /** The endings that {@link #open} understands. */
    String ENDINGS = ".csv, .jsonl, .parquet, or .csv.gz, .jsonl.gz";

    /**
     * Writes a row: a text, a finite number or null for each field, in their order. Parquet takes a text also as its bytes in
     * UTF-8, which must not change afterwards.
     *
     * @throws IOException when the file cannot be written
     */
    void row(@Nullable Object... cells) throws IOException;

    @Override
    void close() throws IOException;

    /** Whether a name ends in one of {@link #ENDINGS}. */
    static boolean understands(Path file) {
        return kind(file) != null;
    }

    /**
     * A writer to a file of the kind that its name ends in; a file that is there is replaced.
     *
     * @throws IllegalArgumentException when the name ends otherwise
     */
    static TableWriter open(Path file, List<Field> fields) throws IOException {
        var kind = kind(file);
        return switch (kind) {
            case CSV -> csv(writer(file), fields);
            case JSONL -> new JsonlWriter(writer(file), fields);
            case PARQUET -> parquet(Files.newOutputStream(file), fields);
            case null ->
                throw new IllegalArgumentException(file + " ends in none of the known ways; name it " + ENDINGS);
        };
    }

    /** A writer of comma-separated values with a header; closing it closes {@code out}. */
    static TableWriter csv(Writer out, List<Field> fields) throws IOException {
        return new CsvWriter(out, fields);
    }

    /** A writer of Parquet, from the stream's beginning to its end; closing it closes {@code out}. */
    static TableWriter parquet(OutputStream out, List<Field> fields) throws IOException {
        return new ParquetWriter(out, fields);
    }

    private static Writer writer(Path file) throws IOException {
        var bytes = Files.newOutputStream(file);
        return new OutputStreamWriter(
                file.toString().endsWith(".gz") ? new GZIPOutputStream(bytes, 1 << 16) : bytes, StandardCharsets.UTF_8);
    }

    /** How a table is stored. */
    enum Kind {
        CSV,
        JSONL,
        PARQUET
    }

    private static @Nullable Kind kind(Path file) {
        var name = file.toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".parquet")) {
            return Kind.PARQUET;
        }
        var plain = name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
        if (plain.endsWith(".csv")) {
            return Kind.CSV;
        }
        return plain.endsWith(".jsonl") || plain.endsWith(".ndjson") ? Kind.JSONL : null;
    }
}
