package io.etalon.formats.tables;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.MinimalPrettyPrinter;

/** One JSON object a line, its members in the order of the fields; an empty cell is null. */
final class JsonlWriter implements TableWriter {
    private static final JsonFactory FACTORY = new JsonFactory();

    private final Writer out;
    private final JsonGenerator json;
    private final List<Field> fields;

    JsonlWriter(Writer out, List<Field> fields) {
        this.out = new BufferedWriter(out, 1 << 16);
        this.fields = List.copyOf(fields);
        this.json = FACTORY.createGenerator(
                new ObjectWriteContext.Base() {
                    @Override
                    public MinimalPrettyPrinter getPrettyPrinter() {
                        return new MinimalPrettyPrinter("\n");
                    }

                    @Override
                    public boolean hasPrettyPrinter() {
                        return true;
                    }
                },
                this.out);
    }

    @Override
    public void row(@Nullable Object... cells) {
        json.writeStartObject();
        for (var i = 0; i < cells.length; i++) {
            json.writeName(fields.get(i).name());
            switch (cells[i]) {
                case null -> json.writeNull();
                case Double number -> json.writeNumber(number);
                case Number number -> json.writeNumber(number.longValue());
                case Object text -> json.writeString(text.toString());
            }
        }
        json.writeEndObject();
    }

    @Override
    public void close() throws IOException {
        json.flush();
        out.write('\n');
        json.close();
        out.close();
    }
}
