package io.etalon.server.pay;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.etalon.formats.tables.Field;
import io.etalon.formats.tables.TableWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tables of pay. */
final class PayCsv {
    private final List<String> columns;
    private final List<@Nullable Object[]> rows = new ArrayList<>();

    PayCsv(String... columns) {
        this.columns = List.of(columns);
    }

    /** A cell for each column. */
    void row(@Nullable Object... cells) {
        rows.add(cells);
    }

    byte[] bytes() {
        var out = new ByteArrayOutputStream();
        var fields = columns.stream().map(Field::text).toList();
        try (var table = TableWriter.csv(new OutputStreamWriter(out, UTF_8), fields)) {
            for (var row : rows) {
                table.row(row);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** A statement's lines by day. */
    static byte[] of(Statements.Full full) {
        var statement = full.statement();
        var csv = new PayCsv(
                "statement", "month", "day", "project", "kind", "count", "active_seconds", "currency", "amount");
        for (var line : full.lines()) {
            csv.row(
                    statement.number(),
                    statement.month(),
                    line.day(),
                    line.project(),
                    line.kind(),
                    line.count(),
                    line.seconds(),
                    line.currency(),
                    Money.exact(line.amount()));
        }
        return csv.bytes();
    }
}
