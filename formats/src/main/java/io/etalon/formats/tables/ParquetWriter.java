package io.etalon.formats.tables;

import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.DOUBLE;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.hadoop.ParquetWriter.Builder;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;
import org.jspecify.annotations.Nullable;

/**
 * Flat Parquet with Snappy: texts as UTF-8 strings, numbers as doubles, whole ones as longs, every column nullable. Holds
 * one group of rows in memory. Not thread-safe.
 */
final class ParquetWriter implements TableWriter {
    private static final long GROUP_BYTES = 32L << 20;

    private final org.apache.parquet.hadoop.ParquetWriter<@Nullable Object[]> rows;
    private final Sink sink;

    ParquetWriter(OutputStream out, List<Field> fields) throws IOException {
        this.sink = new Sink(new BufferedOutputStream(out, 1 << 16));
        var builder = new Rows(sink, fields)
                .withCompressionCodec(CompressionCodecName.SNAPPY)
                .withWriterVersion(WriterVersion.PARQUET_2_0)
                .withRowGroupSize(GROUP_BYTES);
        for (var field : fields) {
            builder.withDictionaryEncoding(field.name(), field.repeats());
        }
        this.rows = builder.build();
    }

    @Override
    public void row(@Nullable Object... cells) throws IOException {
        rows.write(cells);
    }

    /** Writes the file's foot and closes the stream. */
    @Override
    public void close() throws IOException {
        try (sink) {
            rows.close();
        }
    }

    /** The library's way to be told of a schema. */
    private static final class Rows extends Builder<@Nullable Object[], Rows> {
        private final List<Field> fields;

        Rows(Sink sink, List<Field> fields) {
            super(new Once(sink));
            this.fields = List.copyOf(fields);
        }

        @Override
        protected Rows self() {
            return this;
        }

        @Override
        protected WriteSupport<@Nullable Object[]> getWriteSupport(Configuration configuration) {
            return new Cells(fields);
        }
    }

    private static final class Cells extends WriteSupport<@Nullable Object[]> {
        private final List<Field> fields;

        @SuppressWarnings("NullAway.Init") // the library calls prepareForWrite before the first row
        private RecordConsumer to;

        Cells(List<Field> fields) {
            this.fields = fields;
        }

        @Override
        public WriteContext init(Configuration configuration) {
            var columns = fields.stream().map(Cells::column).toList();
            return new WriteContext(new MessageType("table", columns), Map.of());
        }

        private static Type column(Field field) {
            return switch (field.type()) {
                case TEXT -> Types.optional(BINARY).as(stringType()).named(field.name());
                case NUMBER -> Types.optional(DOUBLE).named(field.name());
                case WHOLE_NUMBER -> Types.optional(INT64).named(field.name());
            };
        }

        @Override
        public void prepareForWrite(RecordConsumer consumer) {
            to = consumer;
        }

        @Override
        public void write(@Nullable Object[] cells) {
            to.startMessage();
            for (var i = 0; i < cells.length; i++) {
                var cell = cells[i];
                if (cell != null) {
                    to.startField(fields.get(i).name(), i);
                    write(fields.get(i).type(), cell);
                    to.endField(fields.get(i).name(), i);
                }
            }
            to.endMessage();
        }

        private void write(Field.Type type, Object cell) {
            switch (type) {
                case TEXT ->
                    to.addBinary(
                            cell instanceof byte[] utf8
                                    ? Binary.fromConstantByteArray(utf8)
                                    : Binary.fromString(cell.toString()));
                case NUMBER -> to.addDouble(((Number) cell).doubleValue());
                case WHOLE_NUMBER -> to.addLong(((Number) cell).longValue());
            }
        }
    }

    /** A file that is written once, from its beginning to its end. */
    private record Once(Sink sink) implements OutputFile {
        @Override
        public PositionOutputStream create(long blockSize) {
            return sink;
        }

        @Override
        public PositionOutputStream createOrOverwrite(long blockSize) {
            return sink;
        }

        @Override
        public boolean supportsBlockSize() {
            return false;
        }

        @Override
        public long defaultBlockSize() {
            return 0;
        }
    }

    private static final class Sink extends PositionOutputStream {
        private final OutputStream out;
        private long position;
        private boolean closed;

        Sink(OutputStream out) {
            this.out = out;
        }

        @Override
        public long getPos() {
            return position;
        }

        @Override
        public void write(int b) throws IOException {
            out.write(b);
            position++;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
            position += length;
        }

        @Override
        public void flush() throws IOException {
            out.flush();
        }

        @Override
        public void close() throws IOException {
            if (!closed) {
                closed = true;
                out.close();
            }
        }
    }
}
