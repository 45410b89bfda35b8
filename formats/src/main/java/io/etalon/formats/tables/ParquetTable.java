package io.etalon.formats.tables;

import blue.strategic.parquet.Hydrator;
import blue.strategic.parquet.HydratorSupplier;
import blue.strategic.parquet.ParquetReader;
import io.etalon.formats.FormatException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/** Flat Parquet, plain or compressed with Snappy or Zstandard: only the wanted columns are read. */
final class ParquetTable {
    private static final Set<CompressionCodecName> CODECS =
            Set.of(CompressionCodecName.UNCOMPRESSED, CompressionCodecName.SNAPPY, CompressionCodecName.ZSTD);

    private ParquetTable() {}

    static void read(Path file, List<Column> columns, RowTally tally, Tables.Progress progress) throws IOException {
        try {
            var metadata = ParquetReader.readMetadata(file.toFile());
            requireKnownCodec(metadata);
            var fields = metadata.getFileMetaData().getSchema().getFields();
            var header = fields.stream().map(Type::getName).toList();
            var places = Header.places(header, columns);
            var columnOf = new HashMap<String, Integer>();
            for (var i = 0; i < places.length; i++) {
                if (places[i] >= 0) {
                    requireFlat(fields.get(places[i]));
                    columnOf.put(header.get(places[i]), i);
                }
            }
            HydratorSupplier<@Nullable String[], @Nullable String[]> cells =
                    HydratorSupplier.constantly(new Cells(columnOf, columns.size()));
            try (var reader = ParquetReader.spliterator(file.toFile(), cells, columnOf.keySet())) {
                var total = reader.estimateSize();
                var rows = new long[1];
                while (reader.tryAdvance(row -> deliver(row, ++rows[0], tally))) {
                    progress.at(rows[0], total);
                }
            }
        } catch (RuntimeException e) {
            throw told(e);
        }
    }

    private static void requireKnownCodec(ParquetMetadata metadata) {
        for (var group : metadata.getBlocks()) {
            for (var chunk : group.getColumns()) {
                if (!CODECS.contains(chunk.getCodec())) {
                    throw new FormatException(
                            "",
                            "the Parquet file is compressed with " + chunk.getCodec()
                                    + "; write it with Snappy, Zstandard or without compression");
                }
            }
        }
    }

    private static void requireFlat(Type field) {
        if (!field.isPrimitive() || field.isRepetition(Type.Repetition.REPEATED)) {
            throw new FormatException(
                    "", "the column " + field.getName() + " is nested; a text, a number or a truth value is expected");
        }
    }

    private static void deliver(@Nullable String[] cells, long number, RowTally tally) {
        tally.row().begin(number);
        for (var i = 0; i < cells.length; i++) {
            tally.row().set(i, cells[i]);
        }
        tally.deliver();
    }

    /** The library wraps what a sink throws; a fault of ours keeps its own words. */
    private static RuntimeException told(RuntimeException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof FormatException fault) {
                return fault;
            }
        }
        Throwable deepest = failure;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        return new FormatException("", "the Parquet file cannot be read: " + deepest.getMessage(), failure);
    }

    /** Collects a row's cells as texts. */
    private static final class Cells implements Hydrator<@Nullable String[], @Nullable String[]> {
        private final Map<String, Integer> columnOf;
        private final @Nullable String[] cells;

        Cells(Map<String, Integer> columnOf, int columns) {
            this.columnOf = columnOf;
            this.cells = new @Nullable String[columns];
        }

        @Override
        public @Nullable String[] start() {
            Arrays.fill(cells, null);
            return cells;
        }

        @Override
        public @Nullable String[] add(@Nullable String[] target, String name, @Nullable Object value) {
            var column = columnOf.get(name);
            if (column != null) {
                target[column] = value == null ? null : value.toString();
            }
            return target;
        }

        @Override
        public @Nullable String[] finish(@Nullable String[] target) {
            return target;
        }
    }
}
