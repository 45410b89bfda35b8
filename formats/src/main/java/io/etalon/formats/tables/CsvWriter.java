package io.etalon.formats.tables;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Comma-separated values (RFC 4180) with a header; LF ends a record. A text that a spreadsheet would take for a formula gets
 * an apostrophe before it (OWASP, CSV injection); numbers stay numbers.
 */
final class CsvWriter implements TableWriter {
    private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]+)?");

    private final BufferedWriter out;

    CsvWriter(Writer out, List<Field> fields) throws IOException {
        this.out = new BufferedWriter(out, 1 << 16);
        row(fields.stream().map(Field::name).toArray());
    }

    @Override
    public void row(@Nullable Object... cells) throws IOException {
        for (var i = 0; i < cells.length; i++) {
            if (i > 0) {
                out.write(',');
            }
            var cell = cells[i];
            if (cell != null) {
                out.write(quoted(harmless(cell.toString())));
            }
        }
        out.write('\n');
    }

    private static String harmless(String text) {
        return !text.isEmpty()
                        && "=+-@\t\r".indexOf(text.charAt(0)) >= 0
                        && !NUMBER.matcher(text).matches()
                ? "'" + text
                : text;
    }

    private static String quoted(String text) {
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c == ',' || c == '"' || c == '\n' || c == '\r') {
                return "\"" + text.replace("\"", "\"\"") + "\"";
            }
        }
        return text;
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
