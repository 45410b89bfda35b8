package io.etalon.server.pay;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.etalon.formats.tables.Field;
import io.etalon.formats.tables.Spreadsheets;
import io.etalon.formats.tables.TableWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tables of pay (RFC 4180). Texts that a spreadsheet would take for a formula come behind an apostrophe. */
final class PayCsv {
    private final List<String> columns;
    private final List<@Nullable Object[]> rows = new ArrayList<>();

    PayCsv(String... columns) {
        this.columns = List.of(columns);
    }

    /** A cell for each column; a text may be anybody's, other things are numbers, days and ids. */
    void row(@Nullable Object... cells) {
        var safe = new @Nullable Object[cells.length];
        for (var i = 0; i < cells.length; i++) {
            safe[i] = cells[i] instanceof String text ? Spreadsheets.harmless(text) : cells[i];
        }
        rows.add(safe);
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
                    number(line.amount()));
        }
        return csv.bytes();
    }

    /** A number as it is, a minus sign included. */
    static Object number(java.math.BigDecimal amount) {
        return new StringBuilder(Money.exact(amount));
    }
}
