package io.etalon.formats.tables;

import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.DOUBLE;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;
import org.jspecify.annotations.Nullable;

/** Flat Parquet with Snappy: texts as UTF-8 strings, numbers as doubles, every column nullable. */
final class ParquetWriter implements TableWriter {
    private final blue.strategic.parquet.ParquetWriter<@Nullable Object[]> out;

    ParquetWriter(Path file, List<Field> fields) throws IOException {
        var schema = new MessageType(
                "table", fields.stream().map(ParquetWriter::column).toList());
        this.out = blue.strategic.parquet.ParquetWriter.writeFile(schema, file.toFile(), (cells, values) -> {
            for (var i = 0; i < cells.length; i++) {
                var cell = cells[i];
                if (cell != null) {
                    values.write(
                            fields.get(i).name(),
                            fields.get(i).number() ? ((Number) cell).doubleValue() : cell.toString());
                }
            }
        });
    }

    private static Type column(Field field) {
        return field.number()
                ? Types.optional(DOUBLE).named(field.name())
                : Types.optional(BINARY).as(stringType()).named(field.name());
    }

    @Override
    public void row(@Nullable Object... cells) throws IOException {
        out.write(cells);
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
