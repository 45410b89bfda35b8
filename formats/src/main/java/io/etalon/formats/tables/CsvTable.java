package io.etalon.formats.tables;

import io.etalon.formats.FormatException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Comma-separated values with a header (RFC 4180), in UTF-8 with or without a byte order mark. */
final class CsvTable {
    private CsvTable() {}

    static void read(InputStream utf8, List<Column> columns, RowTally tally) {
        var decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        var csv = new CsvReader(new InputStreamReader(utf8, decoder));
        var header = csv.next();
        if (header == null) {
            throw FormatException.atLine(1, "the file is empty; begin with the header " + names(columns));
        }
        var places = Header.places(header, columns);
        for (var fields = next(csv, tally); fields != null; fields = next(csv, tally)) {
            if (fields.size() != header.size()) {
                tally.bad(
                        "line " + csv.recordLine(),
                        "the record has " + fields.size() + " fields; the header has " + header.size());
                continue;
            }
            tally.row().begin(csv.recordLine());
            for (var i = 0; i < places.length; i++) {
                tally.row().set(i, places[i] < 0 ? null : fields.get(places[i]));
            }
            tally.deliver();
        }
    }

    /** The next record that can be taken apart. A quote that is never closed swallows the rest: no row can follow. */
    private static @Nullable List<String> next(CsvReader csv, RowTally tally) {
        while (true) {
            try {
                return csv.next();
            } catch (FormatException e) {
                if (csv.ended() || !csv.goesOn()) {
                    throw e;
                }
                tally.bad(e.where(), withoutPlace(e));
                csv.skipLine();
            }
        }
    }

    private static String withoutPlace(FormatException e) {
        return String.valueOf(e.getMessage()).substring(e.where().length() + 2);
    }

    private static String names(List<Column> columns) {
        return String.join(
                ",", columns.stream().filter(Column::required).map(Column::name).toList());
    }
}
